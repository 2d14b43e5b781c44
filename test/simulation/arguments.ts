import { Command, InvalidArgumentError } from 'commander';
import { availableParallelism } from 'node:os';
import { bugNames } from './planted/bugs.js';

export interface SimulateArguments {
  readonly seeds: number;
  readonly from: number;
  /** One seed to be replayed, with its whole trace. */
  readonly seed?: number;
  readonly processes: number;
  readonly plant?: string;
  /** Where a summary is written as jest would write one. */
  readonly json?: string;
}

/** @throws CommanderError, having said what is wrong */
export function argumentsOf(given: readonly string[]): SimulateArguments {
  return new Command('simulate')
    .description('Runs the whole system in one process, on a clock and a schedule of its own.')
    .option('--seeds <count>', 'how many seeds', positive, 1_000)
    .option('--from <seed>', 'the first of them', positive, 1)
    .option('--seed <seed>', 'replays one seed and prints every turn of it', positive)
    .option('--processes <count>', 'run side by side', positive, availableParallelism())
    .option('--plant <bug>', `plants a bug: ${bugNames.join(', ')}`, bug)
    .option('--json <file>', 'writes the counts to a file')
    .exitOverride()
    .parse(given, { from: 'user' })
    .opts<SimulateArguments>();
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

function bug(text: string): string {
  if (bugNames.includes(text)) return text;
  throw new InvalidArgumentError(`There are ${bugNames.join(', ')}.`);
}
