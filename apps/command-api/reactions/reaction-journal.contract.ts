import { derivedId } from '@common-thread/eventing/identifiers';
import type { TestDatabase } from '../../../test/engines/postgres.js';
import { freshDatabase } from '../../../test/engines/postgres.js';
import { MemoryReactionJournal } from './memory-reaction-journal.js';
import { PostgresReactionJournal } from './postgres-reaction-journal.js';
import type { ReactionFault, ReactionJournal } from './reaction-journal.js';

const at = (minute: number) => `2026-11-25T10:${String(minute).padStart(2, '0')}:00.000Z`;

function fault(cause: string, change: Partial<ReactionFault> = {}): ReactionFault {
  return {
    causeId: derivedId(cause),
    reaction: 'open-contact',
    streamId: 'referral-1',
    revision: 0,
    eventType: 'ReferralRaised',
    reason: 'referral/out-of-turn',
    tries: 1,
    firstFailedAt: at(0),
    nextTryAt: at(1),
    ...change,
  };
}

let database: TestDatabase;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database.drop());

describe.each([
  ['in memory', async () => new MemoryReactionJournal()],
  [
    'on PostgreSQL',
    async () => {
      const pool = database.pool();
      await pool.query('drop schema if exists command_api cascade');
      return PostgresReactionJournal.open(pool);
    },
  ],
] as const)('a journal of reactions %s', (_, open: () => Promise<ReactionJournal>) => {
  let journal: ReactionJournal;
  beforeEach(async () => (journal = await open()));

  it('keeps the last checkpoint, and none to begin again', async () => {
    expect(await journal.checkpoint('first')).toBeUndefined();
    await journal.advance('first', '1.2.3');
    await journal.advance('first', '1.2.9');
    expect(await journal.checkpoint('first')).toBe('1.2.9');
    await journal.advance('first', undefined);
    expect(await journal.checkpoint('first')).toBeUndefined();
  });

  it('has no checkpoint in another epoch of the log, until it is moved on there', async () => {
    await journal.advance('first', '1.2.3');
    expect(await journal.checkpoint('second')).toBeUndefined();
    expect(await journal.checkpoint('first')).toBe('1.2.3');
    await journal.advance('second', '1.2.4');
    expect(await journal.checkpoint('second')).toBe('1.2.4');
    expect(await journal.checkpoint('first')).toBeUndefined();
  });

  it('keeps a fault under its cause and reaction, with the time it first failed', async () => {
    await journal.setAside(fault('a'));
    await journal.setAside(fault('a', { tries: 2, firstFailedAt: at(5), nextTryAt: at(7) }));
    await journal.setAside(fault('a', { reaction: 'answer-referral' }));
    expect(await journal.count()).toEqual({ faults: 2, oldestAt: at(0) });
    const due = await journal.due(at(7), 10);
    expect(due).toContainEqual(fault('a', { tries: 2, nextTryAt: at(7) }));
  });

  it('gives back what is due, longest waiting first and no more than asked', async () => {
    await journal.setAside(fault('late', { nextTryAt: at(3) }));
    await journal.setAside(fault('early', { nextTryAt: at(2) }));
    await journal.setAside(fault('not yet', { nextTryAt: at(4) }));
    const due = await journal.due(at(3), 10);
    expect(due.map(({ causeId }) => causeId)).toEqual([derivedId('early'), derivedId('late')]);
    expect(await journal.due(at(3), 1)).toHaveLength(1);
    expect(await journal.due(at(1), 10)).toEqual([]);
  });

  it('forgets what is settled, that alone, and whatever is settled twice', async () => {
    await journal.setAside(fault('a'));
    await journal.setAside(fault('b', { firstFailedAt: at(2) }));
    await journal.settle(fault('a'));
    await journal.settle(fault('a'));
    expect(await journal.count()).toEqual({ faults: 1, oldestAt: at(2) });
    await journal.settle(fault('b'));
    expect(await journal.count()).toEqual({ faults: 0, oldestAt: undefined });
  });
});

it('a journal on PostgreSQL is made once, however many instances start together', async () => {
  const pool = database.pool();
  await pool.query('drop schema if exists command_api cascade');
  await Promise.all(Array.from({ length: 4 }, () => PostgresReactionJournal.open(pool)));
  const journal = await PostgresReactionJournal.open(pool);
  await journal.advance('first', '1.2.3');
  const again = await PostgresReactionJournal.open(pool);
  expect(await again.checkpoint('first')).toBe('1.2.3');
});

it('a journal of before epochs were kept begins again', async () => {
  const pool = database.pool();
  await pool.query(`drop schema if exists command_api cascade;
    create schema command_api;
    create table command_api.reaction_checkpoint (
      one boolean primary key default true check (one), cursor text);
    insert into command_api.reaction_checkpoint (cursor) values ('1.2.3')`);
  const journal = await PostgresReactionJournal.open(pool);
  expect(await journal.checkpoint('first')).toBeUndefined();
  await journal.advance('first', '1.2.9');
  expect(await journal.checkpoint('first')).toBe('1.2.9');
});
