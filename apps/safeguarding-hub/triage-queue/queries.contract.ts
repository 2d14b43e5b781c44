import type { TestAgency } from '../../../test/feeds/agency-in-postgres.js';
import { openAgency } from '../../../test/feeds/agency-in-postgres.js';
import type { Telling } from '../../../test/feeds/told-feed.js';
import { readModels } from '../projections.js';
import type { TriageQueueTables } from './queries.js';
import { TriageQueueQueries } from './queries.js';

describe('the triage queue', () => {
  let agency: TestAgency<TriageQueueTables>;
  let queries: TriageQueueQueries;
  beforeAll(async () => {
    agency = await openAgency('fairholme-hub.safeguarding-hub', readModels);
    queries = new TriageQueueQueries(agency.database);
  });
  afterAll(() => agency.close());

  let next = 0;
  /** A contact of this hub's, on its own line unless a family is named. */
  function received(telling: Partial<Telling> & { readonly family?: string } = {}) {
    next += 1;
    const { family, fields, ...rest } = telling;
    const contactId = `k${next}`;
    const subject = `contact/${contactId}`;
    const line = family === undefined ? subject : `family/${family}`;
    const row = agency.feed.tell('contact.received', {
      line,
      subject,
      ground: 'author+relation',
      fields: { reference: `CT-000${next}-AAAA`, channel: 'phone', source: '6', ...fields },
      ...rest,
    });
    const then = (name: string, about: Partial<Telling> = {}) =>
      agency.feed.tell(name, { line, subject, ground: 'author+relation', ...about });
    return { contactId, row, then };
  }
  const inQueue = async (contactId: string) => {
    await agency.fold();
    return (await queries.queue()).find((contact) => contact.contactId === contactId);
  };
  const found = async (contactId: string) => {
    await agency.fold();
    return queries.findContact(contactId);
  };

  it('shows a contact in hand with what is to be done, and by when', async () => {
    const contact = received({
      family: 'f-shown',
      time: '2026-01-05T09:00:00.000Z',
      fields: {
        source: '8',
        organisation: 'larkfield-centres',
        referrer: 'larkfield-centres.childrens-centre',
        referralId: 'r1',
        childIds: ['p1', 'p2'],
        concern: 'box.v1.concern',
        callerDetails: 'box.v1.caller',
      },
    });
    expect(await inQueue(contact.contactId)).toEqual({
      contactId: contact.contactId,
      tag: contact.row.envelope.occurrenceid,
      line: 'family/f-shown',
      familyId: 'f-shown',
      reference: 'CT-0001-AAAA',
      channel: 'phone',
      source: '8',
      receivedAt: new Date('2026-01-05T09:00:00Z'),
      organisation: 'larkfield-centres',
      referrer: 'larkfield-centres.childrens-centre',
      referralId: 'r1',
      childIds: ['p1', 'p2'],
      rating: null,
      ratedAt: null,
      task: 'rate',
      dueAt: new Date('2026-01-05T13:00:00Z'),
      repeats: [
        { days: 90, earlier: 0, sources: 1 },
        { days: 365, earlier: 0, sources: 1 },
      ],
    });
  });

  it('follows a contact from its rating to the words to whoever asked', async () => {
    const { contactId, then } = received({ time: '2026-01-05T09:00:00.000Z' });
    then('contact.rated', {
      time: '2026-01-05T09:30:00.000Z',
      fields: { rating: 'amber', reason: 'box.v1.why' },
    });
    expect(await inQueue(contactId)).toMatchObject({
      rating: 'amber',
      task: 'decide',
      dueAt: new Date('2026-01-05T15:00:00Z'),
    });
    then('contact.rerated', {
      time: '2026-01-05T10:00:00.000Z',
      fields: { rating: 'red', previous: 'amber', reason: 'box.v1.now' },
    });
    expect(await inQueue(contactId)).toMatchObject({
      rating: 'red',
      dueAt: new Date('2026-01-05T11:00:00Z'),
    });
    const decided = then('contact.decided', {
      time: '2026-01-05T12:00:00.000Z',
      fields: { outcomes: ['early-help'], rationale: 'box.v1.because', decidedBy: 'manager-1' },
    });
    expect(await inQueue(contactId)).toMatchObject({
      task: 'tell',
      tag: decided.envelope.occurrenceid,
      dueAt: new Date('2026-01-06T17:00:00Z'),
    });
    then('contact.feedback-given', {
      time: '2026-01-05T13:00:00.000Z',
      fields: { channel: 'phone', words: 'box.v1.words' },
    });
    expect(await inQueue(contactId)).toBeUndefined();
    expect(await found(contactId)).toMatchObject({
      task: null,
      dueAt: null,
      ratings: [
        { rating: 'amber', reason: 'box.v1.why', ratedAt: '2026-01-05T09:30:00.000Z' },
        { rating: 'red', reason: 'box.v1.now', ratedAt: '2026-01-05T10:00:00.000Z' },
      ],
      decision: { outcomes: ['early-help'], rationale: 'box.v1.because', decidedBy: 'manager-1' },
      feedback: { channel: 'phone', words: 'box.v1.words' },
      inError: null,
    });
  });

  it('leaves out what was backfilled, recorded in error, withdrawn, or is another hub’s', async () => {
    const backfilled = received({ imported: true });
    const mistaken = received();
    mistaken.then('contact.recorded-in-error', { fields: { reason: 'duplicate' } });
    const withdrawn = received();
    agency.feed.withdraw(withdrawn.row);
    const foreign = received({ ground: 'relation' });
    for (const { contactId } of [backfilled, mistaken, withdrawn, foreign]) {
      expect(await inQueue(contactId)).toBeUndefined();
    }
    expect(await found(mistaken.contactId)).toMatchObject({ inError: { reason: 'duplicate' } });
    expect(await found(foreign.contactId)).toBeUndefined();
    expect(await found('nobody')).toBeUndefined();
  });

  it('moves a contact to the family it is linked to, and back when the link is withdrawn', async () => {
    const { contactId, then } = received({ fields: { childIds: [] } });
    expect(await inQueue(contactId)).toMatchObject({
      line: `contact/${contactId}`,
      familyId: null,
    });
    const link = then('contact.linked', { line: 'family/f-link', fields: { childIds: ['p9'] } });
    then('contact.rated', { line: 'family/f-link', fields: { rating: 'green' } });
    expect(await inQueue(contactId)).toMatchObject({
      line: 'family/f-link',
      familyId: 'f-link',
      childIds: ['p9'],
      rating: 'green',
    });
    agency.feed.withdraw(link);
    expect(await inQueue(contactId)).toMatchObject({
      line: `contact/${contactId}`,
      familyId: null,
      childIds: [],
      rating: 'green',
    });
  });

  it('counts earlier contacts of the household and their sources, in 90 days and in a year', async () => {
    const family = 'f-often';
    received({ family, time: '2024-12-01T09:00:00.000Z', imported: true });
    received({
      family,
      time: '2025-06-01T09:00:00.000Z',
      imported: true,
      fields: { source: '2A' },
    });
    received({ family, time: '2025-12-01T09:00:00.000Z', fields: { source: '3B' } });
    const repeated = received({ family, time: '2025-12-20T09:00:00.000Z' });
    const mistaken = received({ family, time: '2025-12-21T09:00:00.000Z' });
    mistaken.then('contact.recorded-in-error');
    const latest = received({ family, time: '2026-01-05T09:00:00.000Z' });
    expect((await inQueue(latest.contactId))!.repeats).toEqual([
      { days: 90, earlier: 2, sources: 2 },
      { days: 365, earlier: 3, sources: 3 },
    ]);
    agency.feed.withdraw(repeated.row);
    expect((await inQueue(latest.contactId))!.repeats[0]).toEqual({
      days: 90,
      earlier: 1,
      sources: 2,
    });
  });

  it('counts of two received at one instant only one as the earlier', async () => {
    const [one, two] = [received({ family: 'f-twice', time: '2026-01-05T12:00:00.000Z' }),
      received({ family: 'f-twice', time: '2026-01-05T12:00:00.000Z' })]; // prettier-ignore
    const earlier = [await inQueue(one.contactId), await inQueue(two.contactId)];
    expect(earlier.map((contact) => contact!.repeats[0]!.earlier)).toEqual([0, 1]);
  });

  it('comes by time left, the most overdue first and those without a limit last', async () => {
    const blue = received({ time: '2020-01-06T09:00:00.000Z' });
    blue.then('contact.rated', { fields: { rating: 'blue' } });
    await agency.fold();
    const queue = await queries.queue();
    expect(queue.at(-1)!.contactId).toBe(blue.contactId);
    const dues = queue.slice(0, -1).map((contact) => contact.dueAt!.getTime());
    expect(dues).toEqual([...dues].sort((a, b) => a - b));
  });

  it('tells a row without any field as what it is', async () => {
    const bare = received({ fields: {} });
    const { contactId } = bare;
    bare.then('contact.rated');
    bare.then('contact.decided');
    expect(await inQueue(contactId)).toMatchObject({ rating: null, task: 'tell' });
  });

  it('shows a correction as the contact', async () => {
    const { contactId, row } = received({ fields: { source: '6' } });
    agency.feed.correct(row, { source: '2A' });
    expect(await found(contactId)).toMatchObject({ source: '2A', corrected: true });
  });
});
