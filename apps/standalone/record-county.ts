import { join } from 'node:path';
import { ProgressLine } from './seeding/progress-line.js';
import { describeProgress, seed } from './seeding/seeder.js';
import { SeedingFile } from './seeding/seeding-state.js';
import type { CommandPort } from './seeding/planned-command.js';
import { throughCommands } from './seeding/through-commands.js';
import type { StandaloneConfiguration } from './configuration.js';
import type { Standalone } from './standalone.js';

/** A running county, in however many processes. */
export interface RecordableCounty {
  readonly configuration: StandaloneConfiguration;
  readonly port: CommandPort;
  /** Said on the landing page until something else is. */
  showProgress(words: string): void;
}

/** Of everything in one process: commands go to their handlers. */
export function countyIn(standalone: Standalone): RecordableCounty {
  const { configuration, commandApi } = standalone;
  return {
    configuration,
    port: throughCommands(commandApi.commands),
    showProgress: (words) => standalone.showProgress(words),
  };
}

/**
 * Records the synthetic county where there is one to record, saying how far it has come here and on the
 * landing page. Aborting stops it between two commands; the next start goes on from there.
 */
export async function recordCounty(county: RecordableCounty, signal: AbortSignal): Promise<void> {
  const { configuration, port } = county;
  if (configuration.families === 0) return;
  const line = new ProgressLine(process.stdout);
  const begun = performance.now();
  const seeded = await seed({
    seed: configuration.seed,
    families: configuration.families,
    port,
    store: new SeedingFile(join(configuration.dataDirectory, 'seeding.json')),
    signal,
    progress: (progress) => {
      const words = describeProgress(progress);
      line.update(words);
      county.showProgress(`${words}. Every page works while it goes on.`);
    },
  });
  if (!seeded.complete) {
    line.say('Recording the county was stopped. Start again to go on from there.');
    return;
  }
  county.showProgress('');
  const refused = Object.entries(seeded.refused);
  for (const [code, count] of refused) line.say(`Refused ${count} times: ${code}`);
  if (seeded.recorded > 0) {
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const count = seeded.recorded.toLocaleString('en-GB');
    line.say(`The whole county is recorded: ${count} commands in ${seconds} s.`);
  }
}
