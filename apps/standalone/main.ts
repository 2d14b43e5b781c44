import { Environment } from '@common-thread/platform/environment';
import { demonstrationAgencies } from './agencies.js';
import type { StandaloneConfiguration } from './configuration.js';
import { standaloneConfiguration } from './configuration.js';
import { countyIn, recordCounty } from './record-county.js';
import type { Standalone } from './standalone.js';
import { originOf, startStandalone } from './standalone.js';

/** `npm start`: everything on this machine, until Ctrl-C. */
async function main(): Promise<void> {
  const environment = new Environment();
  const configuration = standaloneConfiguration(environment);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // Whoever asks twice does not want to wait.
      if (stopping.signal.aborted) process.exit(1);
      say('Stopping…');
      stopping.abort();
    });
  }
  say('Starting PostgreSQL and every app…');
  const standalone = await startStandalone(configuration, environment);
  say(addresses(configuration));
  await untilStopped(standalone, stopping);
}

async function untilStopped(standalone: Standalone, stopping: AbortController): Promise<void> {
  const { signal } = stopping;
  const asked = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    await recordCounty(countyIn(standalone), signal);
  } catch (error) {
    fail(error);
  }
  await asked;
  await standalone.close();
  say('Stopped. Nothing is lost: `npm start` goes on from here.');
}

function addresses(configuration: StandaloneConfiguration): string {
  const agencies = demonstrationAgencies.map(({ name, portOffset }) => {
    const address = originOf(configuration, configuration.basePort + portOffset);
    return `  ${address.origin}  ${name}`;
  });
  const landing = originOf(configuration, configuration.basePort).origin;
  return [`Begin at ${landing}`, ...agencies].join('\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : 'Something went wrong.'}\n`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  fail(error);
  process.exit();
});
