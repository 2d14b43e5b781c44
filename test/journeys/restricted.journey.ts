import { randomUUID } from 'node:crypto';
import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import { nameOf, readFeed } from './feed-reading.js';
import type { Answer, WholeSystem } from './whole-system.js';
import { eventually, LARKFIELD, send, startWholeSystem } from './whole-system.js';

const child = {
  kind: 'child',
  givenName: 'Teasel',
  familyName: 'Harebell',
  dateOfBirth: '2023-02-14',
  nhsNumber: '9998887062',
} as const;

describe('a restricted family', () => {
  let system: WholeSystem;
  let larkfield: string;
  let manager: string;
  let triage: string;
  let keys = 0;

  beforeAll(async () => {
    system = await startWholeSystem();
    larkfield = await system.tokenOf('larkfield-worker-1');
    manager = await system.tokenOf('hub-manager-1');
    triage = await system.tokenOf('hub-triage-1');
  }, 120_000);

  afterAll(() => system.close());

  it('is gone past in an emergency by the vault’s leave, and the log says so afterwards', async () => {
    const [familyId, key] = [randomUUID(), randomUUID()];
    const words = 'The police are at the door.';
    const glass = await atVault('/v1/break-glass', {
      familyId,
      reason: 'risk-of-harm',
      words,
      key,
    });
    const { glassId } = (await glass.json()) as { glassId: string };
    const log = () => system.standalone.engines.eventLog.readStream(`glass-${glassId}`);
    const [broken] = await eventually(log, (events) => events.length > 0);
    expect(broken).toMatchObject({
      type: 'GlassBroken',
      data: { familyId, worker: 'hub-triage-1' },
    });
    await atVault(`/v1/break-glass/${glassId}/end`, {});
    const [, ended] = await eventually(log, (events) => events.length > 1);
    expect(ended).toMatchObject({ type: 'GlassEnded', data: { ending: 'by-hand' } });
  });

  it('is taken back from whoever had it, in words that do not say why, and comes again when lifted', async () => {
    const places = await eventually(
      () => on('directory'),
      (rows) => rows.some(isOurPlace),
    );
    const placeId = String(places.find(isOurPlace)?.data?.placeId);
    const registered = await recorded(larkfield, '/v1/registrations', { person: child, placeId });
    const familyId = String(registered.body.familyId);
    const line = `family/${familyId}`;
    const before = await until(line, 'registration.began');
    const began = before.find((row) => nameOf(row) === 'registration.began');
    await eventually(
      () => ours(familyId),
      (is) => is,
    );

    await recorded(manager, `/v1/restrictions/${familyId}`, {
      ground: 'witness-protection',
      authority: 'service-manager',
      speakTo: 'service-manager',
      reviewOn: inDays(60),
    });
    const taken = await until(line, 'record.withdrawn');
    expect(taken.at(-1)).toMatchObject({
      withdraws: began?.id,
      subject: began?.subject,
      entitlement: 'ends',
      ground: 'told',
    });
    expect(JSON.stringify(taken)).not.toMatch(/restrict/i);
    await eventually(
      () => ours(familyId),
      (is) => !is,
    );
    const found = { matches: [], speakTo: ['service-manager'] };
    expect(await lookUp({ nhsNumber: child.nhsNumber })).toEqual(found);

    await recorded(manager, `/v1/restrictions/${familyId}/lift`, { reason: 'no-longer-needed' });
    const again = await until(line, 'family.shared');
    expect(again.slice(taken.length).map(nameOf)).toEqual(['registration.began', 'family.shared']);
    expect(again.at(-1)).toMatchObject({ entitlement: 'begins', subject: line });
    expect(again.at(-2)?.data).toMatchObject({ placeId });
    await eventually(
      () => ours(familyId),
      (is) => is,
    );
  });

  function isOurPlace(row: CloudEvent): boolean {
    return nameOf(row) === 'place.recorded' && row.data?.organisationId === 'larkfield-centres';
  }

  /** Whether the centre's own app has the family among its own. */
  async function ours(familyId: string): Promise<boolean> {
    const app = system.standalone.agencyAddress(LARKFIELD);
    const response = await fetch(new URL('/v1/families', app), {
      headers: { authorization: `Bearer ${larkfield}` },
    });
    return (await response.text()).includes(familyId);
  }

  async function recorded(token: string, path: string, body: object): Promise<Answer> {
    keys += 1;
    const answer = await send(system.standalone, path, body, { token, key: `restricted-${keys}` });
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  async function on(line: string): Promise<CloudEvent[]> {
    const feed = await readFeed(system.standalone, larkfield);
    return feed.filter((row) => row.partitionkey === line);
  }

  function until(line: string, name: string): Promise<CloudEvent[]> {
    return eventually(
      () => on(line),
      (rows) => rows.some((row) => nameOf(row) === name),
    );
  }

  async function lookUp(query: object): Promise<unknown> {
    return (await atVault('/v1/look-up', query)).json();
  }

  function atVault(path: string, body: object): Promise<Response> {
    return fetch(new URL(path, system.standalone.addressOf('vault')), {
      method: 'POST',
      headers: { authorization: `Bearer ${triage}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
});

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
