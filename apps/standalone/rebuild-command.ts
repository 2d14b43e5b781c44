import { Command, CommanderError } from 'commander';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { ConfigurationError, Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { rebuild } from '@common-thread/projecting/rebuild';
import { kindOf } from './kinds-of-agencies.js';
import { demonstrationAgencies } from './agencies.js';
import { standaloneConfiguration } from './configuration.js';
import { joinEngines } from './engines.js';
import { ProgressLine } from './seeding/progress-line.js';

interface Options {
  readonly restart?: boolean;
  readonly replace?: boolean;
  readonly retry?: boolean;
}

const CONNECTIONS = 4;

/*
 * `npm run rebuild -- <organisation> <read model>`: folds a read model anew from the agency's inbox beside
 * the live one, compares, and switches. The system may be running meanwhile or not.
 */
const program = new Command('rebuild')
  .description('Fold a read model anew beside the live one, compare the two, and switch.')
  .argument('<organisation>', 'its short name, such as fairholme-hub')
  .argument('<read model>', 'its name, such as household-history')
  .option('--restart', 'drop an unfinished build and begin again')
  .option('--replace', 'switch even where the two differ, as after a fold was mended')
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
  const engines = await joinEngines(configuration.dataDirectory, log);
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
    for (const [table, hash] of Object.entries(outcome.tables)) line.say(`${table}  ${hash}`);
    line.say(inWords(name, outcome));
    if (!outcome.switched) process.exitCode = 1;
  } finally {
    await engines.close();
  }
}

function inWords(name: string, outcome: Awaited<ReturnType<typeof rebuild>>): string {
  const rows = `${outcome.sequence} rows`;
  if (outcome.switched && outcome.different?.length === 0) {
    return `${name} was rebuilt from ${rows}: equal to the live one, and switched.`;
  }
  if (outcome.switched) return `${name} was rebuilt from ${rows} and switched.`;
  const tables = outcome.different?.join(', ') ?? 'not compared';
  return `${name} was rebuilt from ${rows} and differs in: ${tables}. Nothing was switched; --replace does.`;
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

program.parseAsync().catch((error: unknown) => {
  // Commander has said what is wrong with the command line.
  if (!(error instanceof CommanderError)) {
    process.stderr.write(`${error instanceof Error ? error.message : 'Something went wrong.'}\n`);
  }
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
});
