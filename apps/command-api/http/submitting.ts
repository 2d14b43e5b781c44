import { Injectable } from '@nestjs/common';
import type { IdentifiedFamily } from '../authorisation/identified-family.js';
import type { Circumstances } from '../commands.js';
import { Commands } from '../commands.js';
import type { CommandAnswer } from '../commands/command-answer.js';
import type { Category, EventsOf, IntentOf } from '../commands/deciders.js';
import { Records } from '../records.js';
import { Answered } from './answering.js';
import type { Submission } from './submission.js';
import type { WithdrawalBody } from './withdrawal-body.js';

/** Where each kind of record is found. */
const paths: Readonly<Record<Category, string>> = {
  person: 'people',
  membership: 'memberships',
  family: 'families',
  organisation: 'organisations',
  place: 'places',
  registration: 'registrations',
  caseload: 'caseloads',
  referral: 'referrals',
  contact: 'contacts',
  restriction: 'restrictions',
  agreement: 'agreements',
  glass: 'break-glass',
  erasure: 'erasures',
  table: 'tables',
  sharing: 'sharing',
  shielding: 'shielding',
};

/** Kinds of record in which something may be withdrawn. */
type WithdrawableCategory = Exclude<
  Category,
  | 'organisation'
  | 'place'
  | 'restriction'
  | 'agreement'
  | 'glass'
  | 'erasure'
  | 'table'
  | 'sharing'
  | 'shielding'
>;

interface SubmitOptions<Kind extends Category> {
  /** Absent: additive. */
  readonly expects?: 'tags';
  readonly identified?: IdentifiedFamily;
  readonly requires?: Circumstances['requires'];
  /** What the answer tells beside the id; of the recorded events, so that a repeat tells the same. */
  readonly tells?: (events: readonly EventsOf[Kind][]) => object;
}

/** Sends a route's command in and words its answer. */
@Injectable()
export class Submitting {
  constructor(
    private readonly commands: Commands,
    private readonly records: Records,
  ) {}

  async submit<Kind extends Category>(
    sent: Submission,
    intent: IntentOf<Kind>,
    body: object,
    options: SubmitOptions<Kind> = {},
  ): Promise<Answered> {
    const { expects, identified, requires, tells } = options;
    const answer: CommandAnswer<EventsOf[Kind]> = await this.commands.execute(
      intent,
      {
        ...sent.circumstances(body, expects === undefined ? {} : { expects }),
        ...(requires === undefined ? {} : { requires }),
      },
      {
        kind: 'caller',
        actor: sent.actor,
        route: sent.route,
        ...(identified === undefined ? {} : { identified }),
      },
    );
    const more = answer.outcome === 'recorded' ? tells?.(answer.events) : undefined;
    const location = `/v1/${paths[intent.category]}/${intent.id}`;
    return new Answered(answer, location, { id: intent.id, ...more });
  }

  /** Withdraws a record that the caller names as its feed does. */
  async withdraw(
    sent: Submission,
    category: WithdrawableCategory,
    id: string,
    body: WithdrawalBody,
  ): Promise<Answered> {
    const withdraws = await this.recordNamed(sent, body.record, category, id);
    const data = { withdraws, reason: body.reason };
    return this.submit(sent, { category, id, type: 'WithdrawRecord', data }, body);
  }

  /** The private id of a record that the caller names as its feed does. */
  recordNamed(sent: Submission, record: string, category: Category, id: string): Promise<string> {
    return this.records.eventKnownAs(record, sent.actor.recipient, category, id);
  }
}
