import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import { nameOf, readFeed } from './feed-reading.js';
import type { Answer, WholeSystem } from './whole-system.js';
import { eventually, send, startWholeSystem } from './whole-system.js';

const teasel = {
  kind: 'child',
  givenName: 'Teasel',
  familyName: 'Harebell',
  dateOfBirth: '2023-02-14',
} as const;
const wren = {
  kind: 'child',
  givenName: 'Wren',
  familyName: 'Marshwiggle',
  dateOfBirth: '2022-05-03',
} as const;
/** How many openings a restriction races, so many at a time. */
const REVEALS = Number(process.env.COMMON_THREAD_RACED_REVEALS ?? 1_000);
const AT_ONCE = 20;

/** A sealed name as its reader holds it. */
interface Held {
  readonly familyId: string;
  readonly row: CloudEvent;
}

describe('somebody signed in who reads a family', () => {
  let system: WholeSystem;
  let larkfield: string;
  let visitor: string;
  let officer: string;
  let manager: string;
  let keys = 0;

  beforeAll(async () => {
    system = await startWholeSystem();
    larkfield = await system.tokenOf('larkfield-worker-1');
    visitor = await system.tokenOf('health-visitor-1');
    officer = await system.tokenOf('governance-officer-1');
    manager = await system.tokenOf('hub-manager-1');
  }, 300_000);
  afterAll(() => system.close());

  it(`is shown nothing once its restriction is in force, in ${REVEALS} openings it races`, async () => {
    const held = await known(wren);
    const asked: { readonly at: number; readonly text: string | undefined }[] = [];
    let inForceAt = Infinity;
    let left = REVEALS;
    const reading = Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        const at = performance.now();
        asked.push({ at, text: await opened(held) });
      }
    });
    const restricting = eventually(
      async () => asked.length,
      (many) => many > REVEALS / 4,
    ).then(async () => {
      const answer = await recorded(manager, `/v1/restrictions/${held.familyId}`, {
        ground: 'witness-protection',
        authority: 'service-manager',
        speakTo: 'service-manager',
        reviewOn: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
      });
      expect(answer).toMatchObject({ status: 201, body: { inForce: true } });
      inForceAt = performance.now();
    });
    await Promise.all([...reading, restricting]);
    const after = asked.filter(({ at }) => at > inForceAt);
    expect(asked.length - after.length).toBeGreaterThan(REVEALS / 4);
    expect(after.length).toBeGreaterThan(0);
    expect(asked.some(({ text }) => text === wren.givenName)).toBe(true);
    expect(after.filter(({ text }) => text !== undefined)).toEqual([]);
  }, 300_000);

  it('is shown nothing more once its agreement has ended, and what was told is taken back', async () => {
    const held = await known(teasel);
    expect(await opened(held)).toBe(teasel.givenName);
    await eventually(
      () => page(held),
      (text) => text.includes(teasel.givenName),
    );
    const { rows } = await system.standalone.engines
      .pool('test', 1)
      .query<{ stream: string }>("select stream from log.events where type = 'AgreementSigned'");
    const path = `/v1/agreements/${rows[0]?.stream.replace('agreement-', '')}/end`;
    const body = { reason: 'party-withdrew', endedBy: 'larkfield-centres', takesBack: true };
    const ended = await recorded(officer, path, body);
    expect(ended).toMatchObject({ status: 201, body: { inForce: true } });
    expect(await opened(held)).toBeUndefined();
    const taken = await eventually(
      () => readFeed(system.standalone, visitor),
      (feed) => feed.some(({ withdraws }) => withdraws === held.row.id),
    );
    expect(taken.find(({ id }) => id === held.row.id)?.data).toBeUndefined();
    await eventually(
      () => page(held),
      (text) => !text.includes(teasel.givenName),
    );
  });

  /** A child whom Larkfield has registered, and whom the health visitor takes on and hears of. */
  async function known(child: typeof teasel | typeof wren): Promise<Held> {
    const directory = await eventually(
      () => readFeed(system.standalone, larkfield),
      (feed) => feed.some(isOurPlace),
    );
    const placeId = String(directory.find(isOurPlace)?.data?.placeId);
    const registered = await recorded(larkfield, '/v1/registrations', { person: child, placeId });
    const familyId = String(registered.body.familyId);
    await recorded(visitor, '/v1/caseloads', { person: child });
    const isTold = (row: CloudEvent) =>
      row.partitionkey === `family/${familyId}` && nameOf(row) === 'person.registered';
    const feed = await eventually(
      () => readFeed(system.standalone, visitor),
      (rows) => rows.some(isTold),
    );
    const row = feed.find(isTold);
    if (!row) throw new Error('the health visitor was not told');
    return { familyId, row };
  }

  async function opened({ row }: Held): Promise<string | undefined> {
    const line = row.partitionkey;
    const requests = [{ box: row.data?.givenName, field: 'givenName', line }];
    const response = await fetch(new URL('/v1/reveal', system.standalone.addressOf('vault')), {
      method: 'POST',
      headers: { authorization: `Bearer ${visitor}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        purpose: 'direct-care',
        page: 'test/reading',
        about: [line],
        requests,
      }),
    });
    expect(response.status).toBe(200);
    const { revealed } = (await response.json()) as { revealed: readonly { text?: string }[] };
    return revealed[0]?.text;
  }

  async function page({ familyId }: Held): Promise<string> {
    const app = system.standalone.agencyAddress('fairholme-health.health-visiting');
    const response = await fetch(new URL(`/families/${familyId}`, app), {
      headers: { authorization: `Bearer ${visitor}` },
    });
    return response.text();
  }

  async function recorded(token: string, path: string, body: object): Promise<Answer> {
    keys += 1;
    const answer = await send(system.standalone, path, body, { token, key: `narrowed-${keys}` });
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  }
});

function isOurPlace(row: CloudEvent): boolean {
  return nameOf(row) === 'place.recorded' && row.data?.organisationId === 'larkfield-centres';
}
