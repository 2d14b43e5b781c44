import type { CommandActor } from '@common-thread/eventing/decider';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { CommandRoute } from '../../../apps/command-api/authorisation.js';
import type { IdentifiedFamily } from '../../../apps/command-api/authorisation/identified-family.js';
import type { Intent } from '../../../apps/command-api/commands/deciders.js';

/** One command of the run: what somebody wants recorded, however often it has to be sent. */
export interface PlannedCommand {
  /** Names it among all of the run. */
  readonly serial: string;
  readonly commandId: string;
  readonly intent: Intent;
  readonly actor: CommandActor;
  /** By which route; none where an operator loads it. */
  readonly route?: CommandRoute;
  readonly identified?: IdentifiedFamily;
  /** How long ago it happened. */
  readonly lateMs: number;
  readonly imported: boolean;
  /** The route asks what has been read, and the caller has read the stream as it is. */
  readonly readsFirst: boolean;
}

export function commandIdOf(happeningId: string): string {
  return derivedId('command of', happeningId);
}

export function streamOf({ intent }: PlannedCommand): string {
  return `${intent.category}-${intent.id}`;
}
