import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../apps/standalone/seeding/random.js';
import { contactsIn, placesIn, wholeLog } from './final-state.js';
import type { Finding } from './finding.js';
import type { Fault } from './injected/fault.js';
import { chosen } from './injected/faults.js';
import { judge } from './judge.js';
import { comesToRest, keptIn } from './kept.js';
import type { FaultRecord, Ledger } from './ledger.js';
import { killsAmong } from './ledger.js';
import { LoadChild } from './load-child.js';
import type { RecordedLoad } from './load-record.js';
import { recordedLoad } from './load-record.js';
import type { ObservedHistory } from './observed.js';
import { observe } from './observe.js';
import type { SystemUnderFault } from './system-under-fault.js';
import { within } from './within.js';

export interface FaultRunOptions {
  readonly system: SystemUnderFault;
  readonly faults: readonly Fault[];
  /** Until so many kills are in the ledger; what else happens comes on top. */
  readonly kills: number;
  readonly seed: string;
  /** Commands begun a second. */
  readonly perSecond: number;
  readonly ledger: Ledger;
  /** Told after each fault, of the latest and of how many kills there have been. */
  readonly onFault?: (record: FaultRecord, kills: number) => void;
}

export interface FaultRun {
  readonly history: ObservedHistory;
  readonly load: RecordedLoad;
  readonly findings: readonly Finding[];
}

/** Between two faults: some work done, or where that does not come, some time. */
const ANSWERED = { min: 0, max: 30 } as const;
const UNHURT_MS_MAX = 5_000;
const IN_BETWEEN_MS_MAX = 50;
const REST_MS_MAX = 180_000;
const ANSWERS_MS_MAX = 300_000;

/**
 * A load works on while one fault after another is inflicted; then everything comes to rest, and is judged.
 * Killed itself at any moment, it goes on from what is in the ledger.
 */
export async function runWithFaults(options: FaultRunOptions): Promise<FaultRun> {
  const { system, ledger } = options;
  await system.start();
  const before = await beforeTheFaults(options);
  const load = await startLoad(options);
  try {
    if (killsAmong(ledger.faults) < options.kills) await inflictAll(options, load);
    await system.start();
    await within(ANSWERS_MS_MAX, load.stopWriting(), 'commands were never answered');
    const kept = keptIn(system.databases());
    try {
      const isAtRest = await comesToRest(kept, REST_MS_MAX);
      await within(ANSWERS_MS_MAX, load.stopReading(), 'feeds were never read to their end');
      const recorded = recordedLoad(ledger.load());
      const ended = timesEnded(options);
      const history = await observe(system, kept, recorded, { before, isAtRest, ended });
      return { history, load: recorded, findings: judge(history) };
    } finally {
      await kept.close();
    }
  } finally {
    load.end();
  }
}

/**
 * What was killed, what ended by itself, and stretches of the load that were. Undefined where a call could
 * have been cut off without that: by a wire, by a clock.
 */
function timesEnded({ ledger, system }: FaultRunOptions): number | undefined {
  const { faults, shifts } = ledger;
  if (faults.some(({ kills }) => kills === 0)) return undefined;
  return killsAmong(faults) + system.crashes.length + shifts - 1;
}

async function inflictAll(options: FaultRunOptions, load: LoadChild): Promise<void> {
  const { system, ledger, kills, seed } = options;
  const { failed } = load;
  while (killsAmong(ledger.faults) < kills) {
    const nth = ledger.faults.length;
    const random = new Random(seed, 'fault', nth);
    const worked = load.didMore(random.integer(ANSWERED.min, ANSWERED.max));
    await Promise.race([worked, pause(UNHURT_MS_MAX), system.door.whenBroken(), failed]);
    await pause(random.integer(0, IN_BETWEEN_MS_MAX)); // not always just after an answer
    const { fault, target } = chosen(options.faults, system, random);
    const begunAt = new Date().toISOString();
    const begun = performance.now();
    const inflicted = await Promise.race([fault.inflict(system, target, random), failed]);
    const tookMs = Math.round(performance.now() - begun);
    const record = { nth, fault: fault.name, target, kills: 0, begunAt, tookMs, ...inflicted };
    ledger.inflicted(record);
    options.onFault?.(record, killsAmong(ledger.faults));
  }
}

/**
 * Commands that were there before the first fault, and are expected of nobody.
 * @throws where the ledger knows of some and the log does not: its store is gone, and no verdict would be one
 */
async function beforeTheFaults({ system, ledger }: FaultRunOptions): Promise<Set<string>> {
  const kept = keptIn(system.databases());
  try {
    if (!ledger.before && !(await comesToRest(kept, REST_MS_MAX)))
      throw new Error('it does not begin at rest');
    const log = await wholeLog(kept.log);
    const commands = new Set(log.map(({ metadata }) => metadata.commandId));
    if (!ledger.before) {
      ledger.keepBefore({ commands: [...commands] });
      return commands;
    }
    const { commands: known } = ledger.before;
    if (known.every((command) => commands.has(command))) return new Set(known);
    throw new Error(
      `What ${ledger.directory} tells of is gone from the log: begin another ledger.`,
    );
  } finally {
    await kept.close();
  }
}

async function startLoad({ system, ledger, seed, perSecond }: FaultRunOptions) {
  const kept = keptIn(system.databases());
  const log = await wholeLog(kept.log).finally(() => kept.close());
  const shift = ledger.nextShift();
  const { unanswered } = recordedLoad(ledger.load());
  const load = await LoadChild.start(
    {
      configuration: system.reachable.configuration,
      file: ledger.loadFile(shift),
      options: {
        seed,
        shift,
        perSecond,
        places: placesIn(log),
        contactsBefore: contactsIn(log),
        unanswered,
      },
    },
    join(ledger.directory, 'load-plan.json'),
  );
  system.door.onChange((isOpen) => load.showDoor(isOpen));
  return load;
}
