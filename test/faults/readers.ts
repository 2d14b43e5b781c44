import { setTimeout as pause } from 'node:timers/promises';
import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import type { Random } from '../../apps/standalone/seeding/random.js';
import { nameOf } from '../journeys/feed-reading.js';
import type { Reachable } from '../journeys/whole-system.js';
import { BROOK, HEALTH, HUB, LARKFIELD } from '../journeys/whole-system.js';
import type { Door } from './door.js';
import { markOf } from './judge-reads.js';
import type { Recorder } from './load-record.js';
import type { PageRead } from './observed.js';
import type { Submitter } from './submitter.js';

const PAGE_ROWS = 100;
const TRY_AGAIN_MS = 20;
/** A page is held open for a second at most. */
const ANSWER_MS_MAX = 10_000;

/** In whose name each feed is read. */
export const readers: Readonly<Record<string, string>> = {
  [HUB]: 'hub-triage-2',
  [LARKFIELD]: 'larkfield-worker-1',
  [BROOK]: 'brook-worker-1',
  [HEALTH]: 'health-visitor-1',
};

export interface ReaderOptions {
  readonly system: Reachable;
  readonly door: Door;
  readonly submitter: Submitter;
  readonly random: Random;
  readonly record: Recorder;
  /** Aborted once nothing moves any more: what is there is then read to its end. */
  readonly signal: AbortSignal;
  readonly recipient: string;
  /** Told of each row when it is first seen. */
  readonly onRow?: (event: CloudEvent) => void;
}

/**
 * Reads one feed to its head, over and over, and between two pages an earlier one again. What may be
 * seen, the judges say (judge-reads.ts).
 */
export async function readAllAlong(options: ReaderOptions): Promise<void> {
  const { random, signal } = options;
  for (let head = 0; ;) {
    const isLast = signal.aborted;
    const again = !isLast && head > 0 && random.chance(0.3);
    const after = again ? random.integer(0, head - 1) : head;
    const page = await pageAfter(options, after);
    if (!page) continue;
    for (const event of page) {
      if (event.sequence <= head) continue;
      head = event.sequence;
      options.onRow?.(event);
    }
    if (isLast && page.length < PAGE_ROWS) return;
  }
}

/** One read, recorded; undefined where no page came. */
export async function pageAfter(
  { system, door, submitter, recipient, record }: Omit<ReaderOptions, 'random' | 'signal'>,
  after: number,
): Promise<CloudEvent[] | undefined> {
  await door.whenOpen();
  const path = `/v1/feed?after=${after}&limit=${PAGE_ROWS}&wait=1`;
  const token = await submitter.token(readers[recipient] ?? '');
  const invokedAt = Date.now();
  try {
    const response = await fetch(new URL(path, system.addressOf('feed-relay')), {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    if (response.status === 200) {
      const page = (await response.json()) as CloudEvent[];
      record({ kind: 'read', read: readOf(recipient, after, invokedAt, page) });
      return page;
    }
  } catch {
    // It was killed meanwhile.
  }
  await pause(TRY_AGAIN_MS);
  return undefined;
}

function readOf(
  recipient: string,
  after: number,
  invokedAt: number,
  page: readonly CloudEvent[],
): PageRead {
  return {
    recipient,
    after,
    invokedAt,
    answeredAt: Date.now(),
    isFull: page.length === PAGE_ROWS,
    rows: page.map(({ sequence, hash }) => [sequence, markOf(hash)] as const),
  };
}

/** A referral's contact as the hub is first told of it, ready to be rated. */
export function referredContact(
  event: CloudEvent,
): { contactId: string; tag: string } | undefined {
  if (nameOf(event) !== 'contact.received' || event.data?.source !== '8') return undefined;
  const tag = `"${event.occurrenceid}"`;
  return { contactId: event.subject.replace('contact/', ''), tag };
}
