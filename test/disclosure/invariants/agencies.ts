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
  const [parked] = await agency.live.parked();
  must(parked === undefined, 'every read model folds every feed', () => {
    return `${recipient} #${parked?.sequence} on ${parked?.line}: ${parked?.reason}`;
  });
  const live = await agency.live.hashes();
  for (const source of ['inbox', 'pages'] as const) {
    must(
      (await agency.rebuilt(source)) === live,
      'live read models equal rebuilt ones',
      () => `${recipient} from the ${source}`,
    );
  }
}
