import { Command, Option } from 'commander';
import type { Table } from '@common-thread/catalogue/disclosure-changes';
import { pastWithdrawalReasons, redisclosureReasons } from '@common-thread/domain/code-lists';
import { DEFAULT_HUB, hubRecipient, staffId } from '../officer-options.js';
import * as read from './disclosure-options.js';
import { sayDifference } from './say-difference.js';
import type {
  Desk,
  RedisclosureOptions,
  SwitchOptions,
  WithdrawalOptions,
} from './at-the-desk.js';
import { redisclosePast, switchTable, withdrawPast } from './at-the-desk.js';

/** `npm run disclosure`: what a change of the disclosure table means, and the commands that follow one. */
export function disclosureProgram(desk: Desk, tableIn: (path: string) => Table): Command {
  const program = new Command('disclosure')
    .description(
      'Say what the disclosure table tells whom, switch it, and say what of the past follows.',
    )
    .exitOverride();
  program
    .command('diff')
    .description('say in words what the table of now would tell otherwise than the released one')
    .argument(
      '[table.json]',
      'another table to compare with: libs/catalogue/released/disclosure.json',
    )
    .exitOverride()
    .action((path?: string) =>
      sayDifference(desk.say, path === undefined ? undefined : tableIn(path)),
    );
  byOfficer(program.command('switch'))
    .description('put another released version into force, from the next event on')
    .requiredOption('--to <version>', 'the version that is to be in force', read.version)
    .action((options: SwitchOptions) => switchTable(desk, options));
  ofThePast(program.command('redisclose'))
    .description('tell recipients of the past what they may be told by now')
    .requiredOption('--from <day>', 'the first day on which it was recorded', read.day)
    .requiredOption('--until <day>', 'the last day on which it was recorded', read.day)
    .addOption(reason(redisclosureReasons))
    .action((options: RedisclosureOptions) => redisclosePast(desk, options));
  ofThePast(program.command('withdraw'))
    .description('withdraw what was told and the table in force no longer lets be told')
    .addOption(reason(pastWithdrawalReasons))
    .action((options: WithdrawalOptions) => withdrawPast(desk, options));
  return program;
}

function ofThePast(command: Command): Command {
  return byOfficer(command)
    .requiredOption('--kinds <kinds>', 'kinds of fact, with commas between', read.kinds)
    .requiredOption(
      '--recipients <recipients>',
      'recipients, with commas between',
      read.recipients,
    )
    .requiredOption(
      '--recorded-under <versions>',
      'versions of the table under which it was recorded, with commas between',
      read.versions,
    );
}

function byOfficer(command: Command): Command {
  return command
    .requiredOption('--by <officer>', 'the officer, by the id they sign in as', staffId)
    .option(
      '--signed-by <post>',
      'who signed, <organisation>/<post>; the hub’s information-governance lead where it is left out',
      read.signatory,
    )
    .option('--hub <recipient>', 'the hub whose officer that is', hubRecipient, DEFAULT_HUB)
    .option('--yes', 'do not ask once more')
    .exitOverride();
}

function reason(reasons: readonly string[]): Option {
  return new Option('--reason <reason>', 'why').choices([...reasons]).makeOptionMandatory();
}
