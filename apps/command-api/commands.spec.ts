import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { MemoryStore } from '@common-thread/adapters/memory/event-store';
import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import type { Appended, ExpectedRevision, NewEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Authority, Circumstances } from './commands.js';
import { UndeclaredCommand } from './commands/attempt.js';
import { ExampleCounty, hub, larkfield, people } from './examples/example-county.js';
import { exampleFamily, mustRecord, tagFor } from './examples/example-family.js';
import { opened } from './examples/fake-vault.js';

const caller = (route: Extract<Authority, { kind: 'caller' }>['route']): Authority => ({
  kind: 'caller',
  actor: people.triage,
  route,
});
const operator: Authority = { kind: 'import', actor: people.governance };

let commands = 0;
function sent(change: Partial<Circumstances> = {}): Circumstances {
  commands += 1;
  const commandId = derivedId('spec', commands);
  return {
    commandId,
    correlationId: commandId,
    body: { commands },
    expects: 'additive',
    ...change,
  };
}

describe('a command', () => {
  let county: ExampleCounty;
  beforeEach(async () => (county = await ExampleCounty.open()));
  afterEach(() => county.close());

  it('once recorded answers again before anybody is asked who sent it', async () => {
    const family = await exampleFamily(county);
    const path = `/v1/registrations/${family.registrationId}/attendances`;
    const body = { personIds: [family.childId], activity: 'weaning', placeId: 'oak-lane' };
    const key = { 'idempotency-key': 'the-same-key' };
    const first = await mustRecord(county.post(people.larkfieldWorker, path, body, key));
    const registration = await tagFor(county, larkfield, 'registration', family.registrationId);
    expect(first.tag).toBe(registration);
    // The centre passes to somebody else: the command sent anew would be refused.
    const place = { placeId: 'oak-lane', organisationId: 'brook-and-vale', name: 'Oak Lane' };
    await mustRecord(
      county.post(people.governance, '/v1/places', {
        ...place,
        cluster: 'north',
        district: 'vale',
      }),
    );
    const again = await county.post(people.larkfieldWorker, path, body, key);
    expect([again.status, again.body, again.tag]).toEqual([201, first.body, first.tag]);
    expect((await county.post(people.larkfieldWorker, path, body)).status).toBe(422);
  });

  it('is compared with what its sender was told last', async () => {
    const { childId } = await exampleFamily(county);
    const path = `/v1/people/${childId}/corrections`;
    const tag = await tagFor(county, larkfield, 'person', childId);
    const read = { 'if-match': `"${tag}"` };
    const first = await county.post(people.larkfieldWorker, path, { knownAs: 'Rob' }, read);
    expect(first.status).toBe(201);
    const stale = await county.post(people.larkfieldWorker, path, { knownAs: 'Bob' }, read);
    expect([stale.status, stale.tag]).toEqual([412, first.tag]);
    const several = { 'if-match': `"elsewhere", "${first.tag}"` };
    const third = await county.post(people.larkfieldWorker, path, { knownAs: 'Bob' }, several);
    expect(third.status).toBe(201);
  });

  it('that changes nothing says so, with the tag as it is', async () => {
    const { contactId } = await exampleFamily(county);
    const path = `/v1/contacts/${contactId}/rating`;
    const body = { rating: 'green', reason: 'Seen' };
    const ifMatch = async () => ({
      'if-match': `"${await tagFor(county, hub, 'contact', contactId)}"`,
    });
    const first = await mustRecord(county.post(people.triage, path, body, await ifMatch()));
    const same = await county.post(people.triage, path, body, await ifMatch());
    expect([same.status, same.body, same.tag]).toEqual([200, first.body, first.tag]);
  });

  it('is refused as a fault of ours where its route or its kind of sender has not declared it', async () => {
    const { contactId } = await exampleFamily(county);
    const intent = {
      category: 'contact',
      id: contactId,
      type: 'RateContact',
      data: { rating: 'red', reason: 'x' },
    } as const;
    const { api } = county;
    const undeclared = caller('POST /v1/contacts/:contactId/decision');
    await expect(api.commands.execute(intent, sent(), undeclared)).rejects.toThrow(
      UndeclaredCommand,
    );
    const reaction: Authority = { kind: 'reaction', actor: people.triage };
    await expect(api.commands.execute(intent, sent(), reaction)).rejects.toThrow(
      UndeclaredCommand,
    );
  });

  it('of an operator is imported with the dates its source gave, and asks no relation', async () => {
    const answer = await county.api.commands.execute(
      {
        category: 'person',
        id: derivedId('imported'),
        type: 'RegisterPerson',
        data: { kind: 'child', authority: '891', authorityChildId: 'A1' },
      },
      sent({
        occurredAt: '2023-05-04T12:00:00.000Z',
        occurredPrecision: 'day',
        learnedAt: '2023-05-09T12:00:00.000Z',
        imported: true,
      }),
      operator,
    );
    expect(answer).toMatchObject({ outcome: 'recorded', tag: undefined });
    expect((await county.events()).at(-1)?.metadata).toMatchObject({
      occurredAt: '2023-05-04T12:00:00.000Z',
      occurredPrecision: 'day',
      learnedAt: '2023-05-09T12:00:00.000Z',
      recordedAt: county.clock.at,
      imported: true,
    });
  });

  it('of anybody but a reaction has what looks sealed sealed again', async () => {
    const box = 'box.v1.e30.e30';
    await county.api.commands.execute(
      {
        category: 'person',
        id: derivedId('boxed'),
        type: 'RegisterPerson',
        data: { kind: 'adult', givenName: box },
      },
      sent(),
      operator,
    );
    const stored = (await county.events()).at(-1)?.data.givenName;
    expect(stored).not.toBe(box);
    expect(opened(stored)).toBe(box);
  });

  it('withdraws a record of a family in reach only for the organisation that made it', async () => {
    const { childMembershipId } = await exampleFamily(county);
    const path = `/v1/memberships/${childMembershipId}/withdrawals`;
    const withdraw = async (as: typeof people.visitor) => {
      const record = await tagFor(county, as.recipient, 'membership', childMembershipId);
      return (await county.post(as, path, { record, reason: 'wrong-family' })).status;
    };
    // The health visitor has the family on caseload and is told of the membership.
    expect(await withdraw(people.visitor)).toBe(404);
    expect(await withdraw(people.larkfieldWorker)).toBe(201);
  });

  it('names a record by the id its sender’s feed knows it by, and by no other', async () => {
    const { registrationId } = await exampleFamily(county);
    const path = `/v1/registrations/${registrationId}/withdrawals`;
    const [began] = await county.log.readStream(`registration-${registrationId}`);
    const withdrawal = (record: string) => ({ record, reason: 'duplicate' });
    for (const record of [began?.id ?? '', occurrenceIdOf(began?.id ?? '', hub)]) {
      const answer = await county.post(people.larkfieldWorker, path, withdrawal(record));
      expect(answer.body.type).toMatch(/withdrawal\/nothing-to-withdraw$/);
    }
    const known = occurrenceIdOf(began?.id ?? '', larkfield);
    expect((await county.post(people.larkfieldWorker, path, withdrawal(known))).status).toBe(201);
  });
});

/** Between the reading and the append of the first try, somebody else records something. */
class Interrupted extends MemoryEventLog {
  meanwhile: (() => Promise<unknown>) | undefined;

  override async append(
    streamId: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    return super.append(streamId, expected, events);
  }
}

describe('a command that somebody else comes before', () => {
  let county: ExampleCounty;
  let log: Interrupted;

  beforeEach(async () => {
    county = await ExampleCounty.open((store: MemoryStore) => (log = new Interrupted(store)));
  });
  afterEach(() => county.close());

  it('is tried again where it only adds', async () => {
    const { registrationId, childId } = await exampleFamily(county);
    const path = `/v1/registrations/${registrationId}/attendances`;
    const body = { personIds: [childId], placeId: 'oak-lane' };
    const attend = (activity: string) =>
      county.post(people.larkfieldWorker, path, { ...body, activity });
    log.meanwhile = () => attend('weaning');
    expect((await attend('stay-and-play')).status).toBe(201);
    const stream = await county.log.readStream(`registration-${registrationId}`);
    expect(stream.slice(1).map(({ data }) => data.activity)).toEqual(['weaning', 'stay-and-play']);
  });

  it('is turned away where it rests on what was read', async () => {
    const { contactId } = await exampleFamily(county);
    const path = `/v1/contacts/${contactId}/rating`;
    const ifMatch = { 'if-match': `"${await tagFor(county, hub, 'contact', contactId)}"` };
    const rate = (rating: string) =>
      county.post(people.triage, path, { rating, reason: 'x' }, ifMatch);
    let first: string | undefined;
    log.meanwhile = async () => (first = (await rate('red')).tag);
    const second = await rate('green');
    expect([second.status, second.tag]).toEqual([412, first]);
  });
});
