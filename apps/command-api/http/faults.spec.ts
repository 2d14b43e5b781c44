import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { MemoryStore } from '@common-thread/adapters/memory/event-store';
import type { Followed, FollowOptions } from '@common-thread/eventing/event-log';
import { ExampleCounty, people } from '../examples/example-county.js';
import type { ExampleFamily } from '../examples/example-family.js';
import { exampleFamily, referralOf } from '../examples/example-family.js';

const CANARY = 'Quillfeather';

describe('what a referral meets', () => {
  let county: ExampleCounty;
  let family: ExampleFamily;
  let before: number;
  let heldBack = false;

  class Held extends MemoryEventLog {
    override async *follow(options: FollowOptions): AsyncGenerator<Followed> {
      for await (const followed of super.follow(options)) {
        if (heldBack && followed.kind === 'caughtUp') continue;
        yield followed;
      }
    }
  }

  beforeEach(async () => {
    heldBack = false;
    county = await ExampleCounty.open((store: MemoryStore) => new Held(store));
    family = await exampleFamily(county);
    before = (await county.events()).length;
  });
  afterEach(() => county.close());

  const refer = (change: object = {}, headers: Record<string, string> = {}) =>
    county.post(
      people.larkfieldWorker,
      '/v1/referrals',
      { ...referralOf(family.familyId, [family.childId]), ...change },
      { 'idempotency-key': 'one-referral', ...headers },
    );

  it('with the vault away: told to try again, then recorded under the same key', async () => {
    county.sealing.reachable = false;
    const away = await refer();
    expect([away.status, away.headers['retry-after']]).toEqual([503, '5']);
    expect(await county.typesAfter(before)).toEqual([]);
    county.sealing.reachable = true;
    expect((await refer()).status).toBe(201);
  });

  it('with the log away: told to try again, then recorded under the same key', async () => {
    county.store.reachable = false;
    const away = await refer();
    expect([away.status, away.headers['retry-after']]).toEqual([503, '5']);
    county.store.reachable = true;
    expect((await refer()).status).toBe(201);
    expect(await county.typesAfter(before)).toEqual(['ReferralRaised']);
  });

  it('when the answer of the append is lost: recorded once, and the retry is told so', async () => {
    county.store.losesAnswers = true;
    expect((await refer()).status).toBe(503);
    county.store.losesAnswers = false;
    await county.restart();
    const retried = await refer();
    const again = await refer();
    expect(retried.status).toBe(201);
    expect(retried.body.reference).toMatch(/^CT-/);
    expect([again.body, again.tag]).toEqual([retried.body, retried.tag]);
    expect(await county.typesAfter(before)).toEqual(['ReferralRaised']);
  });

  it('while nobody can say who may do what: turned away within moments', async () => {
    heldBack = true;
    const behind = await refer();
    expect([behind.status, behind.headers['retry-after']]).toEqual([503, '5']);
    heldBack = false;
    expect((await refer()).status).toBe(201);
    expect(await county.typesAfter(before)).toEqual(['ReferralRaised']);
  });

  it.each([
    ['a hub that nobody keeps', { to: 'nowhere.safeguarding-hub' }, '/to'],
    ['a hub that is a centre', { to: 'brook-and-vale.childrens-centre' }, '/to'],
    ['a code of no list', { need: 'N11' }, '/need'],
    ['nothing said', { concern: ' \n ' }, '/concern'],
    ['NUL', { concern: `${CANARY}\0` }, '/concern'],
    ['half a character', { concern: `${CANARY}\ud800` }, '/concern'],
    ['too long a text', { concern: 'x'.repeat(20_001) }, '/concern'],
    ['a text that looks sealed', { concern: 'box.v1.e30.e30' }, '/concern'],
    ['nobody', { childIds: [] }, '/childIds'],
    ['one child twice', { childIds: 'twice' }, '/childIds'],
    ['parents not told, and no ground', { parentsInformed: 'not-informed' }, '/groundNotInformed'],
    ['a day that is none', { occurredAt: '2026-02-30' }, '/occurredAt'],
    ['a time without its offset', { occurredAt: '2026-11-20T14:09:00' }, '/occurredAt'],
    ['the year 206', { occurredAt: '0206-11-20' }, '/occurredAt'],
  ])('%s: a clear answer, nothing recorded, nothing repeated', async (_, change, pointer) => {
    const twice = { childIds: [family.childId, family.childId] };
    const answer = await refer(
      'childIds' in change && change.childIds === 'twice' ? twice : change,
    );
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    expect(JSON.stringify(answer.body)).not.toContain(CANARY);
    expect(county.logged).not.toContain(CANARY);
    expect(await county.typesAfter(before)).toEqual([]);
  });

  it('a child of another family: not found, as if there were none', async () => {
    const other = { childIds: [family.childId, '0b0e0b0e-0000-4000-8000-000000000001'] };
    expect((await refer(other)).status).toBe(404);
    expect(await county.typesAfter(before)).toEqual([]);
  });

  it('a body that is no JSON, and another body under the same key', async () => {
    const key = { 'idempotency-key': 'one-referral' };
    const malformed = await county.post(people.larkfieldWorker, '/v1/referrals', '{"x', key);
    expect(malformed.status).toBe(400);
    expect((await refer()).status).toBe(201);
    const other = await refer({ concern: 'Something else' });
    expect(other.status).toBe(422);
    expect(other.body.type).toMatch(/idempotency-key-reused$/);
    expect(await county.typesAfter(before)).toEqual(['ReferralRaised']);
  });

  it.each(['short', 'has spaces in it', 'semi;colons;are;out', 'x'.repeat(129), '"unclosed-key'])(
    'an Idempotency-Key like %s: told what one is',
    async (key) => {
      const answer = await refer({}, { 'idempotency-key': key });
      expect([key, answer.status]).toEqual([key, 400]);
    },
  );

  it('a key of somebody else: theirs is another command', async () => {
    const kim = { kind: 'adult', givenName: 'Kim' };
    const key = { 'idempotency-key': 'one-referral' };
    const first = await county.post(people.larkfieldWorker, '/v1/people', kim, key);
    const other = await county.post(people.brookWorker, '/v1/people', kim, key);
    expect([first.status, other.status]).toEqual([201, 201]);
    expect(other.body.id).not.toBe(first.body.id);
  });

  it('a key in quotes is the key, and an address with other capitals is nobody’s', async () => {
    expect((await refer()).status).toBe(201);
    const quoted = await refer({}, { 'idempotency-key': '"one-referral"' });
    expect(quoted.status).toBe(201);
    expect(await county.typesAfter(before)).toEqual(['ReferralRaised']);
    const shouted = `/v1/registrations/${family.registrationId.toUpperCase()}/end`;
    const answer = await county.post(people.larkfieldWorker, shouted, { reason: 'moved-away' });
    expect(answer.status).toBe(404);
  });

  it('says who recorded it for whom, and from where it was asked', async () => {
    const correlation = '0b0e0b0e-0000-4000-8000-00000000000c';
    const answer = await refer({}, { 'x-correlation-id': correlation });
    expect(answer.headers['x-correlation-id']).toBe(correlation);
    expect((await county.events()).at(-1)?.metadata).toMatchObject({
      correlationId: correlation,
      organisation: 'larkfield-centres',
      recordedBy: 'larkfield-worker',
      role: 'centre-worker',
      recordedAt: county.clock.at,
      occurredAt: county.clock.at,
    });
  });
});
