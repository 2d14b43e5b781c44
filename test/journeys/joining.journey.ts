import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import { nameOf, readFeed, tellingOf } from './feed-reading.js';
import type { Answer, WholeSystem } from './whole-system.js';
import { eventually, send, startWholeSystem } from './whole-system.js';

const thistle = {
  kind: 'child',
  givenName: 'Thistle',
  familyName: 'Oakapple',
  dateOfBirth: '2023-02-14',
  nhsNumber: '9998887011',
} as const;
const years = ['2023-06-01', '2024-06-03', '2025-06-02'];

describe('joining', () => {
  let system: WholeSystem;
  let brook: string;
  let larkfield: string;
  let healthVisitor: string;
  let triage: string;
  let keys = 0;

  beforeAll(async () => {
    system = await startWholeSystem();
    brook = await system.tokenOf('brook-worker-1');
    larkfield = await system.tokenOf('larkfield-worker-1');
    healthVisitor = await system.tokenOf('health-visitor-1');
    triage = await system.tokenOf('hub-triage-1');
  }, 120_000);

  afterAll(() => system.close());

  it('puts three years recorded elsewhere beside a new contact, in order and with their own times', async () => {
    const family = await register(brook, 'brook-and-vale', thistle, years[0]!);
    for (const day of years) {
      await recorded(brook, `/v1/registrations/${family.registrationId}/attendances`, {
        personIds: [family.childId],
        activity: 'stay-and-play',
        placeId: family.placeId,
        note: 'Not for the hub',
        occurredAt: day,
      });
    }
    await recorded(healthVisitor, '/v1/caseloads', { person: thistle, occurredAt: years[0] });
    expect(await on(triage, family.line)).toEqual([]);

    const found = await lookUp({ nhsNumber: thistle.nhsNumber });
    const match = { personId: family.childId, familyIds: [family.id] };
    expect(found).toEqual({ matches: [match], speakTo: [] });
    await recorded(triage, '/v1/contacts', {
      channel: 'phone',
      source: '6',
      familyId: family.id,
      childIds: [family.childId],
      concern: 'Police were called to the address',
    });

    const told = await until(triage, family.line, 'contact.received');
    const past = told.slice(0, -1);
    expect(past.every(({ joined }) => joined === true)).toBe(true);
    expect(told.at(-1)).toMatchObject({ entitlement: 'begins' });
    expect(nameOf(told.at(-1)!)).toBe('contact.received');
    expect(told.at(-1)).not.toHaveProperty('joined');
    const sessions = past.filter((e) => nameOf(e) === 'session.attended');
    expect(sessions.map(({ time }) => time.slice(0, 10))).toEqual(years);
    for (const session of sessions) {
      expect(tellingOf(session)[1]).toEqual(['activity', 'organisation', 'personIds', 'placeId']);
    }
    expect(past.map(nameOf)).toEqual(
      expect.arrayContaining(['person.registered', 'registration.began', 'caseload.began']),
    );
  });

  it('gives the second provider its joining set, and the first the end as its last row', async () => {
    const child = { ...thistle, givenName: 'Burdock', nhsNumber: '9998887038' };
    const family = await register(larkfield, 'larkfield-centres', child, years[1]!);
    await recorded(larkfield, `/v1/registrations/${family.registrationId}/end`, {
      reason: 'moved-centre',
    });
    const ended = await until(larkfield, family.line, 'registration.ended');
    expect(ended.at(-1)).toMatchObject({ entitlement: 'ends' });

    const moved = await register(brook, 'brook-and-vale', child, '2026-01-05');
    expect(moved.id).toBe(family.id);
    const joined = await until(brook, family.line, 'registration.began', 2);
    expect(joined.map(nameOf)).toEqual(expect.arrayContaining(['person.registered']));
    expect(joined.at(-1)).toMatchObject({ entitlement: 'begins' });
    await recorded(brook, `/v1/registrations/${moved.registrationId}/attendances`, {
      personIds: [family.childId],
      activity: 'weaning',
      placeId: moved.placeId,
    });
    await until(brook, family.line, 'session.attended');

    const known = joined.find((e) => nameOf(e) === 'person.registered')!;
    const corrected = await recorded(
      brook,
      `/v1/people/${family.childId}/corrections`,
      { familyName: 'Oakapple-Reed' },
      `"${known.occurrenceid}"`,
    );
    expect(corrected.status).toBe(201);
    const after = await until(larkfield, family.line, 'person.details-corrected');
    const sinceTheEnd = after.slice(ended.length).map(nameOf);
    expect(sinceTheEnd).toEqual(['person.details-corrected']);
    expect(after.at(-1)?.corrects).toBe(after.find((e) => nameOf(e) === 'person.registered')?.id);
  });

  it('tells of a child of two families once on each family’s own line', async () => {
    const child = { ...thistle, givenName: 'Sorrel', nhsNumber: '9998887046' };
    const parent = { ...child, givenName: 'Yarrow', kind: 'adult', dateOfBirth: '1994-05-06' };
    const mother = await register(larkfield, 'larkfield-centres', child, years[1]!);
    const father = await register(
      larkfield,
      'larkfield-centres',
      { ...parent, nhsNumber: '9998887054', familyName: 'Reed' },
      years[1]!,
      'parent',
    );
    await recorded(larkfield, `/v1/registrations/${mother.registrationId}/attendances`, {
      personIds: [mother.childId],
      activity: 'stay-and-play',
      placeId: mother.placeId,
      occurredAt: years[2],
    });
    await recorded(larkfield, `/v1/families/${father.id}/members`, {
      personId: mother.childId,
      position: 'child',
    });
    await recorded(larkfield, `/v1/registrations/${mother.registrationId}/attendances`, {
      personIds: [mother.childId],
      activity: 'weaning',
      placeId: mother.placeId,
    });
    const atFather = await until(larkfield, father.line, 'session.attended', 2);
    const atMother = await until(larkfield, mother.line, 'session.attended', 2);
    const occurrences = (rows: CloudEvent[]) =>
      rows.filter((e) => nameOf(e) === 'session.attended').map((e) => e.occurrenceid);
    expect(occurrences(atFather)).toEqual(occurrences(atMother));
    expect(new Set(occurrences(atMother)).size).toBe(2);
    const ids = [...atFather, ...atMother].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  async function register(
    token: string,
    organisationId: string,
    person: object,
    occurredAt: string,
    position = 'child',
  ) {
    const placeId = await placeOf(token, organisationId);
    const answer = await recorded(token, '/v1/registrations', {
      person,
      placeId,
      position,
      occurredAt,
    });
    const id = String(answer.body.familyId);
    const line = `family/${id}`;
    const people = await until(token, line, 'person.registered');
    const child = people.filter((e) => nameOf(e) === 'person.registered').at(-1);
    const childId = String(child?.data?.personId);
    return { id, line, placeId, childId, registrationId: String(answer.body.id) };
  }

  async function recorded(
    token: string,
    path: string,
    body: object,
    ifMatch?: string,
  ): Promise<Answer> {
    keys += 1;
    const sending = { token, key: `joining-${keys}`, ...(ifMatch ? { ifMatch } : {}) };
    const answer = await send(system.standalone, path, body, sending);
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  async function on(token: string, line: string): Promise<CloudEvent[]> {
    const feed = await readFeed(system.standalone, token);
    return feed.filter((e) => e.partitionkey === line);
  }

  function until(token: string, line: string, name: string, count = 1): Promise<CloudEvent[]> {
    return eventually(
      () => on(token, line),
      (rows) => rows.filter((e) => nameOf(e) === name).length >= count,
    );
  }

  async function placeOf(token: string, organisationId: string): Promise<string> {
    const isOurs = (e: CloudEvent) =>
      nameOf(e) === 'place.recorded' && e.data?.organisationId === organisationId;
    const feed = await eventually(
      () => on(token, 'directory'),
      (rows) => rows.some(isOurs),
    );
    return String(feed.find(isOurs)?.data?.placeId);
  }

  async function lookUp(query: object): Promise<unknown> {
    const response = await fetch(new URL('/v1/look-up', system.standalone.addressOf('vault')), {
      method: 'POST',
      headers: { authorization: `Bearer ${triage}`, 'content-type': 'application/json' },
      body: JSON.stringify(query),
    });
    return response.json();
  }
});
