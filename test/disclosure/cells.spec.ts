import { codec } from '@common-thread/domain/event-catalogue';
import { lineOf } from '@common-thread/disclosure/cells';
import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import { isFollowing } from '@common-thread/disclosure/disclosure-table';
import type { DeclaredColumn } from './county/declared.js';
import {
  beginsEpisode,
  declared,
  declaredColumns,
  declaredFor,
  endsEpisode,
} from './county/declared.js';
import { logOf } from './county/happening.js';
import { recipientOf } from './county/places.js';
import { historyTo, sampledTypes, watchers } from './county/samples.js';
import type { Subject } from './invariants/subject.js';
import { fieldsOf, subjectOf } from './invariants/subject.js';
import { plainRun } from './running/plain-run.js';
import { Truth } from './truth/truth.js';

const cells = sampledTypes.flatMap((type) =>
  declaredColumns.map((column) => [type, column] as const),
);

/** What the recipient who stands in a column is told of the last event, and by which columns. */
async function toldBy(type: string, column: DeclaredColumn) {
  const log = logOf(historyTo(type));
  const truth = new Truth(log);
  const event = log.events.at(-1)!;
  const standing = standingIn(column, truth, event.streamId);
  if (!standing) return undefined;
  const recipient = recipientOf(standing);
  const feeds = await plainRun(log);
  const subject: Subject = subjectOf(truth, recipient, feeds.get(recipient.id)!);
  const parts = truth.partsOf(recipient, event);
  const entitled = event.family !== undefined || event.people.length > 0;
  const related = entitled && truth.entitledAround(recipient, truth.families[0]!, event.position);
  const everybody = lineOf(type);
  const directory = !isFollowing(everybody) && everybody.reaches === 'directory';
  const by = related || directory ? [...parts, recipient.audience] : parts;
  const occurrence = occurrenceIdOf(event.id, recipient.id);
  const rows = subject.feed.filter(({ row }) => row.envelope.occurrenceid === occurrence);
  return { rows, cell: declaredFor(type, by), event };
}

function standingIn(column: DeclaredColumn, truth: Truth, streamId: string): string | undefined {
  if (column === 'author') return truth.first(streamId).owner;
  if (column === 'referrer') return truth.first(streamId).referrer;
  return watchers[column];
}

describe('the disclosure table', () => {
  it('is declared by hand for every event that has cells, and for no other', () => {
    const withCells = codec.types.filter((type) => !isFollowing(lineOf(type)));
    expect([...declared.keys()].sort()).toEqual([...withCells].sort());
    expect([...sampledTypes].sort()).toEqual([...withCells].sort());
  });

  it.each(cells)('tells of %s to the column %s what is declared', async (type, column) => {
    const told = await toldBy(type, column);
    if (!told) {
      // Nobody can stand in this column: such a stream has no author or no referrer.
      expect(declaredFor(type, [column]).grade).toBe('withheld');
      return;
    }
    const { rows, cell, event } = told;
    if (type === 'ContactLinked' && column === 'referrer') {
      // It names the family: a referrer who is not entitled to that hears nothing.
      expect(rows).toEqual([]);
      return;
    }
    const neutral = neutrally[type];
    if (neutral !== undefined && ['childrens-centre', 'health-visiting'].includes(column)) {
      expect(rows.map(({ row }) => row.envelope.type)).toEqual([neutral]);
      expect(rows.flatMap(fieldsOf)).toEqual([]);
      return;
    }
    const itself = rows.filter(({ row }) => !row.envelope.type.includes('.involvement.'));
    if (cell.grade === 'withheld' || onlyWhenEntitled(type, column)) expect(rows).toEqual([]);
    else if (cell.grade === 'existence') {
      const changes = beginsEpisode.includes(type) || endsEpisode.includes(type);
      expect(itself).toEqual([]);
      expect(rows.length).toBe(changes ? 1 : 0);
    } else {
      expect(itself.length).toBe(1);
      const there = cell.fields.filter(
        (field) => field in event.data || ['organisation', 'recordedBy'].includes(field),
      );
      expect(fieldsOf(itself[0]!).sort()).toEqual([...there].sort());
    }
  });
});

/** What those hear who are related to a family and may not know that it is restricted. */
const neutrally: Readonly<Record<string, string>> = {
  FamilyRestricted: 'uk.common-thread.record.withdrawn.v1',
  RestrictionLifted: 'uk.common-thread.family.shared.v1',
};

/** The link names the family: its cell for the referrer speaks only with an entitlement beside it. */
function onlyWhenEntitled(type: string, column: string): boolean {
  return type === 'ContactLinked' && column === 'referrer';
}
