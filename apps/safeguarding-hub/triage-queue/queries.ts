import type { Rating } from '@common-thread/domain/code-lists';
import { ratings } from '@common-thread/domain/code-lists';
import type { SelectedOf } from '@common-thread/projecting/read-model';
import type { Kysely } from 'kysely';
import type { contactTable, RatingTold } from './projection.js';
import type { TriagePolicy } from './triage-policy.js';
import { dueAt, fairholmeTriagePolicy } from './triage-policy.js';

export interface TriageQueueTables {
  triage_queue_contact: SelectedOf<typeof contactTable.columns>;
}

/** What the hub has to do next with a contact in hand. */
export type ContactTask = 'rate' | 'decide' | 'tell';

/** Contacts of the same household before this one, within so many days. */
export interface RepeatCount {
  readonly days: 90 | 365;
  /** Earlier contacts, this one not counted. */
  readonly earlier: number;
  /** Different sources among them and this one. */
  readonly sources: number;
}

/** A contact as the queue shows it. Codes, times and ids; personal fields are boxes, unopened. */
export interface QueuedContact {
  readonly contactId: string;
  /** For If-Match: the last event of this contact we were told of. */
  readonly tag: string;
  /** `family/<id>`, or `contact/<id>` until it is linked: the line to reveal on. */
  readonly line: string;
  readonly familyId: string | null;
  readonly reference: string | null;
  readonly channel: string | null;
  readonly source: string | null;
  readonly receivedAt: Date;
  /** Who asked: the organisation that recorded it, and the recipient id where it is one of ours. */
  readonly organisation: string | null;
  readonly referrer: string | null;
  readonly referralId: string | null;
  readonly childIds: readonly string[];
  readonly rating: Rating | null;
  readonly ratedAt: Date | null;
  readonly task: ContactTask;
  /** When the task is due by this hub's policy; null where it sets no limit. */
  readonly dueAt: Date | null;
  readonly repeats: readonly RepeatCount[];
}

/** Everything told of one contact, in hand or not. */
export interface ContactRecord extends Omit<QueuedContact, 'task'> {
  /** Null once it is no longer in hand. */
  readonly task: ContactTask | null;
  readonly imported: boolean;
  readonly corrected: boolean;
  readonly need: string | null;
  /** Boxes: what is told of the child, who the caller says it is about, who called. */
  readonly concern: string | null;
  readonly describedAs: string | null;
  readonly callerDetails: string | null;
  /** Whether they asked that nobody be told who they are. */
  readonly wishesAnonymity: boolean;
  /** Oldest first; each `reason` is a box. */
  readonly ratings: readonly RatingTold[];
  readonly decision: {
    readonly outcomes: readonly string[];
    /** Box. */
    readonly rationale: string | null;
    readonly decidedBy: string | null;
    readonly returnReason: string | null;
    readonly decidedAt: Date;
  } | null;
  readonly feedback: {
    readonly channel: string | null;
    /** Box. */
    readonly words: string | null;
    readonly givenAt: Date;
  } | null;
  readonly inError: { readonly reason: string | null; readonly at: Date } | null;
}

/** A queue longer than this is not worked from a screen. */
const QUEUE_LENGTH_MAX = 500;
const MS_A_DAY = 86_400_000;

/** The hub's queue and its contacts. Times left are for the page to tell, against its own clock. */
export class TriageQueueQueries {
  constructor(
    private readonly database: Kysely<TriageQueueTables>,
    private readonly policy: TriagePolicy = fairholmeTriagePolicy,
  ) {}

  /** Contacts in hand by time left: the most overdue first, those without a limit last. */
  async queue(): Promise<readonly QueuedContact[]> {
    const records = await this.database
      .selectFrom('triage_queue_contact')
      .selectAll()
      .where('in_hand', '=', true)
      .orderBy('received_at')
      .limit(QUEUE_LENGTH_MAX)
      .execute();
    const counted = await this.countedOn(records.map(({ line }) => line));
    return records
      .map((record) => queuedFrom(record, counted, this.policy))
      .sort((a, b) => timeOf(a.dueAt) - timeOf(b.dueAt) || +a.receivedAt - +b.receivedAt);
  }

  /** One of our contacts, in hand or not; undefined where there is none of ours. */
  async findContact(contactId: string): Promise<ContactRecord | undefined> {
    const record = await this.database
      .selectFrom('triage_queue_contact')
      .selectAll()
      .where('key', '=', `contact/${contactId}`)
      .where('ours', '=', true)
      .executeTakeFirst();
    if (!record) return undefined;
    return contactFrom(record, await this.countedOn([record.line]), this.policy);
  }

  /** The contacts that count, on these families' lines. */
  private async countedOn(lines: readonly string[]): Promise<readonly CountedContact[]> {
    const families = [...new Set(lines)].filter((line) => line.startsWith('family/'));
    if (families.length === 0) return [];
    return this.database
      .selectFrom('triage_queue_contact')
      .select(['contact_id', 'line', 'received_at', 'source'])
      .where('line', 'in', families)
      .where('counts', '=', true)
      .execute();
  }
}

type ContactSelected = TriageQueueTables['triage_queue_contact'];
type CountedContact = Pick<ContactSelected, 'contact_id' | 'line' | 'received_at' | 'source'>;

function timeOf(due: Date | null): number {
  return due?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function queuedFrom(
  record: ContactSelected,
  counted: readonly CountedContact[],
  policy: TriagePolicy,
): QueuedContact {
  const rating = ratings.find((known) => known === record.rating) ?? null;
  const task: ContactTask =
    record.decided_at !== null ? 'tell' : rating !== null ? 'decide' : 'rate';
  const receivedAt = record.received_at ?? new Date(0);
  return {
    contactId: record.contact_id,
    tag: record.tag ?? '',
    line: record.line,
    familyId: record.family_id,
    reference: record.reference,
    channel: record.channel,
    source: record.source,
    receivedAt,
    organisation: record.organisation,
    referrer: record.referrer,
    referralId: record.referral_id,
    childIds: record.child_ids,
    rating,
    ratedAt: record.rated_at,
    task,
    dueAt: dueOf(record, task, rating, policy),
    repeats: repeatsOf(record, counted, receivedAt),
  };
}

function dueOf(
  record: ContactSelected,
  task: ContactTask,
  rating: Rating | null,
  policy: TriagePolicy,
): Date | null {
  if (task === 'tell') return record.decided_at && dueAt(record.decided_at, policy.tell, policy);
  const limit = rating === null ? policy.rate : policy.decide[rating];
  const start = limit?.startsAt === 'rated' ? record.rated_at : record.received_at;
  return limit && start && dueAt(start, limit, policy);
}

function repeatsOf(
  record: ContactSelected,
  counted: readonly CountedContact[],
  receivedAt: Date,
): RepeatCount[] {
  const before = counted.filter(
    (other) =>
      other.line === record.line &&
      other.received_at !== null &&
      isBefore(other, record, receivedAt),
  );
  return ([90, 365] as const).map((days) => {
    const earliest = receivedAt.getTime() - days * MS_A_DAY;
    const earlier = before.filter((other) => Number(other.received_at) >= earliest);
    const sources = new Set([record, ...earlier].flatMap((c) => c.source ?? []));
    return { days, earlier: earlier.length, sources: sources.size };
  });
}

/** Of two received at one instant (a day, say), one is the earlier and the other the repeat. */
function isBefore(other: CountedContact, record: ContactSelected, receivedAt: Date): boolean {
  const apart = Number(other.received_at) - receivedAt.getTime();
  return apart < 0 || (apart === 0 && other.contact_id < record.contact_id);
}

function contactFrom(
  record: ContactSelected,
  counted: readonly CountedContact[],
  policy: TriagePolicy,
): ContactRecord {
  const queued = queuedFrom(record, counted, policy);
  return {
    ...queued,
    task: record.in_hand ? queued.task : null,
    dueAt: record.in_hand ? queued.dueAt : null,
    imported: record.imported,
    corrected: record.corrected,
    need: record.need,
    concern: record.concern,
    describedAs: record.described_as,
    callerDetails: record.caller_details,
    wishesAnonymity: record.wishes_anonymity,
    ratings: record.ratings as readonly RatingTold[],
    decision: record.decided_at && {
      outcomes: record.outcomes,
      rationale: record.rationale,
      decidedBy: record.decided_by,
      returnReason: record.return_reason,
      decidedAt: record.decided_at,
    },
    feedback: record.feedback_at && {
      channel: record.feedback_channel,
      words: record.feedback_words,
      givenAt: record.feedback_at,
    },
    inError: record.in_error_at && { reason: record.error_reason, at: record.in_error_at },
  };
}
