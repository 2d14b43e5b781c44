import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { SealRequest } from '@common-thread/eventing/sealing';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import { HttpSealing } from '../../apps/command-api/vault-doors/http-sealing.js';
import { VaultDoor } from '../../apps/command-api/vault-doors/vault-door.js';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import { memoryStores } from '../../apps/vault/memory-stores.js';
import { VaultCore } from '../../apps/vault/vault-core.js';
import { brook, hub, larkfield, workerOf } from './county.js';
import { commandWriter, CountedToken, serveVault } from './vault-doors.js';

const others = {
  worker: workerOf(larkfield),
  manager: workerOf(hub, { role: 'hub-manager' }),
  pages: workerOf(brook, { role: 'agency-pages', kind: 'system' }),
  subscriber: workerOf(hub, { role: 'subscriber-system', kind: 'system' }),
  impostor: { ...commandWriter, kind: 'person' as const },
};

const text: SealRequest = {
  plaintext: 'Third week running',
  subjects: ['0f0c6d8e-5b0e-4f7e-8a55-0a2f1f6f7a11'],
  recordClass: 'centre',
  controller: 'larkfield-centres',
  streamId: 'referral-0f0c6d8e-5b0e-4f7e-8a55-0a2f1f6f7a11',
  eventId: '1f0c6d8e-5b0e-4f7e-8a55-0a2f1f6f7a11',
  eventType: 'ReferralRaised',
  field: 'concern',
  version: 1,
};

describe('the vault’s doors for command-api', () => {
  let core: VaultCore;
  let served: Awaited<ReturnType<typeof serveVault>>;
  let sealing: HttpSealing;

  beforeAll(async () => {
    const log = new MemoryEventLog();
    core = await VaultCore.start(memoryStores(), { log, masterKey: new MemoryMasterKey() });
    served = await serveVault(core, others);
    sealing = new HttpSealing(new VaultDoor(served.address, new CountedToken()));
  });
  afterAll(async () => {
    await served.app.close();
    await core.stop();
  });

  it.each(Object.keys(others))('are not there for %s', async (who) => {
    for (const [path, body] of [
      ['/v1/sealing/seal', { requests: [] }],
      ['/v1/sealing/compare', { fingerprint: 'x' }],
      ['/v1/matching/people', { asker: asker() }],
      ['/v1/matching/authority-child-ids', { asker: asker(), authority: '893', childIds: [] }],
      ['/v1/deriving/reviews-due', { asker: asker() }],
      ['/v1/deriving/age-band', { asker: asker(), on: '2026-01-01' }],
      ['/v1/following/mark', { streamId: 'restriction-0f0c6d8e-5b0e-4f7e-8a55-0a2f1f6f7a11' }],
      // What is wrong with a body is not said to them either.
      ['/v1/sealing/seal', { unasked: true }],
    ] as const) {
      const answer = await fetch(new URL(path, served.address), {
        method: 'POST',
        headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  function asker() {
    const { id, organisation, recipient, role } = others.worker;
    return { id, organisation, recipient, role };
  }

  it('make the same fingerprint of a body on either side', async () => {
    const body = { level: '4', childIds: ['a'], nested: { b: 1, a: null }, left: undefined };
    const { boxes, fingerprint } = await sealing.seal([text, text], body);
    expect(boxes.map((box) => box.slice(0, 7))).toEqual(['box.v1.', 'box.v1.']);
    expect(await core.sealing.compare(fingerprint, body)).toBe('same');
    expect(await sealing.compare(fingerprint, body)).toBe('same');
    expect(await sealing.compare(fingerprint, { ...body, level: '3' })).toBe('other');
    const bodyless = await core.sealing.seal([], undefined);
    expect(await sealing.compare(bodyless.fingerprint, undefined)).toBe('same');
    expect(await sealing.compare('none of ours', body)).toBe('unknown');
  });

  it('say what cannot be sealed is a fault, not an outage', async () => {
    const sealed = sealing.seal([{ ...text, eventType: 'no type' }], {});
    await expect(sealed).rejects.toThrow('the vault refuses what it was asked: invalid-body');
  });

  it('count as away where nobody listens, or no token is given', async () => {
    const nowhere = new VaultDoor(new URL('http://127.0.0.1:9'), new CountedToken());
    await expect(new HttpSealing(nowhere).seal([text], {})).rejects.toThrow(VaultUnavailable);
    const token = new CountedToken();
    token.current = () => Promise.reject(new Error('the issuer is down'));
    const unnamed = new HttpSealing(new VaultDoor(served.address, token));
    await expect(unnamed.seal([text], {})).rejects.toThrow(VaultUnavailable);
  });
});
