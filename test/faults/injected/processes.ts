import { forAWhile } from './fault.js';
import type { Fault } from './fault.js';
import type { ProcessUnderFault } from '../process-under-fault.js';
import type { SystemUnderFault } from '../system-under-fault.js';

/** So many starts are killed on their way: something that ends each time it begins. */
const KILLED_STARTING = 0.5;
const STARTING_MS = { min: 0, max: 2_000 } as const;
const HELD_MS = { min: 100, max: 3_000 } as const;
const DAY_MS = 86_400_000;

/** SIGKILL of a process, which is then started again. */
export const sigkill: Fault = {
  name: 'sigkill',
  weight: 6,
  targets: namesOfProcesses,
  async inflict(system, target, random) {
    const process = processOf(system, target);
    await process.kill();
    let kills = 1;
    for (; random.chance(KILLED_STARTING); kills += 1) {
      process.start();
      await forAWhile(random, STARTING_MS);
      await process.kill();
    }
    return { kills, restartMs: await servedAfter(system, process) };
  },
};

/** SIGSTOP of a process and, after a while, SIGCONT: it wakes in a world that has gone on. */
export const sigstop: Fault = {
  name: 'sigstop',
  weight: 2,
  targets: namesOfProcesses,
  async inflict(system, target, random) {
    const process = processOf(system, target);
    process.hold();
    try {
      await forAWhile(random, HELD_MS);
    } finally {
      process.letGo();
    }
    return {};
  },
};

/** SIGKILL, and a start a day ahead or behind, or back in time. */
export const clockShift: Fault = {
  name: 'clock-shift',
  weight: 1,
  targets: (system) => (system.clockOffsetMs === undefined ? [] : namesOfProcesses(system)),
  async inflict(system, target, random) {
    system.clockOffsetMs = random.pick([-DAY_MS, 0, DAY_MS]);
    const process = processOf(system, target);
    await process.kill();
    return { kills: 1, restartMs: await servedAfter(system, process) };
  },
};

function namesOfProcesses({ processes }: SystemUnderFault): readonly string[] {
  return processes.map(({ name }) => name);
}

function processOf({ processes }: SystemUnderFault, target: string): ProcessUnderFault {
  const found = processes.find(({ name }) => name === target);
  if (!found) throw new Error(`no process is called ${target}`);
  return found;
}

/** @throws where the system says that it will not come back */
async function servedAfter(
  { door }: SystemUnderFault,
  process: ProcessUnderFault,
): Promise<number> {
  return Promise.race([process.start().serving, door.whenBroken()]);
}
