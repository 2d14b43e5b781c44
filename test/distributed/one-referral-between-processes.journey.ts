import type { CompiledApps } from '../faults/compiled-apps.js';
import { compileApps } from '../faults/compiled-apps.js';
import { nameOf, readFeed } from '../journeys/feed-reading.js';
import { eventually, HEALTH, HUB, LARKFIELD, send } from '../journeys/whole-system.js';
import { DistributedSystem } from './distributed-system.js';

const child = {
  kind: 'child',
  givenName: 'Wren',
  familyName: 'Quillfeather',
  dateOfBirth: '2024-03-09',
  nhsNumber: '9998887062',
} as const;
const CONCERN = 'A bruise on the cheek, third week running';

describe('one referral, three histories, every app its own process', () => {
  let apps: CompiledApps;
  let system: DistributedSystem;
  let worker: string;
  let healthVisitor: string;
  let triage: string;

  beforeAll(async () => {
    apps = await compileApps();
    system = await DistributedSystem.prepare(apps);
    await system.start();
    await system.seed(0);
    worker = await system.tokenOf('larkfield-worker-1');
    healthVisitor = await system.tokenOf('health-visitor-1');
    triage = await system.tokenOf('hub-triage-1');
  }, 240_000);

  afterAll(async () => {
    await system?.close();
    await apps.remove();
  });

  it('reaches each agency’s own history, in its own process', async () => {
    const placeId = await aPlace();
    const registered = await send(
      system,
      '/v1/registrations',
      { person: child, placeId, address: '1 Sparrow Row' },
      { token: worker, key: 'between-register' },
    );
    expect(registered).toMatchObject({ status: 201 });
    const familyId = String(registered.body.familyId);
    const onCaseload = await send(
      system,
      '/v1/caseloads',
      { person: child },
      { token: healthVisitor, key: 'between-caseload' },
    );
    // Matched by the vault, in another process: it is the same family.
    expect(onCaseload).toMatchObject({ status: 201, body: { familyId } });
    const raised = await raise(familyId, await childOn(`family/${familyId}`));
    expect(raised).toMatchObject({ status: 201 });

    const { reference } = raised.body;
    const queue = await shown(HUB, triage, '/v1/contacts', String(reference));
    expect(queue).toContain(familyId);
    await shown(LARKFIELD, worker, '/v1/referrals', String(reference));
    for (const [recipient, token] of [
      [HUB, triage],
      [LARKFIELD, worker],
      [HEALTH, healthVisitor],
    ] as const) {
      const path = `/v1/families/${familyId}/history`;
      const history = await shown(recipient, token, path, 'contact');
      expect(history).not.toContain(CONCERN);
    }
    const contact = (await readFeed(system, triage)).find((e) => nameOf(e) === 'contact.received');
    expect(await reveal(triage, String(contact?.data?.concern), `family/${familyId}`)).toEqual({
      text: CONCERN,
    });
  });

  function raise(familyId: string, childId: string) {
    const body = {
      familyId,
      childIds: [childId],
      to: HUB,
      need: 'N1',
      level: '4',
      statement: 'witnessed',
      parentsInformed: 'informed-agree',
      concern: CONCERN,
    };
    return send(system, '/v1/referrals', body, { token: worker, key: 'between-refer' });
  }

  /** What an agency's own process answers, once it holds these words. */
  async function shown(recipient: string, token: string, path: string, words: string) {
    return eventually(
      async () => {
        const response = await fetch(new URL(path, system.agencyAddress(recipient)), {
          headers: { authorization: `Bearer ${token}` },
        });
        return response.text();
      },
      (text) => text.includes(words),
    );
  }

  async function childOn(line: string): Promise<string> {
    const isIt = (e: { partitionkey: string }) => e.partitionkey === line;
    const feed = await eventually(
      () => readFeed(system, worker),
      (events) => events.some((e) => isIt(e) && nameOf(e) === 'person.registered'),
    );
    const told = feed.find((e) => isIt(e) && nameOf(e) === 'person.registered');
    return String(told?.data?.personId);
  }

  async function aPlace(): Promise<string> {
    const isOurs = (e: Parameters<typeof nameOf>[0]) =>
      nameOf(e) === 'place.recorded' && e.data?.organisationId === 'larkfield-centres';
    const feed = await eventually(
      () => readFeed(system, worker),
      (events) => events.some(isOurs),
    );
    return String(feed.find(isOurs)?.data?.placeId);
  }

  async function reveal(token: string, box: string, line: string): Promise<unknown> {
    const response = await fetch(new URL('/v1/reveal', system.addressOf('vault')), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        purpose: 'triage',
        page: 'journey',
        about: [line],
        requests: [{ box, field: 'concern', line }],
      }),
    });
    return ((await response.json()) as { revealed: unknown[] }).revealed[0];
  }
});
