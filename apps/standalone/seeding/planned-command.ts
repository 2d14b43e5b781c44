import { derivedId, streamIdOf } from '@common-thread/eventing/identifiers';
import type { CommandActor } from '@common-thread/eventing/decider';
import type { Intent } from '../../command-api/commands/deciders.js';

/**
 * When a fact happened and came to be known (libs/eventing/event-log.ts). Instants are RFC 3339
 * UTC.
 */
export interface When {
  readonly occurredAt: string;
  readonly occurredPrecision?: 'day';
  readonly learnedAt?: string;
  readonly imported?: true;
}

/** One command to run, with who runs it and when it happened. */
export interface PlannedCommand extends When {
  /** The same for the same seed or input, so that whatever was done already is not done again. */
  readonly commandId: string;
  /** Commands of one lane run in their order; lanes run side by side. A family is a lane. */
  readonly lane: string;
  readonly actor: CommandActor;
  readonly intent: Intent;
  /**
   * Its stream is opened by a reaction, which may still be on its way. The reaction's contact is
   * received when the reaction runs, so this happens when it is run, whatever `occurredAt` says;
   * that only puts it in order.
   */
  readonly follows?: 'reaction';
}

/** Id of the nth event a command records, as `handleCommand` derives it. */
export function eventIdOf(
  { commandId, intent }: Pick<PlannedCommand, 'commandId' | 'intent'>,
  nth = 0,
): string {
  return derivedId(commandId, streamIdOf(intent.category, intent.id), nth);
}

export type Executed =
  /** Recorded now, or nothing left to record; `replayed` where an earlier run had done it. */
  | { readonly outcome: 'done'; readonly replayed: boolean }
  /** Its stream is not there yet. */
  | { readonly outcome: 'not-yet' }
  /** The rules say no: `code` names the rule; nothing personal. */
  | { readonly outcome: 'refused'; readonly code: string };

/** Runs planned commands through the handlers everybody's commands go through. */
export interface CommandPort {
  /** @throws what the log and the vault throw when they cannot be reached; trying again is safe */
  execute(command: PlannedCommand): Promise<Executed>;
}
