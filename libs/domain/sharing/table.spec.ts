import { contextAt, given } from '@common-thread/eventing/given-when-then';
import type { RedisclosePast, SwitchTable, WithdrawPast } from './table.js';
import { COUNTY_TABLE, table } from './table.js';

const context = contextAt('2026-03-02T10:00:00.000Z', { subjectId: COUNTY_TABLE });
const signedBy = 'hub-council/information-governance-lead';
const to = (tableVersion: number, insteadOf: number): SwitchTable => ({
  type: 'SwitchTable',
  data: { tableVersion, insteadOf, signedBy },
  context,
});
const second = {
  type: 'TableSwitched',
  data: { tableVersion: 2, insteadOf: 1, signedBy },
} as const;

describe('switching the disclosure table', () => {
  it('records which version takes the place of which, and who signed', () => {
    expect(given(table, []).when(to(2, 1)).events).toEqual([second]);
  });

  it('goes back to an earlier version like to any other', () => {
    expect(given(table, [second]).when(to(1, 2)).events).toEqual([
      { type: 'TableSwitched', data: { tableVersion: 1, insteadOf: 2, signedBy } },
    ]);
  });

  it('records nothing where that version is in force', () => {
    expect(given(table, []).when(to(1, 1)).events).toEqual([]);
    expect(given(table, [second]).when(to(2, 1)).events).toEqual([]);
  });

  it('is refused where another is in force than whoever signed was shown', () => {
    expect(given(table, [second]).when(to(3, 1)).refused).toBe('table/another-in-force');
  });
});

const past = {
  tableVersion: 2,
  recordedUnder: [1],
  kinds: ['attendance' as const],
  recipients: ['hub-council.safeguarding-hub'],
  signedBy,
};

describe('telling of the past', () => {
  const days = { from: '2026-01-05', until: '2026-03-01' };
  const redisclose = (data: Partial<RedisclosePast['data']> = {}): RedisclosePast => ({
    type: 'RedisclosePast',
    data: { ...past, ...days, reason: 'table-changed', ...data },
    context,
  });

  it('records what is told, to whom, why, and who signed', () => {
    const { events } = given(table, [second]).when(redisclose());
    expect(events).toEqual([{ type: 'PastRedisclosed', data: redisclose().data }]);
  });

  it('is said once where it is said twice in a row', () => {
    const said = { type: 'PastRedisclosed', data: redisclose().data } as const;
    expect(given(table, [second, said]).when(redisclose()).events).toEqual([]);
    const other = redisclose({ reason: 'agreement-signed' });
    expect(given(table, [second, said]).when(other).events.length).toBe(1);
  });

  it('is refused where another version is in force than whoever signed was shown', () => {
    expect(given(table, []).when(redisclose()).refused).toBe('table/another-in-force');
  });

  it.each([
    ['a version never in force', { recordedUnder: [1, 3] }, 'table/never-in-force'],
    ['a version twice', { recordedUnder: [1, 1] }, 'list/repeated'],
    ['no kind of fact', { kinds: [] }, 'list/empty'],
    ['no recipient', { recipients: [] }, 'list/empty'],
    ['a day that is none', { from: '2026-02-30' }, 'table/days'],
    ['a last day before the first', { until: '2026-01-04' }, 'table/days'],
  ])('is refused where it names %s', (_, data, refusal) => {
    expect(given(table, [second]).when(redisclose(data)).refused).toBe(refusal);
  });
});

describe('withdrawing the past', () => {
  const withdraw = (data: Partial<WithdrawPast['data']> = {}): WithdrawPast => ({
    type: 'WithdrawPast',
    data: { ...past, reason: 'told-in-error', ...data },
    context,
  });

  it('records what is taken back, from whom, why, and who signed', () => {
    const { events } = given(table, [second]).when(withdraw());
    expect(events).toEqual([{ type: 'PastWithdrawn', data: withdraw().data }]);
  });

  it('is refused like telling it, but asks for no days', () => {
    expect(given(table, []).when(withdraw()).refused).toBe('table/another-in-force');
    const never = withdraw({ recordedUnder: [3] });
    expect(given(table, [second]).when(never).refused).toBe('table/never-in-force');
  });
});
