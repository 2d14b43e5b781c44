import type { FamilyHistoryTables } from '@common-thread/adapters/postgres/family-history-reader';
import type { TestAgency } from '../../../test/feeds/agency-in-postgres.js';
import { openAgency } from '../../../test/feeds/agency-in-postgres.js';
import { readModels } from '../projections.js';
import { FamilyHistoryQueries } from './queries.js';

describe('a centre’s family history', () => {
  let agency: TestAgency<FamilyHistoryTables>;
  let queries: FamilyHistoryQueries;
  beforeAll(async () => {
    agency = await openAgency('larkfield-centres.childrens-centre', readModels);
    queries = new FamilyHistoryQueries(agency.database);
  });
  afterAll(() => agency.close());

  it('tells of others only that they are involved, and keeps what we asked when we leave', async () => {
    const line = 'family/f1';
    const { feed } = agency;
    const hub = 'fairholme-hub.safeguarding-hub';
    feed.tell('registration.began', {
      line,
      subject: 'registration/r1',
      ground: 'author+relation',
      entitlement: 'begins',
    });
    feed.tell('involvement.began', { line, subject: line, fields: { service: hub } });
    feed.tell('referral.raised', { line, subject: 'referral/a', ground: 'author+referrer' });
    feed.tell('contact.feedback-given', {
      line,
      subject: 'contact/k1',
      ground: 'referrer',
      fields: { words: 'box.v1.words' },
    });
    await agency.fold();
    const whole = (await queries.findHistory(line))!;
    expect(whole.lines).toHaveLength(4);
    expect(whole.household!.involvements.map((i) => i.service)).toContain(hub);

    feed.tell('registration.ended', {
      line,
      subject: 'registration/r1',
      ground: 'author+relation',
      entitlement: 'ends',
    });
    await agency.fold();
    const left = (await queries.findHistory(line))!;
    expect(left.lines.map((l) => l.name)).toEqual([
      'registration.ended',
      'contact.feedback-given',
      'referral.raised',
      'registration.began',
    ]);
    expect(left.lines[1]).toMatchObject({ referrer: true, fields: { words: 'box.v1.words' } });
  });
});
