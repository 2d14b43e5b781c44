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
import type { Answered, PageRead } from './observed.js';
import { observe } from './observe.js';
import { openUntilShown, SealedRows } from './openers.js';
import { readAllAlong, readers } from './readers.js';
import { RefusedUnforeseen, Submitter } from './submitter.js';
import { within } from './within.js';

const LOOK_AGAIN_MS = 20;
/** So long nothing moves before whoever waits gives it up. */
const STILL_MS_MAX = 60_000;
/** A bug may keep it from ever coming to rest. */
const HURT_STILL_MS_MAX = 10_000;

/** A few people at work on a composed system, and a hand that holds and kills it where it wants. */
export class Scenario {
  readonly records: LoadRecord[] = [];
  readonly submitter: Submitter;
  readonly #reading = new AbortController();
  #read: Promise<unknown> = Promise.resolve();
  #before = new Set<string>();
  readonly #sealed = new SealedRows();
  /** Killed, or cut off from PostgreSQL. */
  #ended = 0;
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

  /** Somebody of an agency opens something that it was told, and does not leave off before they see it. */
  open(recipient: string, name: string): Promise<void> {
    const { reachable: system, door } = this.system;
    const record = (line: LoadRecord) => void this.records.push(line);
    const random = new Random('scenario', 'openings', name);
    const { submitter } = this;
    const sealed = this.#sealed;
    return openUntilShown({ system, door, submitter, record, random, sealed }, recipient, name);
  }

  /** The first to come to the point is held there; `held` resolves when it is, until it is told to go on. */
  async hold(at: Armed): Promise<{ readonly held: Promise<void> }> {
    const { apps } = this.system;
    const held = this.#held(at);
    const armed = apps.next((told) => told.armed === at);
    apps.tell({ arm: at });
    await within(STILL_MS_MAX, armed, `${at} was not armed`);
    return { held };
  }

  #held(at: Armed): Promise<void> {
    const reached = this.system.apps.next((told) => told.reached !== undefined);
    const held = within(STILL_MS_MAX, reached, `nobody came to ${at}`);
    held.catch(() => undefined); // whoever awaits it hears of it
    return held;
  }

  goOn(): void {
    this.system.apps.tell({ goOn: true });
  }

  /** SIGKILL, and a start, which is held at the point where one is given. */
  async killAndStart(at?: Armed): Promise<void> {
    this.#ended += 1;
    await this.system.apps.kill();
    const held = at && this.#held(at);
    this.system.armed = at ? [at] : [];
    await within(STILL_MS_MAX, this.system.start(), 'it did not start');
    this.system.armed = [];
    await held;
  }

  /** Every connection to PostgreSQL ends; new ones are let through. */
  cutAndMend(): void {
    this.#ended += 1;
    this.wire.cut();
    this.wire.mend();
  }

  /** Two reads of a feed, both begun after now. */
  async readTwice(recipient: string): Promise<void> {
    await this.#readAnew(recipient, 2, () => true);
  }

  /** A read of a feed, begun after now, up to its end and over what had been read by now. */
  async readAgain(recipient: string): Promise<void> {
    const last = this.#reads(recipient).map(({ after, rows }) => rows.at(-1)?.[0] ?? after);
    const known = Math.max(0, ...last);
    await this.#readAnew(recipient, 1, ({ after, isFull }) => after < known && !isFull);
  }

  async #readAnew(
    recipient: string,
    times: number,
    isMeant: (read: PageRead) => boolean,
  ): Promise<void> {
    const now = Date.now();
    const isLater = (read: PageRead) => read.invokedAt >= now && isMeant(read);
    await this.until(async () => this.#reads(recipient).filter(isLater).length >= times);
  }

  #reads(recipient: string): PageRead[] {
    return this.records.flatMap((record) =>
      record.kind === 'read' && record.read.recipient === recipient ? [record.read] : [],
    );
  }

  /** @throws where it never comes to be */
  async until(isSo: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + STILL_MS_MAX;
    while (!(await isSo())) {
      if (performance.now() > deadline) throw new Error('it never came to be');
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Waits until nothing moves, and judges everything since the beginning. */
  async judged(): Promise<readonly Finding[]> {
    const isAtRest = await this.#comesToRest();
    this.#reading.abort();
    await within(STILL_MS_MAX, this.#read, 'feeds were not read to their end');
    const seen = { before: this.#before, isAtRest, ended: this.#ended };
    return judge(await observe(this.system, this.kept, recordedLoad(this.records), seen));
  }

  async end(): Promise<void> {
    this.#reading.abort();
    await this.system.close();
    await this.kept.close();
    await this.endDatabase();
  }

  #comesToRest(): Promise<boolean> {
    return comesToRest(this.kept, this.isPlanted ? HURT_STILL_MS_MAX : STILL_MS_MAX);
  }

  async #settle(): Promise<void> {
    await this.system.start();
    await this.#comesToRest();
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
        onRow: (row) => this.#sealed.saw(recipient, row),
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
