import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { Finding } from './finding.js';
import { finding } from './finding.js';
import type { ObservedHistory, PageRead } from './observed.js';

/**
 * What is wrong with what readers saw: within one read, between two of them, and against what the feed
 * holds in the end. A read that begins after another has been answered sees at least what that one saw.
 */
export function judgeReads({ feeds, reads }: Pick<ObservedHistory, 'feeds' | 'reads'>): Finding[] {
  return [...feeds].flatMap(([recipient, rows]) => {
    const ofFeed = reads.filter((read) => read.recipient === recipient);
    if (ofFeed.length === 0) return [finding('lost', `nobody read the feed of ${recipient}`)];
    const { seen, changes } = valuesSeen(ofFeed);
    return [
      ...ofFeed.flatMap(withinOneRead),
      ...changes,
      ...goneAgain(ofFeed),
      ...againstTheEnd(recipient, rows, seen),
    ];
  });
}

/** The rows of one page follow one another from where it was asked for. */
function withinOneRead({ recipient, after, rows }: PageRead): Finding[] {
  const wrong = rows.findIndex(([sequence], nth) => sequence !== after + 1 + nth);
  if (wrong < 0) return [];
  const words = `${recipient}, read after ${after}: ${rows[wrong]?.[0]} where ${after + 1 + wrong} is due`;
  return [finding('reordered', words)];
}

/** One value for each sequence, and what was seen to have another. */
function valuesSeen(reads: readonly PageRead[]) {
  const seen = new Map<number, string>();
  const changes: Finding[] = [];
  for (const { recipient, rows } of reads) {
    for (const [sequence, mark] of rows) {
      const before = seen.get(sequence);
      if (before !== undefined && before !== mark) {
        changes.push(
          finding('divergent', `${recipient} row ${sequence} was read with two hashes`),
        );
      }
      if (before === undefined) seen.set(sequence, mark);
    }
  }
  return { seen, changes };
}

/** What an answered read saw, a read begun later has to see as well. */
function goneAgain(reads: readonly PageRead[]): Finding[] {
  const answered = [...reads].sort((a, b) => a.answeredAt - b.answeredAt);
  const begun = [...reads].sort((a, b) => a.invokedAt - b.invokedAt);
  let known = 0;
  let next = 0;
  return begun.flatMap((read) => {
    for (let done = answered[next]; done && done.answeredAt < read.invokedAt;) {
      known = Math.max(known, lastOf(done));
      next += 1;
      done = answered[next];
    }
    const isShort = !read.isFull && lastOf(read) < known;
    const words = `${read.recipient}: rows after ${lastOf(read)} are gone that were read before`;
    return isShort ? [finding('lost', words)] : [];
  });
}

function lastOf({ after, rows }: PageRead): number {
  return rows.at(-1)?.[0] ?? after;
}

/** What was read is there still and the same, and what is there was read. */
function againstTheEnd(
  recipient: string,
  rows: readonly FeedRow[],
  seen: ReadonlyMap<number, string>,
): Finding[] {
  const changed = [...seen]
    .filter(([sequence, mark]) => markOf(rows[sequence - 1]?.hash ?? '') !== mark)
    .map(([sequence]) => {
      const words = `${recipient} row ${sequence} is not what was read before`;
      return finding(sequence > rows.length ? 'lost' : 'divergent', words);
    });
  const unread = rows
    .filter(({ envelope }) => !seen.has(envelope.sequence))
    .map(({ envelope }) =>
      finding('lost', `${recipient} row ${envelope.sequence} was never read`),
    );
  return [...changed, ...unread];
}

/** Enough of a hash to tell two values apart: a ledger holds millions of them. */
export function markOf(hash: string): string {
  return hash.slice(0, 16);
}
