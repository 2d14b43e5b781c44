import fs from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { ProgressLine } from '../../apps/standalone/seeding/progress-line.js';
import { LocalEngineUnavailable } from '../../infra/local/maven.js';
import { TcpProxy } from '../engines/tcp-proxy.js';
import { configurationIn } from '../journeys/whole-system.js';
import type { CompiledApps } from './compiled-apps.js';
import { compileApps } from './compiled-apps.js';
import { ComposedSystem } from './composed-system.js';
import { reportOf, tableOf } from './fault-report.js';
import { runWithFaults } from './fault-run.js';
import { faults, faultsNamed } from './injected/faults.js';
import type { Fault } from './injected/fault.js';
import { KafkaUnderFault } from './kafka-under-fault.js';
import { killsAmong, Ledger, writeWhole } from './ledger.js';
import { PostgresUnderFault } from './postgres-under-fault.js';
import { endWhatWasLeft } from './processes-left.js';
import { ProcessesSystem } from './processes-system.js';
import { SmallDisk } from './small-disk.js';

const REPOSITORY = path.join(import.meta.dirname, '../..');
const DISK_MEGABYTES = 4_096;

interface Asked {
  readonly kills: number;
  readonly seed: string;
  readonly rate: number;
  readonly only?: readonly Fault[];
  readonly system: Kind;
  readonly ledger: string;
}

const kinds = ['processes', 'composed'] as const;
type Kind = (typeof kinds)[number];

/** `npm run faults -- --kills 1000`: started again with the same ledger, it goes on where it was. */
const command = new Command('npm run faults --')
  .description('Kills, stops and cuts a system under load, and judges everything it then holds.')
  .option(
    '--kills <count>',
    'processes and engines killed in all, those in the ledger included',
    wholeNumber,
    100,
  )
  .option('--seed <text>', 'another text, other moments', 'fairholme')
  .option('--rate <count>', 'commands begun a second', wholeNumber, 40)
  .option('--only <names>', `of ${faults.map(({ name }) => name).join(', ')}`, faultList)
  .addOption(
    new Option(
      '--system <kind>',
      'every app a process of its own, or all in one with a clock of ours',
    )
      .choices(kinds)
      .default('processes'),
  )
  .option('--ledger <folder>', 'where the run is kept', path.join(REPOSITORY, 'data/faults/run'))
  .action(run);
await command.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});

async function run(asked: Asked): Promise<void> {
  const { kills, seed, rate, only = faults, system: kind } = asked;
  const directory = path.resolve(asked.ledger);
  const ledger = new Ledger(directory);
  keepTo(directory, { seed, system: kind });
  const left = endWhatWasLeft(directory);
  const line = new ProgressLine(process.stdout);
  if (ledger.faults.length > 0) {
    line.say(
      `Going on after ${killsAmong(ledger.faults)} kills; ${left} processes were left running.`,
    );
  }
  const apps = await compileApps();
  const { system, notes } = await systemOf(kind, apps, directory);
  let isJudged = false;
  try {
    const outcome = await runWithFaults({
      system,
      faults: only,
      kills,
      seed,
      perSecond: rate,
      ledger,
      onFault: ({ fault, target }, done) =>
        line.update(`${done} of ${kills} kills; ${fault} of ${target}`),
    });
    const report = reportOf(outcome, ledger.faults, { seed, crashes: system.crashes, notes });
    const file = path.join(directory, 'report.json');
    writeWhole(file, report);
    line.say(`\n${tableOf(report)}\nfigures: ${file}`);
    if (outcome.findings.length > 0) process.exitCode = 1;
    isJudged = true;
  } finally {
    await system.close();
    // Everything on it is gone then: a run that ended before goes on from there.
    if (isJudged) system.disk?.unmount();
    await apps.remove();
  }
}

async function systemOf(kind: Kind, apps: CompiledApps, directory: string) {
  const place = path.join(directory, 'disk');
  const disk = SmallDisk.mount(place, DISK_MEGABYTES);
  const notes = disk
    ? [`disk full: a file system of ${DISK_MEGABYTES} MB in memory was filled`]
    : ['disk full: left out, because no file system could be mounted here'];
  const postgres = new PostgresUnderFault(path.join(disk ? place : directory, 'postgres'));
  await postgres.start();
  const parts = {
    configuration: await configurationIn(path.join(directory, 'system')),
    postgres,
    mark: directory,
    ...(disk ? { disk } : {}),
  };
  if (kind === 'processes') {
    const kafka = await kafkaOrWhyNot(parts.configuration);
    try {
      keepToEngines(directory, typeof kafka === 'string' ? kafka : undefined);
    } catch (error) {
      await postgres.stop();
      throw error;
    }
    if (typeof kafka === 'string') notes.push(`Kafka: left out, because ${kafka}`);
    const broker = typeof kafka === 'string' ? {} : { kafka };
    return { system: await ProcessesSystem.prepare({ ...parts, ...broker, apps }), notes };
  }
  const wire = await TcpProxy.to('127.0.0.1', () => postgres.port);
  const databaseUrl = () => postgres.url;
  const system = new ComposedSystem({ ...parts, main: apps.composed, databaseUrl, wire });
  return { system, notes };
}

async function kafkaOrWhyNot(county: StandaloneConfiguration): Promise<KafkaUnderFault | string> {
  try {
    return await KafkaUnderFault.start(county);
  } catch (error) {
    if (error instanceof LocalEngineUnavailable) return error.message;
    throw error;
  }
}

/** A ledger belongs to one seed and system: the moments of another do not follow from what is in it. */
function keepTo(directory: string, asked: { readonly seed: string; readonly system: Kind }): void {
  const file = path.join(directory, 'run.json');
  if (!fs.existsSync(file)) return writeWhole(file, asked);
  const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as typeof asked;
  if (kept.seed === asked.seed && kept.system === asked.system) return;
  throw new Error(
    `The run in ${directory} is another: give --seed ${kept.seed} --system ${kept.system} to go ` +
      'on with it, or another --ledger.',
  );
}

/** What began with a broker does not go on without: half of the kills would have had none to hurt. */
function keepToEngines(directory: string, withoutKafka: string | undefined): void {
  const file = path.join(directory, 'engines.json');
  if (!fs.existsSync(file)) return writeWhole(file, { kafka: withoutKafka === undefined });
  const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly kafka: boolean };
  if (!kept.kafka || withoutKafka === undefined) return;
  throw new Error(
    `The run in ${directory} began with Kafka, and now there is none: ${withoutKafka} Start it ` +
      'again where Kafka starts, or give another --ledger.',
  );
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

function faultList(text: string): readonly Fault[] {
  try {
    return faultsNamed(text.split(','));
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
