import { Environment } from '@common-thread/platform/environment';
import { addressesOf } from './addresses.js';
import { standaloneConfiguration } from './configuration.js';
import { countyIn, recordCounty } from './record-county.js';
import type { Standalone } from './standalone.js';
import { startStandalone } from './standalone.js';
import { aborted, fail, say, stoppedFromOutside } from './terminal.js';

/** `npm start`: everything on this machine, until Ctrl-C. */
async function main(): Promise<void> {
  const environment = new Environment();
  const configuration = standaloneConfiguration(environment);
  const stopped = stoppedFromOutside();
  say('Starting PostgreSQL and every app…');
  const standalone = await startStandalone(configuration, environment);
  say(addressesOf(configuration));
  await untilStopped(standalone, stopped);
}

async function untilStopped(standalone: Standalone, stopped: AbortSignal): Promise<void> {
  try {
    await recordCounty(countyIn(standalone), stopped);
  } catch (error) {
    fail(error);
  }
  await aborted(stopped);
  await standalone.close();
  say('Stopped. Nothing is lost: `npm start` goes on from here.');
}

main().catch((error: unknown) => {
  fail(error);
  process.exit();
});
