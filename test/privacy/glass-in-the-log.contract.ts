import { codec } from '@common-thread/domain/event-catalogue';
import type { GlassStep } from '@common-thread/domain/break-glass/glass-outbox';
import { GlassOutbox } from '@common-thread/domain/break-glass/glass-outbox';
import { derivedId } from '@common-thread/eventing/identifiers';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import { PolicyFollower } from '../../apps/command-api/authorisation/policy-follower.js';
import { GlassRecording } from '../../apps/command-api/break-glass/glass-recording.js';
import { Commands } from '../../apps/command-api/commands.js';
import { HttpGlassOutbox } from '../../apps/command-api/vault-doors/http-glass-outbox.js';
import { VaultDoor, VaultRefused } from '../../apps/command-api/vault-doors/vault-door.js';
import { Clock } from '../../apps/vault/clock.js';
import { hub, workerOf } from './county.js';
import { CountedToken, serveVault } from './vault-doors.js';
import { VaultUnderTest } from './vault-under-test.js';

/** Moved on by hand. */
class MovedClock extends Clock {
  aheadMs = 0;
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

/** Dies after so many steps: before the vault hears that the log has one. */
class DyingOutbox extends GlassOutbox {
  constructor(
    private readonly real: GlassOutbox,
    private stepsLeft: number,
  ) {
    super();
  }

  pending(): Promise<readonly GlassStep[]> {
    return this.real.pending();
  }

  async recorded(step: GlassStep): Promise<void> {
    if (this.stepsLeft <= 0) throw new Error('killed');
    this.stepsLeft -= 1;
    await this.real.recorded(step);
  }
}

const triage = workerOf(hub);
const manager = workerOf(hub, { id: 'manager-1', role: 'hub-manager' });
const HOUR_MS = 3_600_000;

describe('glass that was broken, in the log', () => {
  const clock = new MovedClock();
  let vault: VaultUnderTest;
  let policy: PolicyFollower;
  let commands: Commands;
  let nth = 0;

  beforeAll(async () => {
    vault = await VaultUnderTest.open(clock);
    policy = new PolicyFollower(vault.log, codec, 10_000);
    const engines = { log: vault.log, codec, sealing: vault.core.sealing };
    commands = new Commands(engines, policy, { now: () => clock.now().toISOString() });
  });
  afterAll(async () => {
    await policy.stop();
    await vault.close();
  });
  afterEach(() => {
    vault.faults.at = undefined;
    vault.log.store.losesAnswers = false;
    vault.log.store.reachable = true;
  });

  const recordPending = (outbox: GlassOutbox = vault.core.glassOutbox) =>
    new GlassRecording({ commands, outbox }).recordPending();

  function asked() {
    nth += 1;
    const [key, familyId] = [derivedId('key', nth), derivedId('a family', nth)];
    const words = 'The mother rings from the station.';
    return { familyId, reason: 'risk-of-harm', words, key } as const;
  }

  async function broken() {
    const grant = asked();
    const glass = await vault.core.breakingGlass.open(triage, grant);
    return { glassId: glass!.glassId, familyId: grant.familyId };
  }

  const typesOf = async (glassId: string) =>
    (await vault.log.readStream(`glass-${glassId}`)).map(({ type }) => type);

  it('says who broke it, for which family, why and for how long, and no word of it', async () => {
    const { glassId, familyId } = await broken();
    await recordPending();
    const [event] = await vault.log.readStream(`glass-${glassId}`);
    expect(event).toMatchObject({
      type: 'GlassBroken',
      data: { familyId, hub, worker: triage.id, reason: 'risk-of-harm', minutes: 60 },
      metadata: { organisation: 'fairholme-hub' },
    });
    expect(JSON.stringify(event)).not.toContain('station');
  });

  it('ends when the vault’s own clock ends it, and not before', async () => {
    const { glassId } = await broken();
    await recordPending();
    expect(await typesOf(glassId)).toEqual(['GlassBroken']);
    clock.aheadMs += HOUR_MS;
    await recordPending();
    const [, ended] = await vault.log.readStream(`glass-${glassId}`);
    expect(ended).toMatchObject({ type: 'GlassEnded', data: { ending: 'time' } });
  });

  it('is recorded through the door of a vault in another process, which nobody else has', async () => {
    const { app, address } = await serveVault(vault.core, { manager });
    const outbox = new HttpGlassOutbox(new VaultDoor(address, new CountedToken()));
    const { glassId } = await broken();
    await recordPending(outbox);
    await recordPending(outbox);
    expect(await typesOf(glassId)).toEqual(['GlassBroken']);
    expect(await outbox.pending()).toEqual([]);
    const steps = new URL('/v1/glass-outbox/pending', address);
    const headers = { authorization: 'Bearer manager' };
    expect((await fetch(steps, { method: 'POST', headers })).status).toBe(404);
    const nothing = { glassId: 'nothing', step: 'broken' } as const;
    await expect(outbox.recorded(nothing)).rejects.toThrow(VaultRefused);
    await app.close();
    await expect(outbox.pending()).rejects.toThrow(VaultUnavailable);
  });

  it('ends by hand, and is reviewed by somebody else', async () => {
    const { glassId } = await broken();
    await vault.core.breakingGlass.end(triage, glassId);
    await vault.core.breakingGlass.review(manager, glassId, 'not-justified');
    await recordPending();
    const history = await vault.log.readStream(`glass-${glassId}`);
    expect(history.map(({ data }) => data.ending ?? data.outcome ?? data.minutes)).toEqual([
      60,
      'by-hand',
      'not-justified',
    ]);
  });

  it('is granted while the log cannot be reached, and recorded when it can', async () => {
    vault.log.store.reachable = false;
    const { glassId } = await broken();
    await expect(recordPending()).rejects.toThrow();
    vault.log.store.reachable = true;
    await recordPending();
    expect(await typesOf(glassId)).toEqual(['GlassBroken']);
  });

  it('is recorded though the vault was killed the moment it was granted', async () => {
    const grant = asked();
    vault.faults.at = 'glass-broken';
    await expect(vault.core.breakingGlass.open(triage, grant)).rejects.toThrow('killed');
    vault.faults.at = undefined;
    const glassId = derivedId('break-glass', triage.id, grant.key);
    await recordPending();
    expect(await typesOf(glassId)).toEqual(['GlassBroken']);
    // The same form sent again is the same grant: nothing more waits to be recorded.
    await vault.core.breakingGlass.open(triage, grant);
    expect(await vault.core.glassOutbox.pending()).toEqual([]);
  });

  it('is one event where the log’s answer was lost', async () => {
    const { glassId } = await broken();
    vault.log.store.losesAnswers = true;
    await expect(recordPending()).rejects.toThrow();
    vault.log.store.losesAnswers = false;
    await recordPending();
    expect(await typesOf(glassId)).toEqual(['GlassBroken']);
    expect(await vault.core.glassOutbox.pending()).toEqual([]);
  });

  it('is in the log once, step by step, whatever was killed between', async () => {
    const grants = [await broken(), await broken(), await broken()];
    for (const { glassId } of grants) {
      await vault.core.breakingGlass.review(manager, glassId, 'justified');
    }
    clock.aheadMs += HOUR_MS;
    // Nine steps; each run dies after none or one of them, and the next begins again.
    let kills = 0;
    for (let run = 0; run < 30; run += 1) {
      if ((await vault.core.glassOutbox.pending()).length === 0) break;
      const dying = new DyingOutbox(vault.core.glassOutbox, run % 2);
      kills += await recordPending(dying).then(
        () => 0,
        () => 1,
      );
    }
    expect(kills).toBeGreaterThan(9);
    for (const { glassId } of grants) {
      const types = await typesOf(glassId);
      expect(types.toSorted()).toEqual(['GlassBroken', 'GlassEnded', 'GlassReviewed']);
      expect(types[0]).toBe('GlassBroken');
    }
  });
});
