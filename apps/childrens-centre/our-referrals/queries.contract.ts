import type { Fields } from '@common-thread/projecting/told-row';
import type { TestAgency } from '../../../test/feeds/agency-in-postgres.js';
import { openAgency } from '../../../test/feeds/agency-in-postgres.js';
import type { Telling } from '../../../test/feeds/told-feed.js';
import { readModels } from '../projections.js';
import type { OurReferralsTables } from './queries.js';
import { OurReferralsQueries } from './queries.js';

describe('our referrals', () => {
  let agency: TestAgency<OurReferralsTables>;
  let queries: OurReferralsQueries;
  beforeEach(async () => {
    agency = await openAgency('larkfield-centres.childrens-centre', readModels);
    queries = new OurReferralsQueries(agency.database);
  });
  afterEach(() => agency.close());

  function raised(referralId: string, about: Partial<Telling> = {}) {
    const at = { line: 'family/f1', subject: `referral/${referralId}`, ground: 'author+referrer' };
    const row = agency.feed.tell('referral.raised', {
      ...at,
      fields: {
        reference: 'CT-4F7K-29QD',
        childIds: ['p1'],
        need: 'N1',
        level: '3',
        to: 'fairholme-hub.safeguarding-hub',
        concern: 'box.v1.concern',
        recordedBy: 'worker-1',
      },
      ...about,
    });
    return {
      row,
      then: (name: string, fields: Telling['fields'] = {}) =>
        agency.feed.tell(name, { ...at, fields }),
    };
  }
  const contact = (name: string, fields: Fields, line = 'contact/k1') =>
    agency.feed.tell(name, { line, subject: 'contact/k1', ground: 'referrer', fields });
  const found = async (referralId: string) => {
    await agency.fold();
    return queries.findReferral(referralId);
  };

  it('follows a referral from raised to closed, with the hub’s decision and words', async () => {
    const { then } = raised('r1', { time: '2026-01-05T09:00:00.000Z' });
    expect(await found('r1')).toMatchObject({
      familyId: 'f1',
      line: 'family/f1',
      reference: 'CT-4F7K-29QD',
      status: 'raised',
      concern: 'box.v1.concern',
      raisedBy: 'worker-1',
      raisedAt: new Date('2026-01-05T09:00:00Z'),
      contact: null,
    });
    contact('contact.received', { reference: 'CT-4F7K-29QD', referralId: 'r1' });
    then('referral.acknowledged', { contactId: 'k1' });
    expect(await found('r1')).toMatchObject({
      status: 'acknowledged',
      contact: { contactId: 'k1', line: 'contact/k1', decision: null, feedback: null },
    });
    contact('contact.decided', { outcomes: ['early-help'] });
    then('referral.accepted', { outcomes: ['early-help'] });
    contact('contact.feedback-given', { channel: 'phone', words: 'box.v1.words' });
    then('referral.referrer-told', { contactId: 'k1' });
    const closed = then('referral.closed', {});
    expect(await found('r1')).toMatchObject({
      tag: closed.envelope.occurrenceid,
      status: 'closed',
      answer: { kind: 'accepted', outcomes: ['early-help'], returnReason: null },
      contact: {
        decision: { outcomes: ['early-help'] },
        feedback: { channel: 'phone', words: 'box.v1.words' },
      },
    });
  });

  it('says why one was returned', async () => {
    const { then } = raised('r1');
    then('referral.returned', { outcomes: ['advice'], reason: 'below-threshold' });
    expect(await found('r1')).toMatchObject({
      status: 'returned',
      answer: { kind: 'returned', outcomes: ['advice'], returnReason: 'below-threshold' },
    });
  });

  it('reveals the words on the line the contact belongs to', async () => {
    raised('r1');
    contact('contact.received', { referralId: 'r1' });
    contact('contact.linked', {}, 'family/f1');
    expect((await found('r1'))!.contact!.line).toBe('family/f1');
  });

  it('finds the contact by the referral’s own word where the contact’s is not told', async () => {
    const { then } = raised('r1');
    contact('contact.received', {});
    then('referral.acknowledged', { contactId: 'k1' });
    expect(await found('r1')).toMatchObject({ contact: { contactId: 'k1' } });
  });

  it('keeps a referral whatever becomes of our entitlement, and says when it was withdrawn', async () => {
    const { row } = raised('r1');
    agency.feed.tell('registration.ended', {
      line: 'family/f1',
      subject: 'registration/x',
      entitlement: 'ends',
    });
    expect(await found('r1')).toMatchObject({ status: 'raised' });
    agency.feed.withdraw(row);
    expect(await found('r1')).toMatchObject({ status: 'withdrawn', concern: null });
  });

  it('leaves out what others raised', async () => {
    raised('r1', { ground: 'relation' });
    expect(await found('r1')).toBeUndefined();
    expect(await queries.list()).toEqual({ referrals: [], total: 0 });
  });

  it('lists ours by page, the latest first, of all families or one', async () => {
    raised('r1', { time: '2026-01-01T09:00:00.000Z' });
    raised('r2', { time: '2026-02-01T09:00:00.000Z', line: 'family/f2' });
    raised('r3', { time: '2026-03-01T09:00:00.000Z' });
    await agency.fold();
    const ids = async (request = {}) => {
      const { referrals, total } = await queries.list(request);
      return [referrals.map((referral) => referral.referralId), total];
    };
    expect(await ids()).toEqual([['r3', 'r2', 'r1'], 3]);
    expect(await ids({ limit: 1, offset: 1 })).toEqual([['r2'], 3]);
    expect(await ids({ familyId: 'f1' })).toEqual([['r3', 'r1'], 2]);
  });
});
