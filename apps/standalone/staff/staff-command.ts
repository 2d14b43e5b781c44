import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { ConfigurationError, Environment } from '@common-thread/platform/environment';
import { STAFF_AT_ONCE_MAX } from '@common-thread/platform/staff';
import { standaloneConfiguration } from '../configuration.js';
import { DEFAULT_HUB, hubRecipient, officerOf, staffId } from '../officer-options.js';
import { ProgressLine } from '../seeding/progress-line.js';
import { withVaultBeside } from '../vault-beside.js';
import { runCommandLine } from '../terminal.js';
import { readStaff } from './staff-file.js';

interface Options {
  readonly officer: string;
  readonly hub: string;
}

/*
 * `npm run staff -- <file.csv> --officer <id>`: enters members of staff, so that looking at oneself or one's
 * own is seen. They are kept as keyed hashes: delete the file afterwards.
 */
const program = new Command('staff')
  .description('Enter members of staff, to be compared with whose records they open.')
  .argument('<file.csv>', 'with the columns id, organisation, familyName and what else is known')
  .requiredOption(
    '--officer <id>',
    'the officer who enters them, by the id they sign in as',
    staffId,
  )
  .option('--hub <recipient>', 'the hub whose officer that is', hubRecipient, DEFAULT_HUB)
  .exitOverride()
  .action(run);

async function run(path: string, options: Options): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ConfigurationError(`There is no file ${path} that can be read.`);
  });
  // A fault in the file is told before an engine is started.
  const staff = readStaff(text);
  const line = new ProgressLine(process.stdout);
  const environment = new Environment();
  const configuration = standaloneConfiguration(environment);
  await withVaultBeside('staff', configuration, environment, async ({ vault }) => {
    for (let at = 0; at < staff.length; at += STAFF_AT_ONCE_MAX) {
      await vault.staffRegister.enter(officerOf(options), staff.slice(at, at + STAFF_AT_ONCE_MAX));
      line.update(`Entering staff: ${at} of ${staff.length}`);
    }
  });
  line.say(`${staff.length} members of staff are entered, as keyed hashes. Delete ${path} now.`);
}

await runCommandLine(program);
