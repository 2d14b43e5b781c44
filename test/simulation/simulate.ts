import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import type { Happening } from '../disclosure/county/happening.js';
import { historyOf } from '../disclosure/county/history.js';
import { recipientOf } from '../disclosure/county/places.js';
import { randomFrom } from '../disclosure/county/random.js';
import { Broken } from '../disclosure/invariants/broken.js';
import { modelsOf } from '../disclosure/running/agency.js';
import { Schedule } from './machine/schedule.js';
import { Trace } from './machine/trace.js';
import type { FaultKind } from './machine/weather.js';
import { Weather } from './machine/weather.js';
import { checkAgencies } from './verdicts/agencies.js';
import { checkFeeds } from './verdicts/feeds.js';
import { checkLog } from './verdicts/log.js';
import { commandsOf } from './work/commands-of-county.js';
import { Desk } from './work/desk.js';
import { HubWorker } from './work/hub-worker.js';
import { goWrong } from './world/accidents.js';
import type { Disks } from './world/disks.js';
import { emptyAgency } from './world/disks.js';
import { isAtRest } from './world/rest.js';
import type { Seams } from './world/seams.js';
import { untouched } from './world/seams.js';
import { World } from './world/world.js';

/** Things that happen in one county of a run, about. */
const HAPPENINGS = 30;
const HANDS = 3;
/** What a run may take at most before it counts as standing still. */
const TURNS_MAX = 25_000;
/** Followers and receivers look again within seconds; so many turns are a minute of them. */
const IDLE_TURNS_MAX = 2_000;
const HOUR_MS = 3_600_000;
/** A consequence recorded by a clock a day ahead is tried again until the true time has come there. */
const HOURS_MAX = 60;

export interface RunOptions {
  readonly seed: number;
  /** Made anew for the run; by default the product as it is. */
  readonly seams?: () => Seams;
  /** Kinds of faults left out. */
  readonly without?: ReadonlySet<FaultKind>;
  /** What happens in the county; by default what the seed says. */
  readonly happenings?: readonly Happening[];
  /** Keeps every line of the trace. */
  readonly isTraced?: boolean;
  /** Given a way to ask, at any time from now on, where the run stands. */
  readonly onBegun?: (standing: () => Standing) => void;
}

/** How far a run has got. */
export interface Standing {
  readonly turns: number;
  /** Milliseconds of the run's own time. */
  readonly at: number;
  /** Whoever waits for a turn, and for which. */
  readonly waiting: readonly string[];
}

export interface Run {
  readonly seed: number;
  readonly happenings: readonly Happening[];
  readonly broken: Broken | undefined;
  /** A hash of every turn taken and of everything left behind. */
  readonly digest: string;
  readonly lines: readonly string[];
  readonly turns: number;
  readonly events: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

/** One county, one order of turns, one weather: all of the seed. */
export async function simulate(options: RunOptions): Promise<Run> {
  const { seed, seams = () => untouched, without = new Set() } = options;
  const happenings = options.happenings ?? historyOf(seed, HAPPENINGS);
  const random = randomFrom(seed + 424_242);
  const trace = new Trace(options.isTraced ?? false);
  const weather = new Weather(random, without);
  const schedule = new Schedule(random, trace);
  const world = new World(random, schedule, weather, trace, seams());
  const desk = new Desk(world);
  const run = new Running(world, desk);
  options.onBegun?.(() => ({ turns: run.turns, at: schedule.now, waiting: schedule.waiting }));
  let broken: Broken | undefined;
  try {
    await run.untilOver(happenings);
    await run.judge();
  } catch (error) {
    broken = error instanceof Broken ? error : new Broken('no run fails by itself', String(error));
  }
  for (const each of world.everybody) each.stop();
  if (broken) trace.add(broken.message);
  const log = await world.disks.wholeLog();
  trace.add(JSON.stringify(log));
  return {
    seed,
    happenings,
    broken,
    digest: trace.digest(),
    lines: trace.lines,
    turns: run.turns,
    events: log.length,
    outcomes: countedBy(desk.answered.map(({ answer }) => answer.outcome)),
  };
}

class Running {
  turns = 0;

  constructor(
    private readonly world: World,
    private readonly desk: Desk,
  ) {}

  async untilOver(happenings: readonly Happening[]): Promise<void> {
    const { world, desk } = this;
    world.start();
    const working = new AbortController();
    const hub = new HubWorker(world, desk).work(working.signal);
    let isDone = false;
    const planned = commandsOf(happenings);
    void desk
      .work(planned, HANDS)
      .then(() => working.abort())
      .then(() => hub)
      .then(() => (isDone = true));
    await this.#until(async () => isDone);
    await this.#settle();
  }

  /** Nothing goes wrong any more, and whoever looks after the system mends what has. */
  async #settle(): Promise<void> {
    const { world } = this;
    world.weather.clearUp();
    world.setClocks();
    for (const each of world.everybody) if (!each.running) each.start();
    await this.#until(() => isAtRest(world, 'but for faults'));
    for (let hours = 0; ; hours += 1) {
      await this.#meanwhile(this.#mend());
      await this.#until(() => isAtRest(world, 'but for faults'));
      if (await isAtRest(world)) return;
      if (hours > HOURS_MAX) await this.#standsStill('something stays undone');
      world.schedule.pass(HOUR_MS);
      await this.#turns(200);
    }
  }

  /** Whoever mends may have to wait for what a process is in the middle of: it is given its turns. */
  async #meanwhile(work: Promise<void>): Promise<void> {
    let isDone = false;
    const ended = work.finally(() => (isDone = true));
    await Promise.all([ended, this.#until(async () => isDone)]);
  }

  async #mend(): Promise<void> {
    const { disks, outdated, agencies } = this.world;
    for (const recipient of outdated) {
      outdated.delete(recipient);
      if (await holdsItsFeed(disks, recipient)) continue; // it was only cheated
      agencies.get(recipient)?.stop();
      disks.agencies.set(recipient, emptyAgency());
      agencies.get(recipient)?.start();
    }
    for (const [recipient, { inbox, models }] of disks.agencies) {
      for (const model of modelsOf[recipientOf(recipient).audience]) {
        if ((await models.checkpoint(model, 'live')) === undefined) continue;
        await new ProjectionRunner(inbox, models, model).retryParked();
      }
    }
  }

  async #until(holds: () => Promise<boolean>): Promise<void> {
    let [changes, since] = [0, this.turns];
    while (!(await holds())) {
      await this.#turns(10);
      if (changes !== this.world.schedule.changes) {
        changes = this.world.schedule.changes;
        since = this.turns;
      }
      if (this.turns - since > IDLE_TURNS_MAX) await this.#standsStill('nothing changes any more');
      if (this.turns > TURNS_MAX) await this.#standsStill(`not in ${TURNS_MAX} turns`);
    }
  }

  /** What is wrong says more than that something never ends. */
  async #standsStill(how: string): Promise<never> {
    await this.judge();
    throw new Broken('the system comes to rest', how);
  }

  async #turns(count: number): Promise<void> {
    const { world } = this;
    for (let nth = 0; nth < count; nth += 1) {
      await goWrong(world);
      if (!(await world.schedule.step())) return;
      this.turns += 1;
      if (world.broken) throw world.broken;
    }
  }

  async judge(): Promise<void> {
    const { disks } = this.world;
    const log = await disks.wholeLog();
    checkLog(log, this.desk.answered, disks.logRestores);
    await checkAgencies(await checkFeeds(log, disks), disks);
  }
}

/** Whether an agency holds the beginning of its feed as the pages have it. */
async function holdsItsFeed({ agencies, relay }: Disks, recipient: string): Promise<boolean> {
  const held = (await agencies.get(recipient)?.inbox.rows(0, Number.MAX_SAFE_INTEGER)) ?? [];
  const { rows } = await relay.page(recipient, 0, Math.max(1, held.length));
  return held.every(({ hash, withdrawnBy }, nth) => {
    const row = rows[nth];
    return hash === row?.hash && (withdrawnBy ?? row.withdrawnBy) === row.withdrawnBy;
  });
}

function countedBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
