import type { EventLog } from '@common-thread/eventing/event-log';
import type { FeedFault } from '@common-thread/projecting/feed-fault';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { TestRecipient } from '../../disclosure/county/places.js';
import { recipients } from '../../disclosure/county/places.js';
import type { Random } from '../../disclosure/county/random.js';
import { Broken } from '../../disclosure/invariants/broken.js';
import type { RelayStore } from '../../../apps/feed-relay/store/relay-store.js';
import { Life } from '../machine/life.js';
import { met } from '../machine/met.js';
import type { Schedule } from '../machine/schedule.js';
import type { Trace } from '../machine/trace.js';
import type { Weather } from '../machine/weather.js';
import { AgencyProcess } from './agency-process.js';
import { CommandProcess } from './command-process.js';
import { Disks } from './disks.js';
import { forged } from './forging.js';
import { SimulatedLog } from './simulated-log.js';
import { PublisherProcess } from './publisher-process.js';
import { RelayProcess, relayMeeting } from './relay-process.js';
import type { Seams } from './seams.js';
import type { Machine } from './supervised.js';
import { Supervised } from './supervised.js';
import { watchedLog } from './watched-log.js';

const START = Date.parse('2026-01-05T09:00:00.000Z');

/** What production code may meet and wait out; anything else is a fault of its own. */
const expected: readonly string[] = [
  'CursorBeyondEpoch',
  'FeedUnavailable',
  'FenceLost',
  'Gone',
  'LogUnavailable',
  'PolicyBehind',
  'Poisoned',
  'StoreUnavailable',
  'TailUnavailable',
  'VaultUnavailable',
  'ConsequenceRefused',
];

/** Every process of the system over what outlives them, on one machine whose time is ours. */
export class World implements Machine {
  readonly disks = new Disks();
  readonly hasBroker: boolean;
  readonly commandApi: Supervised<CommandProcess>;
  readonly relay: Supervised<RelayProcess>;
  readonly publisher: Supervised<PublisherProcess>;
  readonly agencies: ReadonlyMap<string, Supervised<AgencyProcess>>;
  /** Nothing kills it: whoever is outside the system. */
  readonly outside: Life;
  /** What has shown itself to be wrong while it ran. */
  broken: Broken | undefined;
  /** The faults that recipients must find, because they were given what cannot be true. */
  readonly #cheated = new Set<string>();
  /** Whether the relay or the log has been set back, so that agencies may be ahead of it. */
  isSetBack = false;
  /** Agencies that found that the feed may no longer be the one they hold. */
  readonly outdated = new Set<string>();
  readonly #clockErrors = new Map<string, number>();
  readonly #poison = new Map<string, boolean>();

  constructor(
    readonly random: Random,
    readonly schedule: Schedule,
    readonly weather: Weather,
    readonly trace: Trace,
    readonly seams: Seams,
  ) {
    this.hasBroker = random.chance(0.6);
    this.outside = new Life('outside', schedule, weather);
    this.commandApi = new Supervised(
      'command-api',
      this,
      (life) => new CommandProcess(life, this),
    );
    this.relay = new Supervised('relay', this, (life, it) => new RelayProcess(life, this, it));
    this.publisher = new Supervised(
      'publisher',
      this,
      (life, it) => new PublisherProcess(life, this, it),
    );
    this.agencies = new Map(
      // Some, so that many counties are run: what the others would be told is judged all the same.
      recipients
        .filter(runsIn(random))
        .map(({ id }) => [
          id,
          new Supervised(id, this, (life, it) => new AgencyProcess(life, this, id, it)),
        ]),
    );
  }

  get everybody(): readonly Supervised[] {
    const { commandApi, relay, publisher, agencies, hasBroker } = this;
    return [commandApi, relay, ...(hasBroker ? [publisher] : []), ...agencies.values()];
  }

  start(): void {
    for (const each of this.everybody) each.start();
  }

  below(limit: number): number {
    return this.random.below(limit);
  }

  later(milliseconds: number, what: () => void): void {
    void this.schedule.turn(this.outside, 'goes on', milliseconds).then(what);
  }

  clockOf(name: string): Date {
    return new Date(START + this.schedule.now + (this.#clockErrors.get(name) ?? 0));
  }

  jumpClock(name: string): void {
    const error = this.weather.clockErrorMs();
    this.trace.add(`${this.schedule.now} the clock of ${name} is off by ${error}`);
    this.#clockErrors.set(name, error);
  }

  setClocks(): void {
    this.#clockErrors.clear();
  }

  /** The log as one life follows it, by whose clock. */
  logOf(life: Life, clock: string): EventLog {
    const { log, appended } = this.disks;
    const simulated = new SimulatedLog(log, appended, life, () => this.clockOf(clock));
    return watchedLog(this.seams.log(simulated, life), log, ({ type, cursor }) => {
      const words = `${life.name} was not handed ${type} at ${cursor} in its turn`;
      this.broken ??= new Broken('nobody who follows the log passes over an event', words);
    });
  }

  relayStoreOf(life: Life): RelayStore {
    return this.seams.relayStore(met(this.disks.relay, life, relayMeeting));
  }

  isPoison(model: string, rowId: string): boolean {
    if (this.weather.isCalm) return false;
    const key = `${model} ${rowId}`;
    const isPoison = this.#poison.get(key) ?? this.weather.happens('poison', 0.003);
    this.#poison.set(key, isPoison);
    return isPoison;
  }

  /** The rows, and now and then another value of a row that the recipient holds already. */
  forgeries(recipient: string, rows: readonly FeedRow[]): readonly FeedRow[] {
    const held = rows.find(({ envelope }) => this.#holds(recipient, envelope.sequence));
    if (!held || !this.weather.happens('forged rows', 0.08)) return rows;
    this.cheat(recipient, 'diverged');
    return [...rows, forged(held)];
  }

  /** A recipient is given what cannot be true, and may stop on it. */
  cheat(recipient: string, kind: FeedFault['kind']): void {
    this.trace.add(`${this.schedule.now} ${recipient} is cheated: ${kind}`);
    this.#cheated.add(`${recipient} ${kind}`);
  }

  #holds(recipient: string, sequence: number): boolean {
    return this.disks.heldBy(recipient) >= sequence;
  }

  stopsOn(recipient: string, fault: FeedFault): void {
    this.trace.add(`${this.schedule.now} ${recipient} stops: ${fault.message}`);
    // Where both may be so it is looked at later: who was cheated may hold an outdated feed as well.
    if (this.isSetBack) this.outdated.add(recipient);
    else if (!this.#cheated.has(`${recipient} ${fault.kind}`)) {
      const words = `${recipient}: ${fault.message}`;
      this.broken ??= new Broken('the receiver accepts every feed', words);
    }
  }

  /** Told of rows that an agency has been given by the pages. */
  reads(rows: readonly FeedRow[]): void {
    const { committed } = this.disks.relay;
    const early = rows.find(({ envelope }) => !committed.has(envelope.id));
    if (!early) return;
    const { feed, sequence } = early.envelope;
    this.broken ??= new Broken('no row is read before it is committed', `${feed} #${sequence}`);
  }

  /** Told of everything a process waits out. */
  meets(life: Life, what: string, error: unknown): void {
    if (life.isOver) return;
    const name = error instanceof Error ? error.name : typeof error;
    const message = error instanceof Error ? error.message : '';
    this.trace.add(`${this.schedule.now} ${life.name} ${what}: ${name} ${message}`);
    if (expected.includes(error instanceof Error ? error.constructor.name : '')) return;
    this.broken ??= new Broken('no process fails by itself', `${life.name}: ${name} ${message}`);
  }
}

/** Half of them, and always the hub. */
function runsIn(random: Random): (recipient: TestRecipient) => boolean {
  return ({ id }) => random.chance(0.5) || id === 'council.safeguarding-hub';
}
