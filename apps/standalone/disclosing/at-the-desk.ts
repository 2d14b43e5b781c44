import type { CellChange, Table } from '@common-thread/catalogue/disclosure-changes';
import type { FactKind } from '@common-thread/domain/code-lists';
import { kindOfEvent } from '@common-thread/disclosure/grounds';
import type { TableInForce } from '@common-thread/disclosure/table-in-force';
import { versionInForce } from '@common-thread/disclosure/table-in-force';
import type { RedisclosePast, WithdrawPast } from '@common-thread/domain/sharing/table';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { pastWithdrawalWords, redisclosureWords } from '@common-thread/presenting/past-words';
import { officerOf } from '../officer-options.js';
import type { Asked, Disclosing } from './disclosing.js';
import { NotRecorded } from './disclosing.js';
import { changesInWords } from './table-words.js';

interface ByOfficer {
  readonly by: string;
  readonly hub: string;
  readonly signedBy?: string;
  readonly yes?: true;
}

interface PastOptions extends ByOfficer {
  readonly kinds: FactKind[];
  readonly recipients: string[];
  readonly recordedUnder: number[];
}

export type SwitchOptions = ByOfficer & { readonly to: number };
export type RedisclosureOptions = PastOptions &
  Pick<RedisclosePast['data'], 'from' | 'until' | 'reason'>;
export type WithdrawalOptions = PastOptions & Pick<WithdrawPast['data'], 'reason'>;

/** What an officer has before them: the county, a place where something is said, and a question. */
export interface Desk {
  with<Answer>(work: (disclosing: Disclosing) => Promise<Answer>): Promise<Answer>;
  readonly say: (line: string) => void;
  /** Whether they agree; undefined where nobody can be asked. */
  readonly agrees: (question: string) => Promise<boolean | undefined>;
}

export function switchTable(desk: Desk, options: SwitchOptions): Promise<void> {
  return desk.with(async (disclosing) => {
    const table = await disclosing.table();
    const insteadOf = versionInForce(table);
    const [now, next] = [table.tables.get(insteadOf), table.tables.get(options.to)];
    if (insteadOf === options.to) {
      desk.say(`Version ${insteadOf} is in force already. Nothing was recorded.`);
      return;
    }
    if (now && next) {
      desk.say(
        `Version ${insteadOf} of the disclosure table is in force; version ${options.to} would be.`,
      );
      changesInWords(now, next).forEach(desk.say);
      desk.say('\nWhat was told stays told, and nothing earlier is told because of it.');
    }
    const data = { tableVersion: options.to, insteadOf, signedBy: signedBy(options) };
    const done = `Version ${options.to} is in force from the next event on.`;
    await record(desk, disclosing, options, { type: 'SwitchTable', data }, done);
  });
}

export function redisclosePast(desk: Desk, options: RedisclosureOptions): Promise<void> {
  const { from, until, reason } = options;
  return desk.with(async (disclosing) => {
    const { meant, table } = await meantBy(disclosing, options);
    desk.say(
      `Those related to a family would be told what they may be told by now of what was recorded from ${from} to ` +
        `${until}, because ${redisclosureWords[reason]}; no restriction, agreement or confidential ` +
        'address is set aside. What they hold with less is withdrawn and told anew.',
    );
    sayMeant(desk, table, options);
    const data = { ...meant, from, until, reason };
    const done = 'Recorded: the relay tells it now, each recipient in the order of the log.';
    await record(desk, disclosing, options, { type: 'RedisclosePast', data }, done);
  });
}

export function withdrawPast(desk: Desk, options: WithdrawalOptions): Promise<void> {
  const { reason } = options;
  return desk.with(async (disclosing) => {
    const { meant, table } = await meantBy(disclosing, options);
    desk.say(
      'Everyone who was told more than the table in force lets be told would be told that it is withdrawn, because ' +
        `${pastWithdrawalWords[reason]}. It goes from their pages for good, and is not opened any more.`,
    );
    sayMeant(desk, table, options);
    const asked: Asked = { type: 'WithdrawPast', data: { ...meant, reason } };
    const done =
      'Recorded: the relay withdraws it now. It is in force once relay and vault have read it.';
    await record(desk, disclosing, options, asked, done);
  });
}

async function meantBy(disclosing: Disclosing, options: PastOptions) {
  const table = await disclosing.table();
  const { recordedUnder, kinds, recipients } = options;
  const tableVersion = versionInForce(table);
  return {
    table,
    meant: { tableVersion, recordedUnder, kinds, recipients, signedBy: signedBy(options) },
  };
}

/** Whom it is about, and what the table in force tells them otherwise than those it was recorded under. */
function sayMeant({ say }: Desk, table: TableInForce, options: PastOptions): void {
  const { kinds, recipients, recordedUnder } = options;
  const inForce = versionInForce(table);
  say(`Kinds of fact: ${kinds.join(', ')}. Recipients: ${recipients.join(', ')}.`);
  const audiences = recipients.map((recipient) => partsOfRecipient(recipient).audience);
  const kindOf: Readonly<Record<string, string>> = kindOfEvent;
  const isAsked = ({ eventType, column }: CellChange) =>
    kinds.some((kind) => kind === kindOf[eventType]) &&
    (column === 'referrer' || audiences.some((audience) => audience === column));
  const now: Table | undefined = table.tables.get(inForce);
  for (const version of recordedUnder) {
    const was: Table | undefined = table.tables.get(version);
    if (version === inForce || !was || !now) continue;
    say(`\nRecorded under version ${version}; in force is version ${inForce}.`);
    changesInWords(was, now, isAsked).forEach(say);
  }
}

async function record(
  { say, agrees }: Desk,
  disclosing: Disclosing,
  options: ByOfficer,
  asked: Asked,
  done: string,
): Promise<void> {
  const isAgreed = options.yes ?? (await agrees('\nIs it to be recorded in your name? (yes/no) '));
  if (isAgreed === undefined) {
    throw new NotRecorded('Nothing was recorded: read the above, and add --yes.');
  }
  if (!isAgreed) {
    say('Nothing was recorded.');
    return;
  }
  const officer = officerOf({ officer: options.by, hub: options.hub });
  say(
    (await disclosing.record(asked, officer))
      ? done
      : 'That is what was said last. Nothing was recorded.',
  );
}

function signedBy({ signedBy: post, hub }: ByOfficer): string {
  return post ?? `${partsOfRecipient(hub).organisation}/information-governance-lead`;
}
