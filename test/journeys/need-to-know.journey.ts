import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import { nameOf, readFeed } from './feed-reading.js';
import type { Answer, WholeSystem } from './whole-system.js';
import { eventually, send, startWholeSystem } from './whole-system.js';

const child = {
  kind: 'child',
  givenName: 'Sorrel',
  familyName: 'Meadowsweet',
  dateOfBirth: '2023-05-17',
  nhsNumber: '9998887313',
} as const;
const ADDRESS = '19 Canary Wharf Cottages';

describe('what is kept within a family’s record', () => {
  let system: WholeSystem;
  let larkfield: string;
  let triage: string;
  let familyId: string;
  let registrationId: string;
  let line: string;
  let keys = 0;

  beforeAll(async () => {
    system = await startWholeSystem();
    larkfield = await system.tokenOf('larkfield-worker-1');
    triage = await system.tokenOf('hub-triage-1');
    const places = await eventually(
      async () => (await readFeed(system.standalone, larkfield)).filter(isOurPlace),
      (rows) => rows.length > 0,
    );
    const placeId = String(places[0]?.data?.placeId);
    const registered = await recorded(larkfield, '/v1/registrations', {
      person: child,
      placeId,
      address: ADDRESS,
    });
    registrationId = String(registered.body.id);
    familyId = String(registered.body.familyId);
    line = `family/${familyId}`;
    const [joined] = await until(larkfield, 'membership.began');
    await recorded(triage, '/v1/contacts', {
      channel: 'phone',
      source: '1B',
      familyId,
      childIds: [joined?.data?.personId],
      callerDetails: 'The neighbour at number twenty',
      concern: 'Shouting at night',
    });
  }, 120_000);

  afterAll(() => system.close());

  it('is a decision to share, read with its exact words by the hub, and in no other feed', async () => {
    await recorded(triage, `/v1/sharing/${familyId}/shared`, {
      agency: 'school',
      channel: 'email',
      consent: 'not-asked',
      groundOverridden: 'raises-harm',
      reason: 'The nursery sees her every day',
      words: 'Please ring us if she does not come',
    });
    const rows = await until(triage, 'sharing.decided');
    const decided = rows.find((row) => nameOf(row) === 'sharing.decided');
    expect(decided?.data).toMatchObject({ agency: 'school', groundOverridden: 'raises-harm' });
    expect(await opened(triage, 'triage', decided?.data?.words, 'words')).toEqual({
      text: 'Please ring us if she does not come',
    });
    const elsewhere = (await readFeed(system.standalone, larkfield)).map(nameOf);
    expect(elsewhere.filter((name) => name.startsWith('sharing.'))).toEqual([]);
  });

  it('is an address, hidden from the next call on once it is acknowledged to be confidential', async () => {
    const [joined] = await until(larkfield, 'membership.began');
    const box = joined?.data?.address;
    const asCentre = () => opened(larkfield, 'centre-support', box, 'address');
    expect(await asCentre()).toEqual({ text: ADDRESS });
    const made = await recorded(larkfield, `/v1/shielding/${familyId}`, {
      ground: 'domestic-abuse',
    });
    expect(made.body).toMatchObject({ inForce: true });
    expect(await asCentre()).toEqual({ withheld: 'confidential' });
    expect(await opened(triage, 'look-up', box, 'address')).toEqual({ withheld: 'confidential' });
    expect(await opened(triage, 'triage', box, 'address')).toEqual({ text: ADDRESS });
    const marks = await until(larkfield, 'address.made-confidential');
    expect(marks.at(-1)?.data).not.toHaveProperty('ground');
  });

  it('is refused at the next call once an agreement has ended, and again once a consent is withdrawn', async () => {
    const visitor = await system.tokenOf('health-visitor-1');
    const governance = await system.tokenOf('governance-officer-1');
    await recorded(visitor, '/v1/caseloads', { person: child });
    const told = await until(visitor, 'person.registered');
    const box = told[0]?.data?.givenName;
    const name = () => opened(visitor, 'direct-care', box, 'givenName');
    const kept = { withheld: 'not-entitled' };
    expect(await name()).toEqual({ text: child.givenName });
    const [agreementId] = /(?<=agreement:)[0-9a-f-]{36}/.exec(told[0]?.ground ?? '') ?? [];
    const ending = { reason: 'replaced', endedBy: 'fairholme-hub', takesBack: false };
    await recorded(governance, `/v1/agreements/${agreementId}/end`, ending);
    expect(await name()).toEqual(kept);

    const consent = await recorded(triage, `/v1/sharing/${familyId}/consents`, {
      whose: 'parents',
      parties: ['fairholme-health', 'larkfield-centres'],
      content: ['household'],
      words: 'Asked at home; both said yes',
    });
    await eventually(name, (answer) => answer !== undefined && 'text' in answer);
    const { consentId } = consent.body;
    const withdrawal = await recorded(triage, `/v1/sharing/${familyId}/consent-withdrawals`, {
      consentId,
      takesBack: true,
    });
    expect(withdrawal.body).toMatchObject({ inForce: true });
    expect(await name()).toEqual(kept);
  });

  it('is refused at the next call to whoever has lost the relationship in the middle of a shift', async () => {
    const [joined] = await until(larkfield, 'membership.began');
    const registered = (await readFeed(system.standalone, larkfield)).find(
      (row) => row.partitionkey === line && nameOf(row) === 'person.registered',
    );
    const name = () =>
      opened(larkfield, 'centre-support', registered?.data?.familyName, 'familyName');
    expect(await name()).toEqual({ text: child.familyName });
    await recorded(larkfield, `/v1/registrations/${registrationId}/end`, {
      reason: 'moved-away',
    });
    expect(await name()).toEqual({ withheld: 'not-entitled' });
    const refused = await posted(larkfield, `/v1/families/${familyId}/members`, {
      personId: joined?.data?.personId,
      position: 'child',
    });
    expect(refused.status).toBe(404);
  });

  function isOurPlace(row: CloudEvent): boolean {
    return nameOf(row) === 'place.recorded' && row.data?.organisationId === 'larkfield-centres';
  }

  function posted(token: string, path: string, body: object): Promise<Answer> {
    keys += 1;
    return send(system.standalone, path, body, { token, key: `need-to-know-${keys}` });
  }

  async function recorded(token: string, path: string, body: object): Promise<Answer> {
    const answer = await posted(token, path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  function until(token: string, name: string): Promise<CloudEvent[]> {
    return eventually(
      async () => {
        const rows = await readFeed(system.standalone, token);
        return rows.filter(
          (row) => row.partitionkey === line && nameOf(row) !== 'record.withdrawn',
        );
      },
      (rows) => rows.some((row) => nameOf(row) === name),
    ).then((rows) => rows.filter((row) => nameOf(row) === name));
  }

  async function opened(token: string, purpose: string, box: unknown, field: string) {
    const response = await fetch(new URL('/v1/reveal', system.standalone.addressOf('vault')), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        purpose,
        page: 'journey/need-to-know',
        about: [line],
        requests: [{ box, field, line }],
      }),
    });
    const { revealed } = (await response.json()) as { revealed: readonly object[] };
    return revealed[0];
  }
});
