import type { Policy } from '@common-thread/disclosure/policy';
import type { Deriving } from '@common-thread/domain/deriving';
import type {
  CommonThreadEvent,
  RecordedCommonThreadEvent,
} from '@common-thread/domain/event-catalogue';
import type { RecipientId } from '@common-thread/domain/identifiers';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import type { CommandActor } from '@common-thread/eventing/decider';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Intent } from '../commands/deciders.js';
import type { Records } from '../records.js';

/** What a reaction may look at before it says what follows. */
export interface Lookout {
  readonly records: Records;
  readonly deriving: Deriving;
  /** Who is related to whom, the cause and everything before it folded. */
  policy(): Promise<Policy>;
}

/** One command that follows from a cause. */
export interface Consequence {
  /** Names the command among those of one cause: equal on every try, so that it is recorded once. */
  readonly step: string;
  readonly intent: Intent;
  /** Whose record it continues. */
  readonly inTheNameOf: RecipientId;
  /** RFC 3339 UTC instant at which the consequence happened. */
  readonly occurredAt: string;
  readonly occurredPrecision?: 'day';
}

/** Carries a consequence from one stream to another. No append spans two, so this is how they agree. */
export interface Reaction {
  /** Stable: faults are kept under it. */
  readonly name: string;
  readonly on: readonly CommonThreadEvent['type'][];
  /**
   * What follows from a cause as things stand. May be asked any number of times, also when its commands
   * have been recorded already.
   */
  react(cause: RecordedCommonThreadEvent, lookout: Lookout): Promise<readonly Consequence[]>;
}

export function commandIdOf(causeId: string, step: string): string {
  return derivedId(causeId, step);
}

/** Who acts in a recipient's name where no person does. */
export function actingFor(recipient: RecipientId): CommandActor {
  const { organisation } = partsOfRecipient(recipient);
  return { id: 'reactions', organisation, recipient, role: 'reaction' };
}

/** A consequence that happened when its cause did. */
export function whenCaused({ metadata }: RecordedCommonThreadEvent) {
  const { occurredAt, occurredPrecision } = metadata;
  return { occurredAt, ...(occurredPrecision === undefined ? {} : { occurredPrecision }) };
}
