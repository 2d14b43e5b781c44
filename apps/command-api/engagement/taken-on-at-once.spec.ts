import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { MemoryStore } from '@common-thread/adapters/memory/event-store';
import type { Appended, ExpectedRevision, NewEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { brook, ExampleCounty, people } from '../examples/example-county.js';
import { mustRecord, registered, robin } from '../examples/example-family.js';

const { brookWorker, larkfieldWorker, visitor } = people;

/** Lets nobody begin taking a family on until two have come to it. */
class TwoAtOnce extends MemoryEventLog {
  #come = 0;
  #open: () => void = () => undefined;
  readonly #bothCame = new Promise<void>((resolve) => (this.#open = resolve));
  isMet = false;

  override async append(
    streamId: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    if (this.isMet && /^(registration|caseload)-/.test(streamId)) {
      this.#come += 1;
      if (this.#come === 2) this.#open();
      await this.#bothCame;
    }
    return super.append(streamId, expected, events);
  }
}

describe('a family taken on at the same instant under two keys', () => {
  let county: ExampleCounty;
  let log: TwoAtOnce;
  beforeEach(async () => {
    const meeting = (store: MemoryStore) => (log = new TwoAtOnce(store));
    county = await ExampleCounty.open(meeting);
    await registered(county);
    log.isMet = true;
  });
  afterEach(() => county.close());

  const beginnings = async (type: string, recipient: string) =>
    (await county.events()).filter(
      (event) =>
        event.type === type && Object.values<unknown>(event.data).some((one) => one === recipient),
    );

  it.each([
    ['the same centre', 'brook-street', 'brook-street'],
    ['another centre of the provider', 'brook-street', 'vale-lodge'],
  ])('is registered once, at %s', async (_, one, other) => {
    const lodge = { placeId: 'vale-lodge', organisationId: 'brook-and-vale', name: 'Lodge' };
    await mustRecord(
      county.post(people.governance, '/v1/places', { ...lodge, cluster: 'n', district: 'vale' }),
    );
    const answers = await Promise.all(
      [one, other].map((placeId) =>
        county.post(brookWorker, '/v1/registrations', { person: robin, placeId }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.type).toMatch(/registration\/already-registered$/);
    expect(await beginnings('CentreRegistrationBegan', brook)).toHaveLength(1);
  });

  it('is on the caseload once', async () => {
    const answers = await Promise.all(
      [1, 2].map(() => county.post(visitor, '/v1/caseloads', { person: robin })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await beginnings('CaseloadBegan', visitor.recipient)).toHaveLength(1);
  });

  it('is taken on by each of two agencies', async () => {
    const answers = await Promise.all([
      county.post(brookWorker, '/v1/registrations', { person: robin, placeId: 'brook-street' }),
      county.post(visitor, '/v1/caseloads', { person: robin }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  });
});

describe('a family taken on again', () => {
  let county: ExampleCounty;
  beforeEach(async () => (county = await ExampleCounty.open()));
  afterEach(() => county.close());

  const again = { person: robin, placeId: 'oak-lane' };
  const key = { 'idempotency-key': 'the-second-time' };

  it('has a record of its own for each time, and each repeat its own answer', async () => {
    const first = await registered(county);
    const end = `/v1/registrations/${first.registrationId}/end`;
    await mustRecord(county.post(larkfieldWorker, end, { reason: 'moved-away' }));
    const second = await mustRecord(county.post(larkfieldWorker, '/v1/registrations', again, key));
    expect(second.body.familyId).toBe(first.familyId);
    expect(second.body.id).not.toBe(first.registrationId);
    const repeated = await county.post(larkfieldWorker, '/v1/registrations', again, key);
    expect([repeated.status, repeated.body]).toEqual([201, second.body]);
  });

  it('is answered as the first time after its end, and once the details mean somebody else', async () => {
    const taken = await mustRecord(county.post(larkfieldWorker, '/v1/registrations', again, key));
    const end = `/v1/registrations/${String(taken.body.id)}/end`;
    await mustRecord(county.post(larkfieldWorker, end, { reason: 'moved-away' }));
    const twin = { ...robin, nhsNumber: '999 000 0018' };
    await registered(county, twin, brookWorker, 'brook-street');
    await county.restart();
    const repeated = await county.post(larkfieldWorker, '/v1/registrations', again, key);
    expect([repeated.status, repeated.body]).toEqual([201, taken.body]);
  });

  it('is held under the id that an earlier release gave it', async () => {
    const { familyId } = await registered(county);
    const commandId = derivedId('an earlier release', 'command');
    const id = derivedId(commandId, 'registration');
    await county.api.commands.execute(
      {
        category: 'registration',
        id,
        type: 'BeginCentreRegistration',
        data: { familyId, provider: brook, placeId: 'brook-street' },
      },
      { commandId, correlationId: commandId, body: {}, expects: 'additive' },
      { kind: 'import', actor: brookWorker },
    );
    const atBrook = { person: robin, placeId: 'brook-street' };
    const refused = await county.post(brookWorker, '/v1/registrations', atBrook);
    expect(refused.body.type).toMatch(/registration\/already-registered$/);
    const end = `/v1/registrations/${id}/end`;
    await mustRecord(county.post(brookWorker, end, { reason: 'moved-away' }));
    const next = await mustRecord(county.post(brookWorker, '/v1/registrations', atBrook));
    expect(next.body.id).not.toBe(id);
  });
});
