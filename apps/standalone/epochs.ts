import type { Pool } from 'pg';
import type { Epoch } from '@common-thread/adapters/postgres/event-log-schema';
import { epochsOf, openEpoch } from '@common-thread/adapters/postgres/event-log-schema';

/** The last epoch was opened here: the log has not been moved, and a second one is not wanted. */
export class NotMoved extends Error {
  override readonly name = 'NotMoved';
  constructor(last: Epoch) {
    super(
      `Epoch ${last.epoch} (${last.reason}) was opened in this very database, so the log has not been ` +
        'restored or promoted since. After an import into it, say --imported.',
    );
  }
}

export interface Opening {
  /** For whoever reads the list later: `restored from the dump of 3 March`. */
  readonly reason: string;
  /** Also where the log has not moved: events were brought into it from elsewhere. */
  readonly imported?: boolean;
}

/**
 * Opens the next epoch of a log that was restored, promoted or imported into.
 * @returns its number
 * @throws NotMoved where none of that has happened
 */
export async function openNextEpoch(pool: Pool, { reason, imported }: Opening): Promise<number> {
  const last = (await epochsOf(pool)).at(-1);
  if (last?.here && !imported) throw new NotMoved(last);
  return openEpoch(pool, reason);
}

/** `2  3 March 2026 …  restored from the dump  (here)`, a line each. */
export async function epochsInWords(pool: Pool): Promise<readonly string[]> {
  const epochs = await epochsOf(pool);
  return epochs.map(({ epoch, openedAt, reason, here }) =>
    [epoch, openedAt.toISOString(), reason, here ? '(here)' : '(elsewhere)'].join('  '),
  );
}
