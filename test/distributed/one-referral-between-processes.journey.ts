import type { CompiledApps } from '../faults/compiled-apps.js';
import { compileApps } from '../faults/compiled-apps.js';
import { nameOf } from '../journeys/feed-reading.js';
import { HEALTH, HUB, LARKFIELD, send } from '../journeys/whole-system.js';
import { DistributedSystem } from './distributed-system.js';
import { child, CONCERN, ReferredFamily, shown, told } from './referring.js';

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
    const family = await ReferredFamily.registeredBy(system, worker);
    const { familyId, line } = family;
    const onCaseload = await send(
      system,
      '/v1/caseloads',
      { person: child },
      { token: healthVisitor, key: 'between-caseload' },
    );
    // Matched by the vault, in another process: it is the same family.
    expect(onCaseload).toMatchObject({ status: 201, body: { familyId } });
    const raised = await family.refer('between-refer');
    expect(raised).toMatchObject({ status: 201 });

    const words = String(raised.body.reference);
    const queue = await shown(system, HUB, { token: triage, path: '/v1/contacts', words });
    expect(queue).toContain(familyId);
    await shown(system, LARKFIELD, { token: worker, path: '/v1/referrals', words });
    for (const [recipient, token] of [
      [HUB, triage],
      [LARKFIELD, worker],
      [HEALTH, healthVisitor],
    ] as const) {
      const path = `/v1/families/${familyId}/history`;
      const history = await shown(system, recipient, { token, path, words: 'contact' });
      expect(history).not.toContain(CONCERN);
    }
    const contact = await told(system, triage, (e) => nameOf(e) === 'contact.received');
    expect(await reveal(triage, String(contact.data?.concern), line)).toEqual({ text: CONCERN });
  });

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
