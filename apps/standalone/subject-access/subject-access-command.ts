import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { partsOfRecipient, UUID_PATTERN } from '@common-thread/domain/identifiers';
import { isDay, londonDay } from '@common-thread/domain/london-day';
import { ConfigurationError, Environment } from '@common-thread/platform/environment';
import type {
  SubjectAccessAsked,
  SubjectAccessAsker,
} from '@common-thread/platform/subject-access';
import { subjectAccessAskers } from '@common-thread/platform/subject-access';
import { standaloneConfiguration } from '../configuration.js';
import { DEFAULT_HUB, hubRecipient, officerOf, staffId } from '../officer-options.js';
import { ProgressLine } from '../seeding/progress-line.js';
import { runCommandLine } from '../terminal.js';
import { mustBeEmpty, writeCopy } from './copy-files.js';
import type { CopyDoors } from './copy-over-http.js';
import { copyDoors, copyOverHttp } from './copy-over-http.js';
import type { WholeCopy } from './making-copy.js';
import { makeCopy } from './making-copy.js';

interface Options {
  readonly person: string;
  readonly officer?: string;
  readonly askedBy: SubjectAccessAsker;
  readonly reason: string;
  readonly received?: string;
  readonly seriousHarm: readonly string[];
  readonly hub: string;
  readonly into?: string;
}

/*
 * `npm run subject-access -- --person <id> --officer <id> --asked-by parent --reason "<words>"`: the copy of
 * what is held about somebody that UK GDPR Article 15 gives them. From a data directory, beside a running
 * system or without one; through the vault and the relay where COMMON_THREAD_VAULT says where they are.
 */
const program = new Command('subject-access')
  .description('Make the copy of what is held about a person, who was told it and who looked.')
  .requiredOption('--person <id>', 'whose record, by id: the hub’s officer finds it by name', uuid)
  .option(
    '--officer <id>',
    'the officer who answers, by the id they sign in as; between processes the token says it',
    staffId,
  )
  .addOption(
    new Option('--asked-by <who>', 'for whom the copy is')
      .choices([...subjectAccessAskers])
      .makeOptionMandatory(),
  )
  .requiredOption('--reason <words>', 'why it is answered, and how whoever asks was identified')
  .option('--received <day>', 'when it reached us, YYYY-MM-DD; today where it is left out', day)
  .option(
    '--serious-harm <number...>',
    'a referral or contact (CT-…) that would do serious harm if it were told',
    collected,
    [],
  )
  .option('--hub <recipient>', 'the hub whose officer answers', hubRecipient, DEFAULT_HUB)
  .option('--into <folder>', 'where to write; subject-access-<day>-<person> where it is left out')
  .exitOverride()
  .action(run);

async function run(options: Options): Promise<void> {
  const { askedBy, person, reason, seriousHarm } = options;
  const receivedOn = options.received ?? londonDay(new Date().toISOString());
  const folder = resolve(options.into ?? `subject-access-${receivedOn}-${person.slice(0, 8)}`);
  await mustBeEmpty(folder);
  const line = new ProgressLine(process.stdout);
  const environment = new Environment();
  const asked = { personId: person, askedBy, receivedOn, reason, seriousHarm };
  const doors = copyDoors(environment);
  const { isNew, names, pack, told } = doors
    ? await throughDoors(doors, options, asked, line)
    : await fromDataDirectory(environment, options, asked, line);
  await writeCopy(folder, pack, told, names);
  const { held, looked, request, withheld } = pack;
  line.say(
    isNew
      ? `A request of ${request.receivedOn} is recorded.`
      : `An earlier request of ${request.receivedOn} is gone on with: the same was asked for before.`,
  );
  line.say(
    `${held.length} facts, ${told.length} tellings and ${looked.length} viewings are in ${folder}.`,
  );
  line.say(
    `${withheld.length} things are left out: for-the-officer/withheld.json says why. Do not give it out.`,
  );
  line.say(
    `Read the copy before it is given: a name inside a text is not seen by a rule. Due by ${request.dueOn}.`,
  );
}

function throughDoors(
  doors: CopyDoors,
  { hub, officer }: Options,
  asked: SubjectAccessAsked,
  line: ProgressLine,
): Promise<WholeCopy> {
  if (officer !== undefined) {
    throw new ConfigurationError(
      'Leave out --officer: COMMON_THREAD_OFFICER_TOKEN says who asks.',
    );
  }
  line.update('The vault reads the log');
  return copyOverHttp(doors, asked, partsOfRecipient(hub).organisation);
}

function fromDataDirectory(
  environment: Environment,
  { hub, officer }: Options,
  asked: SubjectAccessAsked,
  line: ProgressLine,
): Promise<WholeCopy> {
  if (officer === undefined) {
    throw new ConfigurationError('Add --officer <id>: the officer who answers.');
  }
  return makeCopy(
    standaloneConfiguration(environment),
    environment,
    officerOf({ officer, hub }),
    asked,
    (eventsRead) => line.update(`Reading the log: ${eventsRead.toLocaleString('en-GB')} events`),
  );
}

function uuid(text: string): string {
  if (new RegExp(UUID_PATTERN).test(text)) return text;
  throw new InvalidArgumentError('Give the id of a person, such as the page Who looked finds.');
}

function day(text: string): string {
  if (isDay(text) && text <= londonDay(new Date().toISOString())) return text;
  throw new InvalidArgumentError('Give a day that has been, like 2026-03-27.');
}

function collected(text: string, before: readonly string[]): readonly string[] {
  if (/^CT-[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(text)) return [...before, text];
  throw new InvalidArgumentError('Give the number of a referral or contact, like CT-4F7K-29QD.');
}

await runCommandLine(program);
