import { documentTable } from '../read-model.js';
import type { ToldRow } from '../told-row.js';
import { isOwn } from '../told-row.js';

/*
 * A contact's rows stay on the contact's own line until it is linked to a family. The link moves the
 * line, earlier rows included; a link withdrawn moves it back. Only those told as the contact's author
 * or referrer keep its rows through that: others had them by the link and lose them with it.
 */

const LINK = 'contact.linked';

/** What placing needs of a row: `name` as in `contact.linked`, and whether it still stands. */
export interface Placed {
  readonly id: string;
  readonly name: string;
  readonly sequence: number;
  readonly line: string;
  readonly stands: boolean;
}

/** The line a contact's rows belong to now. */
export function currentLine(subject: string, rows: readonly Placed[]): string {
  const links = rows.filter((row) => row.name === LINK);
  const link = links.findLast((row) => row.stands);
  if (link) return link.line;
  // A link once made and withdrawn: whatever was told on the family's line came by it.
  return links.length > 0 ? subject : (rows[0]?.line ?? subject);
}

/**
 * Where the linked contacts told to us as author or referrer belong, whatever line their rows came on.
 * A contact without an entry belongs where it was told: on its own line, or its family's from the start.
 */
export const placementTable = documentTable({
  name: 'history_placement',
  columns: {
    subject: 'text',
    /** Where its rows belong now. */
    line: 'text',
    /** The lines its rows may have been told on. */
    told_on: 'texts',
  },
  indexes: ['line'],
  keysOf: ({ origin, originName }) =>
    originName === LINK && isOwn(origin) ? [origin.subject] : [],
  fold: (placed: readonly Placed[] | undefined, row) => place(placed ?? [], row),
  columnsOf: (placed, subject) => ({
    subject,
    line: currentLine(subject, placed),
    told_on: [...new Set([subject, ...placed.map((row) => row.line)])],
  }),
});

function place(placed: readonly Placed[], row: ToldRow): readonly Placed[] {
  const { envelope } = row;
  if (envelope.withdraws !== undefined) {
    return placed.map((p) => (p.id === envelope.withdraws ? { ...p, stands: false } : p));
  }
  if (row.follows) return placed;
  const added: Placed = {
    id: envelope.id,
    name: row.name,
    sequence: row.sequence,
    line: row.line,
    stands: row.text !== null,
  };
  return [...placed, added].sort((a, b) => a.sequence - b.sequence);
}
