import { setTimeout as pause } from 'node:timers/promises';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { sharedPort } from '../../apps/standalone/configuration.js';
import { originOf } from '../../apps/standalone/standalone.js';
import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import type { Door } from '../faults/door.js';
import type { Reachable } from '../journeys/whole-system.js';
import { send, tokenOf } from '../journeys/whole-system.js';
import { atFixedRate } from './fixed-rate.js';

const TRY_AGAIN_MS = 20;
const SIGN_IN_AGAIN_MS = 600_000;
const PAGE_ROWS = 200;
/** Who takes the calls: no one person may ask as often as these are due. */
const USERS = ['hub-triage-1', 'hub-triage-2', 'hub-manager-1'] as const;
type User = (typeof USERS)[number];
const CALL = { channel: 'phone', source: '1A', concern: 'Shouting at night', describedAs: 'No 4' };

/** Telephone calls recorded at a fixed rate, each with its key until it is acknowledged. */
export class CallsToHub {
  readonly acknowledged = new Set<string>();
  waiting = 0;
  /** Seconds in which calls became due, whichever load they belonged to. */
  private seconds = 0;
  private readonly tokens = new Map<User, { token: Promise<string>; until: number }>();
  private readonly system: Reachable;

  constructor(
    configuration: StandaloneConfiguration,
    private readonly door: Door,
  ) {
    this.system = {
      configuration,
      addressOf: (app) => originOf(configuration, sharedPort(configuration, app)),
    };
  }

  /** Until told to stop, a second's calls after another's, whatever still waits; then until none does. */
  async at(perSecond: number, signal: AbortSignal): Promise<void> {
    const loads: Promise<unknown>[] = [];
    while (!signal.aborted) {
      const second = (this.seconds += 1);
      const due = atFixedRate(perSecond, perSecond, (nth) =>
        this.record(`call-${second}-${nth}`, USERS[nth % USERS.length]!),
      );
      due.catch(() => undefined); // awaited below
      loads.push(due);
      await pause(1_000);
    }
    await Promise.all(loads);
  }

  /** Whether the relay has told everything recorded before an instant. */
  async isToldUpTo(instant: string): Promise<boolean> {
    const answer = await this.feed('/v1/feed/head').catch(() => undefined);
    const { asOf } = ((await answer?.json()) ?? {}) as { readonly asOf?: string | null };
    return typeof asOf === 'string' && asOf >= instant;
  }

  /** How often each subject was told of as received, over the hub's whole feed. */
  async subjectsTold(): Promise<ReadonlyMap<string, number>> {
    const told = new Map<string, number>();
    for (let after = 0; ;) {
      const answer = await this.feed(`/v1/feed?after=${after}&limit=${PAGE_ROWS}`);
      const page = (await answer.json()) as readonly CloudEvent[];
      if (page.length === 0) return told;
      for (const { subject, type } of page) {
        if (!type.includes('.contact.received.')) continue;
        told.set(subject, (told.get(subject) ?? 0) + 1);
      }
      after = page.at(-1)?.sequence ?? after;
    }
  }

  /** A key belongs to whoever uses it first: it is tried again by the same person. */
  private async record(key: string, user: User): Promise<void> {
    this.waiting += 1;
    for (;;) {
      await this.door.whenOpen();
      const token = await this.tokenOf(user);
      const answer = await send(this.system, '/v1/contacts', CALL, { token, key }).catch(
        () => undefined, // killed meanwhile: whether it was recorded, only the same key can tell
      );
      if (answer && answer.status < 300) {
        this.acknowledged.add(String(answer.body.id));
        this.waiting -= 1;
        return;
      }
      if (answer && answer.status < 500) throw new Error(`refused: ${JSON.stringify(answer)}`);
      await pause(TRY_AGAIN_MS);
    }
  }

  private async feed(at: string): Promise<Response> {
    return fetch(new URL(at, this.system.addressOf('feed-relay')), {
      headers: { authorization: `Bearer ${await this.tokenOf(USERS[0])}` },
    });
  }

  /** Signed in anew after ten minutes: a token is good for a quarter of an hour. */
  private async tokenOf(user: User): Promise<string> {
    const known = this.tokens.get(user);
    if (known && performance.now() < known.until) return known.token;
    const token = tokenOf(this.system, user);
    this.tokens.set(user, { token, until: performance.now() + SIGN_IN_AGAIN_MS });
    return token;
  }
}
