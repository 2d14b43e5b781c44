import type { Table } from '@common-thread/catalogue/disclosure-changes';
import { tableNow } from '@common-thread/catalogue/disclosure-changes';
import { releasedTable } from '@common-thread/catalogue/released';
import { changesInWords } from './table-words.js';

/** What the table as it stands would tell whom otherwise than the released one, or another. */
export function sayDifference(say: (line: string) => void, before: Table = releasedTable): void {
  say(
    `Version ${before.version} of the disclosure table against version ${tableNow.version}, of now.`,
  );
  changesInWords(before, tableNow).forEach(say);
}
