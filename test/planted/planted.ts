import {
  checkpointAfterRows,
  checkpointBeforeRows,
  inboxTakesGap,
  lastWriterWins,
  skipOnError,
} from './agency-bugs.js';
import {
  acknowledgeBeforeCommit,
  barePositionCursor,
  noIdempotencyLookUp,
  reactionWithoutDerivedIds,
} from './log-bugs.js';
import { filteredFeed, publishBeforeCommit, recomputedRow } from './relay-bugs.js';
import type { Seams } from './seams.js';
import { untouched } from './seams.js';
import { entryWithoutReveal, revealBeforeAudit } from './vault-bugs.js';

/** Bugs that a system of this kind is prone to, each planted where the parts are put together. */
export const bugs = {
  'acknowledge-before-commit': acknowledgeBeforeCommit,
  'bare-position-cursor': barePositionCursor,
  'checkpoint-after-rows': checkpointAfterRows,
  'checkpoint-before-rows': checkpointBeforeRows,
  'entry-without-reveal': entryWithoutReveal,
  'filtered-feed': filteredFeed,
  'inbox-takes-gap': inboxTakesGap,
  'last-writer-wins': lastWriterWins,
  'no-idempotency-look-up': noIdempotencyLookUp,
  'publish-before-commit': publishBeforeCommit,
  'reaction-without-derived-ids': reactionWithoutDerivedIds,
  'recomputed-row': recomputedRow,
  'reveal-before-audit': revealBeforeAudit,
  'skip-on-error': skipOnError,
} as const satisfies Readonly<Record<string, Partial<Seams>>>;

export type Bug = keyof typeof bugs;

/** @throws where no bug has that name */
export function planted(name: string): Seams {
  const bug = Object.entries<Partial<Seams>>(bugs).find(([known]) => known === name)?.[1];
  if (!bug) throw new Error(`${name} is no bug; there are ${Object.keys(bugs).join(', ')}`);
  return { ...untouched, ...bug };
}
