import { Command, InvalidArgumentError } from 'commander';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { ConfigurationError, Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { placeOf } from '@common-thread/projecting/compare-builds';
import type { RebuildOutcome } from '@common-thread/projecting/rebuild';
import { rebuild, RebuildPaused } from '@common-thread/projecting/rebuild';
import { kindOf } from './kinds-of-agencies.js';
import { demonstrationAgencies } from './agencies.js';
import { standaloneConfiguration } from './configuration.js';
import { joinEngines } from './engines.js';
import { ProgressLine } from './seeding/progress-line.js';
import { runCommandLine } from './terminal.js';

interface Options {
  readonly restart?: boolean;
  readonly replace?: boolean;
  readonly retry?: boolean;
  readonly rowsPerSecondMax?: number;
}

const CONNECTIONS = 4;
/** As a shell has it for a command that was interrupted. */
const PAUSED = 130;

/*
 * `npm run rebuild -- <organisation> <read model>`: folds a read model anew from the agency's inbox beside
 * the live one, compares, and switches. The system may be running meanwhile or not. Ctrl-C pauses it.
 */
const program = new Command('rebuild')
  .description('Fold a read model anew beside the live one, compare the two, and switch.')
  .argument('<organisation>', 'its short name, such as fairholme-hub')
  .argument('<read model>', 'its name, such as household-history')
  .option('--restart', 'drop an unfinished build and begin again')
  .option('--replace', 'switch even where the two differ in what the new version did not declare')
  .option(
    '--rows-per-second-max <n>',
    'fold no faster, to leave the machine to those who work meanwhile',
    positive,
  )
  .option(
    '--retry',
    'rebuild nothing: fold again the lines that were parked, after a fold was mended',
  )
  .exitOverride()
  .action(run);

async function run(organisation: string, name: string, options: Options): Promise<void> {
  const { recipient, model } = find(organisation, name);
  const configuration = standaloneConfiguration(new Environment());
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopping.abort());
  }
  const line = new ProgressLine(process.stdout);
  const log = new Log({ app: 'rebuild', level: configuration.logLevel });
  const engines = await joinEngines(configuration.dataDirectory, log, configuration.eventLog);
  try {
    const schema = agencySchema(recipient);
    const pool = engines.pool('rebuild', CONNECTIONS, 'recoverable');
    const inbox = new PostgresInbox(pool, schema);
    const store = new PostgresProjectionStore(pool, schema);
    if (options.retry) {
      const stillParked = await new ProjectionRunner(inbox, store, model).retryParked();
      stillParked.forEach(({ line: parked, sequence, reason }) =>
        line.say(`${parked} stays parked at row ${sequence}: ${reason}`),
      );
      line.say(`${name}: ${stillParked.length} lines parked.`);
      if (stillParked.length > 0) process.exitCode = 1;
      return;
    }
    const outcome = await rebuild(inbox, store, model, {
      ...options,
      signal: stopping.signal,
      onProgress: (folded, of) => line.update(`Rebuilding ${name}: ${folded} of ${of} rows`),
    });
    for (const told of reportOf(name, outcome)) line.say(told);
    if (!outcome.switched) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof RebuildPaused)) throw error;
    line.say(`${name} is paused at row ${error.sequence}. The same command goes on from there.`);
    process.exitCode = PAUSED;
  } finally {
    await engines.close();
  }
}

/** What was built, where it differs and why, and what came of it, a line each. */
function reportOf(name: string, outcome: RebuildOutcome): string[] {
  const { tables, differences, parked, sequence, switched } = outcome;
  const found = differences ?? [];
  return [
    ...Object.entries(tables).map(([table, hash]) => `${table}  ${hash}`),
    ...found.map(
      (one) => `${placeOf(one)} differs: ${one.because ?? 'nobody said that it would'}.`,
    ),
    ...parked.map(({ line, sequence: at, reason }) => `${line} stopped at row ${at}: ${reason}`),
    `${name} was rebuilt from ${sequence} rows: ${comparedAs(differences)}. ${
      switched ? 'Switched.' : 'Nothing was switched; --replace does.'
    }`,
  ];
}

function comparedAs(differences: RebuildOutcome['differences']): string {
  if (!differences) return 'the live one is too old to be compared';
  if (differences.length === 0) return 'equal to the live one';
  const declared = differences.every(({ because }) => because !== null);
  return declared ? 'it differs as declared' : 'it differs in what was not declared';
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError('It is a whole number from 1.');
  }
  return value;
}

/** @throws ConfigurationError naming what there is */
function find(organisation: string, name: string): { recipient: string; model: ReadModel } {
  const agency = demonstrationAgencies.find(({ recipient }) =>
    recipient.startsWith(`${organisation}.`),
  );
  if (!agency) {
    const known = demonstrationAgencies.map(({ recipient }) => recipient.split('.')[0]);
    throw new ConfigurationError(
      `No organisation ${organisation}. There are: ${known.join(', ')}.`,
    );
  }
  const { readModels } = kindOf(agency.recipient);
  const model = readModels.find((candidate) => candidate.name === name);
  if (!model) {
    const known = readModels.map((candidate) => candidate.name).join(', ');
    throw new ConfigurationError(`${organisation} has no read model ${name}. It has: ${known}.`);
  }
  return { recipient: agency.recipient, model };
}

await runCommandLine(program);
