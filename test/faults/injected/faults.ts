import type { Random } from '../../../apps/standalone/seeding/random.js';
import type { SystemUnderFault } from '../system-under-fault.js';
import { diskFull } from './disk-full.js';
import type { Fault } from './fault.js';
import {
  kafkaHold,
  kafkaKill,
  kafkaRestart,
  rebalanceStorm,
  topicDeleted,
  topicExpired,
} from './kafka.js';
import { postgresHold, postgresImmediate, postgresKill, postgresRestart } from './postgres.js';
import { powerCut } from './power.js';
import { clockShift, sigkill, sigstop } from './processes.js';
import { cut, delay, halfOpen, lostAnswers } from './wires.js';

/** Everything that can happen. */
export const faults: readonly Fault[] = [
  sigkill,
  sigstop,
  clockShift,
  powerCut,
  postgresRestart,
  postgresImmediate,
  postgresKill,
  postgresHold,
  kafkaRestart,
  kafkaKill,
  kafkaHold,
  topicDeleted,
  topicExpired,
  rebalanceStorm,
  cut,
  delay,
  lostAnswers,
  halfOpen,
  diskFull,
];

/** @throws naming those there are, where one of the names is none of them */
export function faultsNamed(names: readonly string[]): readonly Fault[] {
  return names.map((name) => {
    const found = faults.find((fault) => fault.name === name);
    if (found) return found;
    const known = faults.map((fault) => fault.name).join(', ');
    throw new Error(`${name} is no fault; there are ${known}`);
  });
}

/** One of the faults, by weight, and something in this system that it can be done to. */
export function chosen(
  from: readonly Fault[],
  system: SystemUnderFault,
  random: Random,
): { readonly fault: Fault; readonly target: string } {
  const possible = from.filter((fault) => fault.targets(system).length > 0);
  const fault = random.pick(possible.flatMap((each) => Array<Fault>(each.weight).fill(each)));
  return { fault, target: random.pick(fault.targets(system)) };
}
