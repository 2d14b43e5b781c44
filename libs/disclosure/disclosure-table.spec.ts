import { codec } from '@common-thread/domain/event-catalogue';
import { lineOf } from './cells.js';
import type { DisclosureTable } from './disclosure-table.js';
import { columns, content, isFollowing, notice } from './disclosure-table.js';
import { disclosure } from './disclosure.js';

/*
 * The compiler keeps the table complete. Each assignment below must not compile: `npm run typecheck`
 * fails as soon as one of them does, because its directive then expects an error that is not there.
 */
const { ReferralRaised: raised, ...otherEvents } = disclosure;
const { 'health-visiting': _, ...otherColumns } = raised;
const fences = [
  // @ts-expect-error an event without a line
  otherEvents satisfies DisclosureTable,
  // @ts-expect-error a line without a cell for every audience
  { ...disclosure, ReferralRaised: otherColumns } satisfies DisclosureTable,
  {
    ...disclosure,
    // @ts-expect-error a cell naming a field the event has not
    ReferralRaised: { ...raised, author: content('rating') },
  } satisfies DisclosureTable,
  {
    ...disclosure,
    // @ts-expect-error a grade there is not
    ReferralRaised: { ...raised, author: { grade: 'everything' } },
  } satisfies DisclosureTable,
  {
    ...disclosure,
    // @ts-expect-error cells for an event that goes to whoever was told of another
    RecordWithdrawn: { ...raised, publicType: 'record.withdrawn' },
  } satisfies DisclosureTable,
  {
    ...disclosure,
    // @ts-expect-error a line for an event that nobody records
    ReferralForgotten: raised,
  } satisfies DisclosureTable,
];

describe('the disclosure table', () => {
  it('is fenced by the compiler in the places tried here', () => {
    expect(fences).toHaveLength(6);
  });

  it('has a line for every event of the catalogue, and a cell for every column', () => {
    expect(Object.keys(disclosure).sort()).toEqual([...codec.types].sort());
    for (const type of codec.types) {
      const line = lineOf(type);
      if (isFollowing(line)) continue;
      for (const column of columns) expect([type, column, line[column]]).not.toContain(undefined);
    }
  });

  it('gives every event a public name of its own, dotted and lower case', () => {
    const names = codec.types.map((type) => lineOf(type).publicType);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z-]+\.[a-z-]+$/.test(name))).toEqual([]);
  });

  it('tells nothing of an event it does not know', () => {
    expect(() => lineOf('SomethingUnheardOf')).toThrow('no line for SomethingUnheardOf');
    expect(notice).toEqual({ grade: 'notice' });
  });
});
