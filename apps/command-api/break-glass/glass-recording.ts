import type { GlassOutbox, GlassStep } from '@common-thread/domain/break-glass/glass-outbox';
import { UnacceptableEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Pause } from '@common-thread/eventing/pause';
import { pause } from '@common-thread/eventing/pause';
import type { Commands } from '../commands.js';
import { actingFor } from '../reactions/reaction.js';

const LOOKED_EVERY_MS = 2_000;

export interface GlassRecordingEngines {
  readonly commands: Pick<Commands, 'execute'>;
  readonly outbox: GlassOutbox;
  /** Told of what could not be recorded; it is tried again. */
  readonly onFault?: (error: unknown) => void;
  /** Default: by the process's own timers. */
  readonly pause?: Pause;
}

/**
 * Records what the vault granted in emergencies. The command of each step has an id of its own, so that a
 * step recorded twice, killed before the vault heard of it, is one event.
 */
export class GlassRecording {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly engines: GlassRecordingEngines) {}

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /**
   * Records what waits now, in order. A step that the log will never take holds up no other one.
   * @throws what log and vault throw, NotRecorded
   */
  async recordPending(): Promise<void> {
    let refused: NotRecorded | undefined;
    for (const step of await this.engines.outbox.pending()) {
      try {
        await this.#record(step);
      } catch (error) {
        if (!(error instanceof NotRecorded)) throw error;
        refused ??= error;
        continue;
      }
      await this.engines.outbox.recorded(step);
    }
    if (refused) throw refused;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.recordPending().catch((error: unknown) => this.engines.onFault?.(error));
      await (this.engines.pause ?? pause)(LOOKED_EVERY_MS, signal);
    }
  }

  async #record({ at, command, glassId, recipient, step }: GlassStep): Promise<void> {
    const commandId = derivedId('glass', glassId, step);
    const sent = this.engines.commands.execute(
      { category: 'glass', id: glassId, ...command },
      {
        commandId,
        correlationId: glassId,
        occurredAt: at,
        body: { glassId, step },
        expects: 'additive',
      },
      { kind: 'reaction', actor: actingFor(recipient) },
    );
    const answer = await sent.catch((cause: unknown) => {
      if (!(cause instanceof UnacceptableEvent)) throw cause;
      throw new NotRecorded(`${step} of glass ${glassId}: ${cause.message}`);
    });
    if (answer.outcome === 'recorded' || answer.outcome === 'unchanged') return;
    const why = answer.outcome === 'refused' ? answer.refusal.code : answer.outcome;
    throw new NotRecorded(`${step} of glass ${glassId}: ${why}`);
  }
}

/** The log or the rules say no to a step; it stays in the outbox. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded';
}
