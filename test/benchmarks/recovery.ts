import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Environment } from '@common-thread/platform/environment';
import { countyIn, recordCounty } from '../../apps/standalone/record-county.js';
import { startStandalone } from '../../apps/standalone/standalone.js';
import { compileApps } from '../faults/compiled-apps.js';
import { StandaloneSystem } from '../faults/standalone-system.js';
import { configurationIn, HUB } from '../journeys/whole-system.js';
import type { BenchmarkOptions, Report, Result } from './benchmark.js';
import { judgedAlone } from './benchmark.js';
import { machine } from './benchmark-engine.js';
import { CallsToHub } from './calls-to-hub.js';

/** The goal's, and ten times what all of England records in a second on average. */
const RATES = [200, 50] as const;
const KILLS = 7;
const GOAL_SECONDS = 5;
const LOOK_AGAIN_MS = 20;
const SETTLE_SECONDS_MAX = 60;

/**
 * P12 of the goals: everything killed at 200 commands a second, which go on being due; caught up once no
 * more of them wait than did before the kill and the relay has told all that was recorded. Each kill finds
 * nothing left over from the one before. At the end the hub's feed must hold every acknowledged command once.
 */
export async function recovery({ seconds }: BenchmarkOptions): Promise<Report> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'common-thread-recovery-'));
  fs.chmodSync(directory, 0o755);
  const configuration = { ...(await configurationIn(directory)), families: 1 };
  const apps = await compileApps(['standalone']);
  const system = new StandaloneSystem(apps.mainOf('standalone'), configuration);
  try {
    const first = await startStandalone(configuration, new Environment({}));
    await recordCounty(countyIn(first), new AbortController().signal);
    await first.close();
    const calls = new CallsToHub(configuration, system.door);
    await system.start();
    const results: Result[] = [];
    for (const perSecond of RATES) {
      const took: number[] = [];
      while (took.length < KILLS) {
        took.push(await killedAt(system, calls, perSecond, seconds));
      }
      const title = `caught up after SIGKILL at ${perSecond}/s`;
      const aim = { title, unit: 's', wanted: 'at most', goal: GOAL_SECONDS } as const;
      results.push(judgedAlone(aim, `all of ${HUB}`, took));
    }
    await assertNothingLost(calls);
    const load = `${calls.acknowledged.size} commands, ${KILLS} kills at each rate`;
    return { setting: { machine, load }, results };
  } finally {
    await system.close();
    // PostgreSQL outlived the kill: a start takes it over and stops it.
    const last = await startStandalone({ ...configuration, families: 0 }, new Environment({}));
    await last.close();
    await apps.remove();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** Works for some seconds, kills, and answers how many it then took to catch up. */
async function killedAt(
  { apps, door }: StandaloneSystem,
  calls: CallsToHub,
  perSecond: number,
  seconds: number,
): Promise<number> {
  const enough = new AbortController();
  const loading = calls.at(perSecond, enough.signal);
  const usual = await mostWaiting(calls, seconds);
  const killed = performance.now();
  await apps.kill();
  await Promise.race([apps.start().serving, door.whenBroken()]);
  await untilCaughtUp(calls, usual, killed);
  const took = (performance.now() - killed) / 1_000;
  enough.abort();
  await loading;
  return took;
}

/** How many commands wait at most while all is well. */
async function mostWaiting(calls: CallsToHub, seconds: number): Promise<number> {
  let most = 0;
  for (const until = performance.now() + seconds * 1_000; performance.now() < until;) {
    await pause(LOOK_AGAIN_MS);
    most = Math.max(most, calls.waiting);
  }
  return most;
}

async function untilCaughtUp(calls: CallsToHub, usual: number, killedAt: number): Promise<void> {
  for (;;) {
    const recorded = new Date().toISOString();
    if (calls.waiting <= usual && (await calls.isToldUpTo(recorded))) return;
    // A machine that cannot bear the rate never catches up: the figure says so.
    if (performance.now() - killedAt > SETTLE_SECONDS_MAX * 1_000) return;
    await pause(LOOK_AGAIN_MS);
  }
}

async function assertNothingLost(calls: CallsToHub): Promise<void> {
  const told = await calls.subjectsTold();
  for (const id of calls.acknowledged) {
    const times = told.get(`contact/${id}`) ?? 0;
    if (times !== 1) throw new Error(`contact ${id} was acknowledged and told ${times} times`);
  }
}
