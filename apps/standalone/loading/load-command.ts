import { Command, InvalidArgumentError } from 'commander';
import { recipientId } from '@common-thread/domain/identifiers';
import { Environment } from '@common-thread/platform/environment';
import { standaloneConfiguration } from '../configuration.js';
import { ProgressLine } from '../seeding/progress-line.js';
import { runCommandLine, wordsOf } from '../terminal.js';
import { UnreadableInput } from './annex-a/cells.js';
import { describeLoad, loadAnnexA } from './annex-a/load-annex-a.js';
import { openInput } from './annex-a/input-lists.js';
import { openRecording } from './recording.js';

/*
 * `npm run load -- annex-a <file.xlsx or folder of csv> --authority <code>`: backfills what an
 * authority extracts already. The system may be running meanwhile or not.
 */

interface AnnexAOptions {
  readonly authority: string;
  readonly hub: string;
}

const DEFAULT_HUB = recipientId('fairholme-hub', 'safeguarding-hub');

function program(): Command {
  const load = new Command('load').description('Backfill records from extracts.').exitOverride();
  load
    .command('annex-a')
    .description('Lists 1 (contacts) and 3 (referrals) of an Ofsted Annex A extract.')
    .argument('<input>', 'an .xlsx workbook, or a folder of .csv files named for their lists')
    .requiredOption('--authority <code>', 'DfE code of the authority whose extract it is', code)
    .option('--hub <recipient>', 'the hub that received the contacts', recipient, DEFAULT_HUB)
    .action(annexA);
  return load;
}

async function annexA(input: string, { authority, hub }: AnnexAOptions): Promise<void> {
  // A fault in the input is told before an engine is started.
  await openInput(input);
  const environment = new Environment();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopping.abort());
  }
  const line = new ProgressLine(process.stdout);
  const recording = await openRecording(standaloneConfiguration(environment), environment, hub);
  try {
    const loaded = await loadAnnexA({
      input,
      authority,
      hub,
      port: recording.port,
      lookUp: recording.lookUp,
      now: new Date().toISOString(),
      signal: stopping.signal,
      progress: ({ label, rowsRead }) =>
        line.update(`Loading ${label}: ${rowsRead.toLocaleString('en-GB')} rows read`),
    });
    line.say(describeLoad(loaded));
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    line.say('Stopped. Give the same command again to go on: nothing is loaded twice.');
    process.exitCode = 1;
  } finally {
    await recording.close();
  }
}

function code(text: string): string {
  if (/^\d{3}$/.test(text)) return text;
  throw new InvalidArgumentError('Give the three digits of the authority, such as 891.');
}

function recipient(text: string): string {
  const [organisation = '', audience] = text.split('.');
  if (audience === 'safeguarding-hub' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(organisation))
    return text;
  throw new InvalidArgumentError('Give a hub as <organisation>.safeguarding-hub.');
}

function inWords(error: unknown): string {
  const about = error instanceof UnreadableInput ? 'Nothing can be loaded from this: ' : '';
  return `${about}${wordsOf(error)}`;
}

await runCommandLine(program(), inWords);
