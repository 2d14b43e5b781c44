import { readFile } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import { BrokerUnfit, KafkaAdministration } from '@common-thread/adapters/kafka/administration';
import type { FeedAccess } from '@common-thread/adapters/kafka/feed-access';
import { wrongWith } from '@common-thread/adapters/kafka/feed-access';
import { reachKafka } from '@common-thread/adapters/kafka/reach';
import { EngineAway, EngineRefused } from '@common-thread/adapters/engine-faults';
import { ConfigurationError, Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import { KAFKA_VARIABLE, kafkaAddress } from '@common-thread/running/kafka';

interface Options {
  readonly access: string;
  /** False by `--without-grants`. */
  readonly grants: boolean;
}

/*
 * `npm run infra:kafka -- apply`: makes the topics, settings and grants of a broker what infra/kafka says, and
 * nothing where they are. `check` says what differs and changes nothing.
 */
const program = new Command('infra:kafka')
  .description('Topics, their settings and grants on Kafka, as declared.')
  .exitOverride();
for (const [name, words] of [
  ['apply', 'make the broker what is declared; safe to repeat'],
  ['check', 'say what differs, and change nothing; ends with 1 where anything does'],
] as const) {
  program
    .command(name)
    .description(words)
    .option('--access <file>', 'who reads which feed', 'infra/kafka/access.json')
    .option('--without-grants', 'on a broker that authorises nobody: topics and settings alone')
    .action(async ({ access, withoutGrants }: { access: string; withoutGrants?: boolean }) => {
      await run(name, { access, grants: withoutGrants !== true });
    });
}

async function run(what: 'apply' | 'check', options: Options): Promise<void> {
  const address = kafkaAddress(new Environment(), 'infra');
  if (!address) throw new ConfigurationError(`${KAFKA_VARIABLE} is not set. Say where Kafka is.`);
  const access = await accessIn(options.access);
  const log = new Log({ app: 'infra', level: 'error' });
  await reachKafka(address, KAFKA_VARIABLE, log);
  const administration = await KafkaAdministration.open(address, log);
  try {
    const differences = await administration.differences(access, options.grants);
    for (const { words, mend } of differences) {
      if (what === 'apply') await mend();
      say(what === 'apply' ? `mended: ${words}` : words);
    }
    if (differences.length === 0) say('as declared');
    else if (what === 'check') process.exitCode = 1;
  } finally {
    await administration.close();
  }
}

async function accessIn(path: string): Promise<FeedAccess> {
  let read: unknown;
  try {
    read = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new ConfigurationError(
      `${path} cannot be read as JSON. Correct it, or name another file.`,
    );
  }
  const wrong = wrongWith(read);
  if (wrong !== undefined) throw new ConfigurationError(`${path}: ${wrong}.`);
  return read as FeedAccess;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const toldPlainly = [BrokerUnfit, ConfigurationError, EngineAway, EngineRefused];
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode;
  } else {
    if (!toldPlainly.some((kind) => error instanceof kind)) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
