import type { Deriving } from '@common-thread/domain/deriving';
import type { CommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { EventCodec } from '@common-thread/eventing/event-codec';
import type { EventLog, StoredEvent } from '@common-thread/eventing/event-log';
import { CursorBeyondEpoch, LogUnavailable } from '@common-thread/eventing/event-log';
import { pause } from '@common-thread/eventing/pause';
import type { Pause } from '@common-thread/eventing/pause';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { PolicyFollower } from '../authorisation/policy-follower.js';
import { PolicyBehind } from '../authorisation/policy-follower.js';
import type { Clock } from '../clock.js';
import type { Commands } from '../commands.js';
import type { Records } from '../records.js';
import type { Consequence, Lookout, Reaction } from './reaction.js';
import { actingFor, commandIdOf } from './reaction.js';
import type { FaultCount, ReactionFault, ReactionJournal } from './reaction-journal.js';

/** Pauses before reading on after an interruption, and before trying a fault again: doubled each time. */
const INTERRUPTED_MS = { first: 250, max: 10_000 } as const;
const FAULT_MS = { first: 1_000, max: 3_600_000 } as const;
const FAULTS_AT_ONCE_MAX = 50;

export interface ReactionEngines {
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly commands: Commands;
  readonly records: Records;
  readonly policy: PolicyFollower;
  readonly deriving: Deriving;
  readonly journal: ReactionJournal;
  readonly clock: Clock;
  /** Default: by the process's own timers. */
  readonly pause?: Pause;
  /** Told of what goes wrong: `interrupted` is read again, `set-aside` is tried again later. */
  readonly onFault?: (what: 'interrupted' | 'set-aside', error: unknown) => void;
}

/**
 * Follows the log and issues what the reactions say. The checkpoint moves on only after a batch has been
 * acted on, and every command's id derives from its cause: killed at any point, it does the rest once.
 *
 * The checkpoint says what has been acted on, not that what followed from it is still there: a log restored
 * from a backup may hold a cause and not the consequence of a moment later. In another epoch of the log all
 * is therefore acted on again, and what is there is found done.
 *
 * What cannot be reached is waited for, and nothing is passed over meanwhile. What is refused, or fails
 * by itself, is set aside, so that one poisoned cause holds up nobody else.
 */
export class ReactionRunner {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #setAside = true; // perhaps, from before a restart

  constructor(
    private readonly engines: ReactionEngines,
    private readonly reactions: readonly Reaction[],
  ) {}

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  faults(): Promise<FaultCount> {
    return this.engines.journal.count();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let interruptions = 0;
    while (!signal.aborted) {
      try {
        await this.#follow(() => (interruptions = 0));
      } catch (error) {
        if (signal.aborted) return;
        this.engines.onFault?.('interrupted', error);
        await this.#afterInterruption(error);
        await (this.engines.pause ?? pause)(backOff(INTERRUPTED_MS, interruptions), signal);
        interruptions += 1;
      }
    }
  }

  /** A restored log may lack the event of the cursor: from the beginning, every command is found done. */
  async #afterInterruption(error: unknown): Promise<void> {
    if (!(error instanceof CursorBeyondEpoch)) return;
    const { log, journal, onFault } = this.engines;
    try {
      await journal.advance(await log.epoch(), undefined);
    } catch (again) {
      onFault?.('interrupted', again);
    }
  }

  async #follow(onProgress: () => void): Promise<void> {
    const { log, journal } = this.engines;
    const { signal } = this.#stopping;
    const epoch = await log.epoch();
    const after = await journal.checkpoint(epoch);
    for await (const followed of log.follow({ ...(after ? { after } : {}), signal })) {
      if (followed.kind === 'caughtUp') {
        await this.#tryAgain();
        onProgress();
        continue;
      }
      for (const cause of followed.events) {
        if (signal.aborted) return;
        await this.#reactTo(cause);
      }
      await journal.advance(epoch, followed.events.at(-1)?.cursor ?? after);
      onProgress();
    }
  }

  async #reactTo(cause: StoredEvent): Promise<void> {
    // What happened elsewhere long ago has had its consequences there.
    if (cause.metadata.imported) return;
    for (const reaction of this.reactions) {
      const on: readonly string[] = reaction.on;
      if (on.includes(cause.type)) await this.#attempt(reaction, cause, undefined);
    }
  }

  async #tryAgain(): Promise<void> {
    if (!this.#setAside) return;
    const { journal, log, clock } = this.engines;
    for (const fault of await journal.due(clock.now(), FAULTS_AT_ONCE_MAX)) {
      const reaction = this.reactions.find(({ name }) => name === fault.reaction);
      const [cause] = await log.readStream(fault.streamId, fault.revision);
      if (reaction && cause?.id === fault.causeId) await this.#attempt(reaction, cause, fault);
      else await journal.settle(fault); // the reaction or, after a restore, its cause is no more
    }
    this.#setAside = (await journal.count()).faults > 0;
  }

  async #attempt(
    reaction: Reaction,
    cause: StoredEvent,
    earlier: ReactionFault | undefined,
  ): Promise<void> {
    try {
      const decoded = this.engines.codec.decode<CommonThreadEvent>(cause);
      for (const consequence of await reaction.react(decoded, this.#lookout)) {
        await this.#issue(cause, consequence);
      }
    } catch (error) {
      if (isPassing(error)) throw error;
      await this.#keep(reaction, cause, earlier?.tries ?? 0, error);
      return;
    }
    if (earlier) await this.engines.journal.settle(earlier);
  }

  async #issue(cause: StoredEvent, consequence: Consequence): Promise<void> {
    const { step, intent, inTheNameOf, occurredAt, occurredPrecision } = consequence;
    const answer = await this.engines.commands.execute(
      intent,
      {
        commandId: commandIdOf(cause.id, step),
        correlationId: cause.metadata.correlationId,
        causationId: cause.id,
        occurredAt,
        ...(occurredPrecision === undefined ? {} : { occurredPrecision }),
        body: { cause: cause.id, step },
        expects: 'additive',
      },
      { kind: 'reaction', actor: actingFor(inTheNameOf) },
    );
    if (answer.outcome === 'recorded' || answer.outcome === 'unchanged') return;
    throw new ConsequenceRefused(
      answer.outcome === 'refused' ? answer.refusal.code : answer.outcome,
    );
  }

  async #keep(
    reaction: Reaction,
    { id, streamId, revision, type }: StoredEvent,
    triesBefore: number,
    error: unknown,
  ): Promise<void> {
    const { journal, clock, onFault } = this.engines;
    const now = clock.now();
    onFault?.('set-aside', error);
    this.#setAside = true;
    await journal.setAside({
      causeId: id,
      reaction: reaction.name,
      streamId,
      revision,
      eventType: type,
      reason: reasonOf(error),
      tries: triesBefore + 1,
      firstFailedAt: now,
      nextTryAt: new Date(Date.parse(now) + backOff(FAULT_MS, triesBefore)).toISOString(),
    });
  }

  get #lookout(): Lookout {
    const { records, deriving, policy } = this.engines;
    return { records, deriving, policy: () => policy.current() };
  }
}

/** The rules said no to a consequence; the message is the refusal's code. */
class ConsequenceRefused extends Error {
  override readonly name = 'ConsequenceRefused';
}

/** Nothing is wrong with the cause: something it needs cannot be reached. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof LogUnavailable ||
    error instanceof VaultUnavailable ||
    error instanceof PolicyBehind
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof ConsequenceRefused) return error.message;
  return error instanceof Error ? error.constructor.name : 'NotAnError';
}

function backOff({ first, max }: { first: number; max: number }, triesBefore: number): number {
  return Math.min(first * 2 ** triesBefore, max);
}
