import { checkpointAfterRows, checkpointBeforeRows } from '../../planted/agency-bugs.js';
import { filteredFeed } from '../../planted/relay-bugs.js';
import type { Seams } from '../world/seams.js';
import { untouched } from '../world/seams.js';
import { inboxTakesGap, lastWriterWins, skipOnError } from './agency-bugs.js';
import {
  acknowledgeBeforeCommit,
  barePositionCursor,
  noIdempotencyLookUp,
  reactionWithoutDerivedIds,
} from './log-bugs.js';
import { publishBeforeCommit, recomputedRow } from './relay-bugs.js';

/**
 * Bugs that a system of this kind is prone to, as in test/planted; those that remember something, or know
 * the engine, are made anew for a run and have none of an engine's time or chance.
 */
const bugs: Readonly<Record<string, () => Partial<Seams>>> = {
  'acknowledge-before-commit': acknowledgeBeforeCommit,
  'bare-position-cursor': barePositionCursor,
  'checkpoint-after-rows': () => checkpointAfterRows,
  'checkpoint-before-rows': () => checkpointBeforeRows,
  'filtered-feed': () => filteredFeed,
  'inbox-takes-gap': inboxTakesGap,
  'last-writer-wins': lastWriterWins,
  'no-idempotency-look-up': noIdempotencyLookUp,
  'publish-before-commit': publishBeforeCommit,
  'reaction-without-derived-ids': reactionWithoutDerivedIds,
  'recomputed-row': recomputedRow,
  'skip-on-error': skipOnError,
};

export const bugNames: readonly string[] = Object.keys(bugs);

/** What a run is put together from: the product as it is, or with one bug. @throws where none is named so */
export function plantedSeams(name?: string): () => Seams {
  if (name === undefined) return () => untouched;
  const bug = bugs[name];
  if (!bug) throw new Error(`${name} is no bug; there are ${bugNames.join(', ')}`);
  return () => ({ ...untouched, ...bug() });
}
