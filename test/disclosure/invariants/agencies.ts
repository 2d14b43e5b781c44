import type { RoughRun } from '../running/rough-run.js';
import { must } from './broken.js';

/** What an agency holds is what the relay's pages hold, whatever was lost, repeated or killed. */
export async function checkAgency(recipient: string, run: RoughRun): Promise<void> {
  const agency = run.agencies.get(recipient)!;
  const pages = run.feeds.get(recipient)!.map(({ row }) => row);
  const inbox = await agency.inbox.rows(0, Number.MAX_SAFE_INTEGER);
  must(JSON.stringify(inbox) === JSON.stringify(pages), 'the inbox equals the pages', recipient);
  const unanswered = await agency.inbox.unanswered();
  must(unanswered.length === 0, 'every mark is answered', recipient);
}
