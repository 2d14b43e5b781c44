import { setTimeout as pause } from 'node:timers/promises';
import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import type { Random } from '../../apps/standalone/seeding/random.js';
import { nameOf } from '../journeys/feed-reading.js';
import type { Reachable } from '../journeys/whole-system.js';
import type { Door } from './door.js';
import type { Sighted } from './observed.js';
import type { Submitter } from './submitter.js';

const PAGE_ROWS = 100;
const TRY_AGAIN_MS = 20;

export interface ReaderOptions {
  readonly system: Reachable;
  readonly door: Door;
  readonly submitter: Submitter;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** In whose name the feed is read. */
  readonly user: string;
  /** Told of each row when it is first seen. */
  readonly onRow?: (event: CloudEvent) => void;
}

/**
 * Reads one feed to its head, over and over, and between two pages an earlier one again: every row must
 * come with the hash it had before, after the row it came after before.
 */
export async function readWhileKilled(options: ReaderOptions): Promise<Sighted> {
  const { random, signal } = options;
  const hashes = new Map<number, string>();
  const changes: string[] = [];
  while (!signal.aborted) {
    const again = hashes.size > 0 && random.chance(0.3);
    const after = again ? random.integer(0, hashes.size - 1) : hashes.size;
    const page = await pageAfter(options, after);
    for (const [nth, event] of (page ?? []).entries()) {
      const { sequence, hash } = event;
      if (sequence !== after + 1 + nth) changes.push(`page after ${after}: ${sequence} follows`);
      const seen = hashes.get(sequence);
      if (seen !== undefined && seen !== hash) changes.push(`row ${sequence} changed its hash`);
      if (seen !== undefined) continue;
      hashes.set(sequence, hash);
      options.onRow?.(event);
    }
    if (again && page && page.length === 0) changes.push(`rows after ${after} are gone`);
  }
  return { hashes, changes };
}

async function pageAfter(
  { system, door, submitter, user }: ReaderOptions,
  after: number,
): Promise<CloudEvent[] | undefined> {
  await door.whenOpen();
  const path = `/v1/feed?after=${after}&limit=${PAGE_ROWS}&wait=1`;
  try {
    const response = await fetch(new URL(path, system.addressOf('feed-relay')), {
      headers: { authorization: `Bearer ${await submitter.token(user)}` },
    });
    if (response.status === 200) return (await response.json()) as CloudEvent[];
  } catch {
    // It was killed meanwhile.
  }
  await pause(TRY_AGAIN_MS);
  return undefined;
}

/** A referral's contact as the hub is first told of it, ready to be rated. */
export function referredContact(
  event: CloudEvent,
): { contactId: string; tag: string } | undefined {
  if (nameOf(event) !== 'contact.received' || event.data?.source !== '8') return undefined;
  const tag = `"${event.occurrenceid}"`;
  return { contactId: event.subject.replace('contact/', ''), tag };
}
