import { setTimeout as pause } from 'node:timers/promises';
import { Environment } from '@common-thread/platform/environment';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { sharedPort } from '../../apps/standalone/configuration.js';
import { Random } from '../../apps/standalone/seeding/random.js';
import type { Standalone } from '../../apps/standalone/standalone.js';
import { originOf, startStandalone } from '../../apps/standalone/standalone.js';
import type { Reachable } from '../journeys/whole-system.js';
import { BROOK, HEALTH, HUB, LARKFIELD, seedFamilies } from '../journeys/whole-system.js';
import { Door } from './door.js';
import { finalStateOf, nothingMoves, wholeLog } from './final-state.js';
import { KillableSystem } from './killable-system.js';
import type { Answered, ObservedHistory } from './observed.js';
import { openedWords } from './opened-words.js';
import { readWhileKilled, referredContact } from './readers.js';
import { Submitter } from './submitter.js';
import { workFor } from './work.js';
import { allWriters } from './writers.js';

export interface KillRunOptions {
  readonly main: string;
  readonly configuration: StandaloneConfiguration;
  readonly seed: string;
  readonly kills: number;
}

export interface KillRun {
  readonly history: ObservedHistory;
  /** Time of each start that came to serve, ms. */
  readonly startsMs: readonly number[];
  readonly killsWhileStarting: number;
}

/** One kill in so many hits a start that is under way. */
const KILLED_STARTING = 0.2;
const SERVING_MS = { min: 100, max: 1_500 } as const;
const SETTLE_MS_MAX = 120_000;
const LOOK_AGAIN_MS = 100;
/** Acknowledged commands sent once more at the end, those that took several tries first. */
const REPEATED_MAX = 200;

const readers: Readonly<Record<string, string>> = {
  [HUB]: 'hub-triage-2',
  [LARKFIELD]: 'larkfield-worker-1',
  [BROOK]: 'brook-worker-1',
  [HEALTH]: 'health-visitor-1',
};

/**
 * Eight writers and four readers work on while the system is killed and started again. The last start is
 * in this process, where what has come of it all can be read.
 */
export async function runWithKills(options: KillRunOptions): Promise<KillRun> {
  const { configuration, seed } = options;
  const { before, places } = await beforeTheKills(configuration);
  const door = new Door();
  const system = reachable(configuration);
  const submitter = new Submitter(system, door);
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = workFor(submitter, new Random(seed, 'work'), signal, places);
  const writing = allWriters(work);
  const reading = Object.entries(readers).map(async ([recipient, user]) => {
    const random = new Random(seed, recipient);
    const onRow = (event: Parameters<typeof referredContact>[0]): void => {
      const contact = recipient === HUB ? referredContact(event) : undefined;
      if (contact && !before.contacts.has(contact.contactId)) work.forRating.add(contact);
    };
    const options_ = { system, door, submitter, random, signal, user, onRow };
    return [recipient, await readWhileKilled(options_)] as const;
  });
  const everybody = Promise.all([writing, Promise.all(reading)]);
  // Whoever fails, the kills need not go on.
  const failed = everybody.then(() => new Promise<never>(() => undefined));
  const killed = await killAgainAndAgain(options, door, failed).catch((error: unknown) => {
    stopping.abort();
    door.break(error instanceof Error ? error : new Error(String(error)));
    failed.catch(() => undefined); // of the same
    throw error;
  });
  const standalone = await startStandalone(configuration, new Environment({}));
  try {
    door.open();
    stopping.abort();
    const [, sightings] = await everybody;
    const isAtRest = await untilNothingMoves(standalone);
    const seen = { before: before.commands, sighted: new Map(sightings), isAtRest };
    return { history: await observe(standalone, submitter, seen), ...killed };
  } finally {
    door.close();
    await standalone.close();
  }
}

async function killAgainAndAgain(
  { main, configuration, seed, kills }: KillRunOptions,
  door: Door,
  failed: Promise<never>,
): Promise<Omit<KillRun, 'history'>> {
  const random = new Random(seed, 'kills');
  const system = new KillableSystem(main, configuration, door);
  const startsMs: number[] = [];
  let killsWhileStarting = 0;
  try {
    for (let nth = 0; nth < kills; nth += 1) {
      const { serving } = system.start();
      const usual = startsMs.at(-1);
      if (usual !== undefined && random.chance(KILLED_STARTING)) {
        const moment = untilTheMomentOfTheKill(random.integer(0, Math.round(usual)));
        await Promise.race([moment, door.whenBroken(), failed]);
        killsWhileStarting += 1;
      } else {
        startsMs.push(await Promise.race([serving, door.whenBroken(), failed]));
        const moment = random.integer(SERVING_MS.min, SERVING_MS.max);
        await Promise.race([untilTheMomentOfTheKill(moment), door.whenBroken(), failed]);
      }
      await system.kill();
    }
  } finally {
    await system.kill();
  }
  return { startsMs, killsWhileStarting };
}

/** The one thing here that waits for a time and for nothing else: its randomness is the test. */
function untilTheMomentOfTheKill(ms: number): Promise<void> {
  return pause(ms);
}

interface Before {
  readonly before: {
    readonly commands: ReadonlySet<string>;
    readonly contacts: ReadonlySet<string>;
  };
  /** A place of each organisation. */
  readonly places: ReadonlyMap<string, string>;
}

/** Records the organisations, their places and one family, and stops cleanly. */
async function beforeTheKills(configuration: StandaloneConfiguration): Promise<Before> {
  const standalone = await startStandalone(configuration, new Environment({}));
  try {
    await seedFamilies(standalone, 1);
    if (!(await untilNothingMoves(standalone))) throw new Error('it does not even begin at rest');
    const log = await wholeLog(standalone.engines.eventLog);
    const placed = log.filter(({ type }) => type === 'PlaceRecorded');
    const received = log.filter(({ type }) => type === 'ContactReceived');
    return {
      before: {
        commands: new Set(log.map(({ metadata }) => metadata.commandId)),
        contacts: new Set(received.map(({ streamId }) => streamId.replace('contact-', ''))),
      },
      places: new Map(
        placed.map(({ data }) => [String(data.organisationId), String(data.placeId)]),
      ),
    };
  } finally {
    await standalone.close();
  }
}

/** False where something still moves, or hangs, after all that time: what it is, the judges say. */
async function untilNothingMoves({ engines }: Standalone): Promise<boolean> {
  const pool = engines.pool('fault checker waiting', 1);
  const deadline = performance.now() + SETTLE_MS_MAX;
  while (!(await nothingMoves(pool))) {
    if (performance.now() > deadline) return false;
    await pause(LOOK_AGAIN_MS);
  }
  return true;
}

async function observe(
  standalone: Standalone,
  submitter: Submitter,
  seen: Pick<ObservedHistory, 'before' | 'sighted' | 'isAtRest'>,
): Promise<ObservedHistory> {
  const { acknowledged, refused } = submitter;
  const hardest = [...acknowledged].sort((a, b) => b.tries - a.tries).slice(0, REPEATED_MAX);
  const repeated: { first: Answered; again: Answered['answer'] }[] = [];
  for (const first of hardest) {
    const again = await submitter.once(first);
    if (!again) throw new Error('the system stopped answering');
    repeated.push({ first, again });
  }
  const state = await finalStateOf(standalone);
  const words = await openedWords(standalone, submitter, { acknowledged, feeds: state.feeds });
  return { ...seen, acknowledged, refused, repeated, words, ...state };
}

function reachable(configuration: StandaloneConfiguration): Reachable {
  return {
    configuration,
    addressOf: (app) => originOf(configuration, sharedPort(configuration, app)),
  };
}
