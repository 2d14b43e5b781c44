import { LogUnavailable } from '@common-thread/eventing/event-log';
import { county } from './county.js';
import type { CommandPort, Executed, PlannedCommand } from './planned-command.js';
import type { SeedingOptions, SeedingProgress } from './seeder.js';
import { describeProgress, seed } from './seeder.js';
import type { SeedingState, SeedingStore } from './seeding-state.js';

const asOf = '2026-03-04T14:20:00.000Z';
const families = 60;
const planned = [...county({ seed: 'spec', families, asOf })];

class Kept implements SeedingStore {
  state: SeedingState | undefined;
  async read() {
    return this.state;
  }
  async write(state: SeedingState) {
    this.state = state;
  }
}

/** Records each command once, answering after a turn or more as a real log does. */
class Engine implements CommandPort {
  readonly recorded: PlannedCommand[] = [];
  readonly #ids = new Set<string>();
  running = 0;
  mostRunning = 0;
  asked = 0;
  constructor(public before: (nth: number, command: PlannedCommand) => void = () => {}) {}

  async execute(command: PlannedCommand): Promise<Executed> {
    this.asked += 1;
    this.before(this.asked, command);
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    for (let turns = this.asked % 4; turns >= 0; turns -= 1) await Promise.resolve();
    this.running -= 1;
    const replayed = this.#ids.has(command.commandId);
    this.#ids.add(command.commandId);
    if (!replayed) this.recorded.push(command);
    return { outcome: 'done', replayed };
  }
}

function options(port: CommandPort, store: SeedingStore, change: Partial<SeedingOptions> = {}) {
  return {
    seed: 'spec',
    families,
    port,
    store,
    signal: new AbortController().signal,
    now: () => asOf,
    pause: async () => undefined,
    ...change,
  };
}

describe('seeding', () => {
  it('records everything once, each family in its order, several families at a time', async () => {
    const engine = new Engine();
    const store = new Kept();
    const seeded = await seed(options(engine, store));
    expect(seeded).toEqual({
      recorded: planned.length,
      alreadyThere: 0,
      refused: {},
      complete: true,
    });
    expect(engine.mostRunning).toBeGreaterThan(4);
    for (const lane of ['0', '7', '59']) {
      const of = (command: PlannedCommand) => command.lane === lane;
      expect(engine.recorded.filter(of)).toEqual(planned.filter(of));
    }
    expect(store.state).toMatchObject({ complete: true, done: planned.length });
  });

  it('does nothing on the next start, and goes through a county that grew', async () => {
    const engine = new Engine();
    const store = new Kept();
    await seed(options(engine, store));
    const asked = engine.asked;
    expect((await seed(options(engine, store))).recorded).toBe(0);
    expect(engine.asked).toBe(asked);
    const grown = await seed(options(engine, store, { families: 62 }));
    expect(grown.alreadyThere).toBe(planned.length);
    expect(grown.recorded).toBeGreaterThan(0);
  });

  it.each([1, 137, 900, 2_200])(
    'killed at command %i, is whole after the next start',
    async (at) => {
      const killed = new Engine((nth) => {
        if (nth >= at) throw new Error('killed');
      });
      const store = new Kept();
      await expect(seed(options(killed, store))).rejects.toThrow('killed');
      const done = store.state?.done ?? 0;
      killed.before = () => {};
      const seeded = await seed(options(killed, store));
      expect(seeded).toMatchObject({ refused: {}, complete: true });
      expect(done + seeded.recorded + seeded.alreadyThere).toBe(planned.length);
      const ids = (commands: readonly PlannedCommand[]) => commands.map((c) => c.commandId).sort();
      expect(ids(killed.recorded)).toEqual(ids(planned));
    },
  );

  it('stops when asked, and goes on later', async () => {
    const stop = new AbortController();
    const engine = new Engine((nth) => {
      if (nth === 400) stop.abort();
    });
    const store = new Kept();
    const stopped = await seed(options(engine, store, { signal: stop.signal }));
    expect(stopped.complete).toBe(false);
    expect(stopped.recorded).toBeLessThan(500);
    expect(store.state?.complete).toBe(false);
    const rest = await seed(options(engine, store));
    expect(rest.complete).toBe(true);
    expect(rest.recorded + stopped.recorded).toBe(planned.length);
  });

  it('waits for reactions and for a log that cannot be reached', async () => {
    const engine = new Engine();
    const refusals = new Map<string, number>();
    const flaky: CommandPort = {
      execute: async (command) => {
        const tries = (refusals.get(command.commandId) ?? 0) + 1;
        refusals.set(command.commandId, tries);
        if (command.follows && tries < 4) return { outcome: 'not-yet' };
        if (tries === 1 && command.intent.type === 'BeginCaseload') {
          throw new LogUnavailable('gone for a moment');
        }
        return engine.execute(command);
      },
    };
    const seeded = await seed(options(flaky, new Kept()));
    expect(seeded).toMatchObject({ recorded: planned.length, refused: {}, complete: true });
  });

  it('gives up on what never comes, and says how often', async () => {
    const never: CommandPort = {
      execute: async (command) =>
        command.follows ? { outcome: 'not-yet' } : { outcome: 'done', replayed: false },
    };
    const seeded = await seed(options(never, new Kept()));
    const waiting = planned.filter(({ follows }) => follows).length;
    expect(waiting).toBeGreaterThan(3);
    expect(seeded.refused).toEqual({ 'never-came': waiting });
  });

  it('says how far it is, and when the first families are there', async () => {
    const told: SeedingProgress[] = [];
    await seed(options(new Engine(), new Kept(), { progress: (progress) => told.push(progress) }));
    expect(told).toHaveLength(planned.length);
    expect(told[0]?.firstFamiliesComplete).toBe(false);
    const complete = told.find(({ firstFamiliesComplete }) => firstFamiliesComplete);
    expect(complete?.commands).toBeLessThan(planned.length);
    expect(describeProgress(told.at(-1)!)).toMatch(/the last five working days, [\d,]+ entries/);
    expect(describeProgress(told[20]!)).toMatch(/family \d+ of 60/);
  });
});
