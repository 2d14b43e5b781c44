import type { RevealPage, RevealRequest } from '@common-thread/platform/revealing';
import type { Reachable } from '../journeys/whole-system.js';
import { eventually } from '../journeys/whole-system.js';
import type { ObservedHistory, OpenedWords } from './observed.js';
import { askToOpen } from './revealing.js';
import type { Submitter } from './submitter.js';

/** Fewer than the vault takes in one call. */
const AT_ONCE = 200;

type Told = Pick<ObservedHistory, 'acknowledged' | 'feeds'>;

/**
 * What each referrer reads, through the vault, of the concern it wrote: keys are made under load too, and
 * a box without its key is as good as lost. A withdrawn referral tells nothing any more.
 */
export async function openedWords(
  system: Reachable,
  submitter: Submitter,
  { acknowledged, feeds }: Told,
): Promise<readonly OpenedWords[]> {
  const opened: OpenedWords[] = [];
  for (const [recipient, rows] of feeds) {
    const concerns = new Map(
      rows
        .filter(({ envelope, body }) => envelope.type.includes('.referral.raised.') && body)
        .map((row) => [row.envelope.subject, row]),
    );
    const own = acknowledged
      .filter((command) => command.recipient === recipient && command.path === '/v1/referrals')
      .flatMap((command) => {
        const row = concerns.get(`referral/${String(command.answer.body.id)}`);
        return row ? [{ command, row }] : [];
      });
    const [first] = own;
    if (!first) continue;
    const requests = own.map(({ row }) => ({
      box: String(row.body?.concern),
      field: 'concern',
      line: row.envelope.partitionkey,
    }));
    const texts: string[] = [];
    for (let from = 0; from < requests.length; from += AT_ONCE) {
      const token = await submitter.token(first.command.user);
      texts.push(...(await reveal(system, token, requests.slice(from, from + AT_ONCE))));
    }
    for (const [nth, { command }] of own.entries()) {
      const sent = String(Reflect.get(command.body, 'concern'));
      opened.push({ key: command.key, sent, opened: texts[nth] ?? '' });
    }
  }
  return opened;
}

/** Texts in the order asked, or why each is withheld; waits until the vault has read the log. */
async function reveal(
  system: Reachable,
  token: string,
  requests: readonly RevealRequest[],
): Promise<string[]> {
  const lines = new Set(requests.map(({ line }) => line));
  const purpose = 'centre-support';
  const page: RevealPage = { purpose, page: 'faults', about: [...lines], requests };
  const response = await eventually(
    () => askToOpen(system, token, page),
    ({ status }) => status !== 503,
  );
  if (response.status !== 200) throw new Error(`the vault opens nothing: ${response.status}`);
  const { revealed } = (await response.json()) as {
    readonly revealed: readonly { readonly text?: string; readonly withheld?: string }[];
  };
  return revealed.map(({ text, withheld }) => text ?? withheld ?? '');
}
