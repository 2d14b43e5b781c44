import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../apps/standalone/seeding/random.js';
import type { SystemUnderFault } from '../system-under-fault.js';

/** One thing that can happen to a system. */
export interface Fault {
  readonly name: string;
  /** How often it is chosen, beside the others. */
  readonly weight: number;
  /** What it can be done to; nothing where this system has nothing of the kind. */
  targets(system: SystemUnderFault): readonly string[];
  /** Does it, and heals it. Resolves when what ended serves again, or is on its way to. */
  inflict(system: SystemUnderFault, target: string, random: Random): Promise<Inflicted>;
}

export interface Inflicted {
  /** Of processes and engines that ended without warning; 0 unless said. */
  readonly kills?: number;
  /** From the start of what was ended until it served, ms. */
  readonly restartMs?: number;
}

/** The one thing that waits for a time and for nothing else: its randomness is the test. */
export async function forAWhile(
  random: Random,
  { min, max }: { readonly min: number; readonly max: number },
): Promise<void> {
  await pause(random.integer(min, max));
}
