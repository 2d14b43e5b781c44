import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../apps/standalone/seeding/random.js';
import { freshDatabase, freshPlace } from '../engines/postgres.js';
import { TcpProxy } from '../engines/tcp-proxy.js';
import { configurationIn } from '../journeys/whole-system.js';
import type { Armed } from '../planted/breakpoints.js';
import type { Bug } from '../planted/planted.js';
import { registerFamily, type Begun } from './centre-worker.js';
import { ComposedSystem } from './composed-system.js';
import { placesIn, wholeLog } from './final-state.js';
import type { Finding } from './finding.js';
import { receiveCall } from './hub-workers.js';
import { judge } from './judge.js';
import { comesToRest, keptIn, oneDatabase, type Kept } from './kept.js';
import type { LoadRecord } from './load-record.js';
import { recordedLoad } from './load-record.js';
import type { Answered } from './observed.js';
import { observe } from './observe.js';
import { readAllAlong, readers } from './readers.js';
import { RefusedUnforeseen, Submitter } from './submitter.js';

const LOOK_AGAIN_MS = 20;
const REST_MS_MAX = 60_000;
/** A bug may keep it from ever coming to rest. */
const BEGIN_MS_MAX = 30_000;
const HURT_REST_MS_MAX = 10_000;

/** A few people at work on a composed system, and a hand that holds and kills it where it wants. */
export class Scenario {
  readonly records: LoadRecord[] = [];
  readonly submitter: Submitter;
  readonly #reading = new AbortController();
  #read: Promise<unknown> = Promise.resolve();
  #before = new Set<string>();
  #places = new Map<string, string>();

  private constructor(
    readonly system: ComposedSystem,
    readonly wire: TcpProxy,
    readonly kept: Kept,
    private readonly isPlanted: boolean,
    private readonly endDatabase: () => Promise<void>,
  ) {
    const { reachable, door } = system;
    const record = (line: LoadRecord) => void this.records.push(line);
    this.submitter = new Submitter({ system: reachable, door, record });
  }

  /** A system over a database of its own, as it is or with a bug, at rest and with every feed being read. */
  static async begin(main: string, bug?: Bug): Promise<Scenario> {
    const database = await freshDatabase();
    const wire = await TcpProxy.to('127.0.0.1', Number(new URL(database.url).port));
    const system = new ComposedSystem({
      main,
      configuration: await configurationIn(freshPlace()),
      databaseUrl: () => database.url,
      wire,
      ...(bug === undefined ? {} : { bug }),
    });
    const kept = keptIn(oneDatabase(database.url));
    const scenario = new Scenario(system, wire, kept, bug !== undefined, () => database.drop());
    await scenario.#settle();
    return scenario;
  }

  call(key: string): Promise<Answered> {
    return receiveCall(this, 'hub-triage-1', key);
  }

  family(shift: string): Promise<Begun> {
    const places = this.#places;
    const random = new Random('scenario', shift);
    const { submitter } = this;
    return registerFamily({ submitter, random, places, shift }, 'larkfield-worker-1', 0);
  }

  /** Resolves when the system stands at the point, and until it is told to go on. */
  async hold(at: Armed): Promise<void> {
    const reached = this.system.apps.next((told) => told.reached !== undefined);
    this.system.apps.tell({ arm: at });
    await reached;
  }

  goOn(): void {
    this.system.apps.tell({ goOn: true });
  }

  /** SIGKILL, and a start that is held at the points given. */
  async killAndStart(...armed: readonly Armed[]): Promise<void> {
    await this.system.apps.kill();
    this.system.armed = armed;
    await this.system.start();
    this.system.armed = [];
  }

  /** Every connection to PostgreSQL ends; new ones are let through. */
  cutAndMend(): void {
    this.wire.cut();
    this.wire.mend();
  }

  /** Two reads of a feed, both begun after now. */
  async readTwice(recipient: string): Promise<void> {
    const now = Date.now();
    const isLater = (record: LoadRecord) =>
      record.kind === 'read' &&
      record.read.recipient === recipient &&
      record.read.invokedAt >= now;
    await this.until(async () => this.records.filter(isLater).length >= 2);
  }

  /** @throws where it never comes to be */
  async until(isSo: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + REST_MS_MAX;
    while (!(await isSo())) {
      if (performance.now() > deadline) throw new Error('it never came to be');
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Waits until nothing moves, and judges everything since the beginning. */
  async judged(): Promise<readonly Finding[]> {
    const patience = this.isPlanted ? HURT_REST_MS_MAX : REST_MS_MAX;
    const isAtRest = await comesToRest(this.kept, patience);
    this.#reading.abort();
    await this.#read;
    const seen = { before: this.#before, isAtRest };
    return judge(await observe(this.system, this.kept, recordedLoad(this.records), seen));
  }

  async end(): Promise<void> {
    this.#reading.abort();
    await this.system.close();
    await this.kept.close();
    await this.endDatabase();
  }

  async #settle(): Promise<void> {
    await this.system.start();
    await comesToRest(this.kept, this.isPlanted ? BEGIN_MS_MAX : REST_MS_MAX);
    const log = await wholeLog(this.kept.log);
    this.#before = new Set(log.map(({ metadata }) => metadata.commandId));
    this.#places = new Map(placesIn(log));
    const { system, submitter } = this;
    const reading = Object.keys(readers).map((recipient) =>
      readAllAlong({
        system: system.reachable,
        door: system.door,
        submitter,
        record: (record) => this.records.push(record),
        random: new Random('scenario', recipient),
        signal: this.#reading.signal,
        recipient,
      }),
    );
    this.#read = Promise.all(reading);
    this.#read.catch(() => undefined); // whoever awaits it hears of it
  }
}

/** Nothing, where it was refused although nobody reckoned with that: the judges have it in the records. */
export async function orRefused<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RefusedUnforeseen) return undefined;
    throw error;
  }
}
