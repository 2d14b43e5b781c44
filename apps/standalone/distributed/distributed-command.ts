import { join } from 'node:path';
import { Environment } from '@common-thread/platform/environment';
import { issuerAddresses } from '../../sign-in/create-sign-in.js';
import { addressesOf } from '../addresses.js';
import { sharedPort } from '../configuration.js';
import { recordCounty } from '../record-county.js';
import { logOf, originOf } from '../standalone.js';
import { aborted, fail, say, stoppedFromOutside } from '../terminal.js';
import type { DistributedConfiguration } from './configuration.js';
import { distributedConfiguration } from './configuration.js';
import { findBrokers } from './county-kafka.js';
import { startEngines } from './engines.js';
import { startLanding } from './landing.js';
import type { Premises } from './planned-process.js';
import { planProcesses, processesWithDatabase } from './planned-process.js';
import { commandWriterAt, prepareFiles } from './premises.js';
import { openRemoteRecording } from './remote-recording.js';
import { Supervisor } from './supervisor.js';

const NAME_WIDTH = 17;
/** Every app in one file of its own (infra/bundle). */
const bundled = join(import.meta.dirname, '../../../bundled');

/** `npm run start:distributed`: every app a process of its own, until Ctrl-C. */
async function main(): Promise<void> {
  const configuration = distributedConfiguration(new Environment());
  const stopped = stoppedFromOutside();
  const closing: (() => Promise<void>)[] = [];
  try {
    await run(configuration, stopped, closing);
  } catch (error) {
    if (!stopped.aborted) fail(error);
  }
  for (let close = closing.pop(); close; close = closing.pop()) await close();
  say('Stopped. Nothing is lost: `npm run start:distributed` goes on from here.');
  process.exit();
}

async function run(
  configuration: DistributedConfiguration,
  signal: AbortSignal,
  closing: (() => Promise<void>)[],
): Promise<void> {
  const { county, issuer } = configuration;
  const engines = await startEngines(configuration, processesWithDatabase(), say);
  closing.push(() => engines.close());
  const brokers = await findBrokers(configuration, say);
  closing.push(() => brokers.close());
  const premises: Premises = {
    configuration: county,
    ...engines,
    ...(await prepareFiles(county)),
    ...(issuer === undefined ? {} : { issuer }),
    ...(brokers.kafka === undefined ? {} : { kafka: brokers.kafka }),
  };
  if (!issuer) say('No COMMON_THREAD_ISSUER is given: the development sign-in lets anybody in.');
  const supervisor = new Supervisor({
    plan: planProcesses(premises),
    mainOf: (app) => join(bundled, `${app}.js`),
    onLine: (name, line) => process.stdout.write(`${name.padEnd(NAME_WIDTH)} │ ${line}\n`),
    say,
  });
  closing.push(() => supervisor.stop());
  say('Starting every app in a process of its own…');
  await supervisor.start();
  const landing = await startLanding(county, issuer);
  closing.push(() => landing.close());
  say(addressesOf(county));
  await seedWhereAsked(configuration, premises, signal, (words) => landing.showProgress(words));
  await aborted(signal);
}

async function seedWhereAsked(
  { county, issuer }: DistributedConfiguration,
  { eventLog }: Premises,
  signal: AbortSignal,
  showProgress: (words: string) => void,
): Promise<void> {
  if (county.families === 0) return;
  const signIn = issuerAddresses(originOf(county, sharedPort(county, 'sign-in'))).issuer;
  const recording = await openRemoteRecording({
    eventLog,
    vault: originOf(county, sharedPort(county, 'vault')),
    issuer: await commandWriterAt(county, issuer ?? { issuer: signIn }),
    log: logOf(county, 'seeding'),
  });
  try {
    await recordCounty({ configuration: county, port: recording.port, showProgress }, signal);
  } finally {
    await recording.close();
  }
}

main().catch((error: unknown) => {
  fail(error);
  process.exit();
});
