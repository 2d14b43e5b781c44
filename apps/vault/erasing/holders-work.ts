import type { Policy, StreamPolicy } from '@common-thread/disclosure/policy';
import { familyOf, isOpen, stands } from '@common-thread/disclosure/policy';
import type { RecordClass } from '@common-thread/domain/erasure/code-lists';
import type { RetentionClass } from '@common-thread/domain/erasure/retention';
import { retentionOfRecords } from '@common-thread/domain/erasure/retention';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { londonDay } from '@common-thread/domain/london-day';

/** One piece of work of an organisation about a family: a registration, a caseload, a referral, a contact. */
export interface HoldersWork {
  readonly organisation: string;
  readonly recordClass: Exclude<RecordClass, 'identity'>;
  readonly kept: RetentionClass;
  /** London day on which it ended; absent while it goes on. */
  readonly closed?: string;
}

const recordClassOf: Readonly<Record<string, HoldersWork['recordClass']>> = {
  registration: 'centre',
  caseload: 'child-health',
  referral: 'contact',
  contact: 'contact',
};

/** What ends or withdraws work. */
const ENDING: ReadonlySet<RecordedCommonThreadEvent['type']> = new Set([
  'CentreRegistrationEnded',
  'CaseloadEnded',
  'ReferralClosed',
  'FeedbackGiven',
  'ContactRecordedInError',
  'RecordWithdrawn',
]);

/** When work ended and what it came to, as far as the time to keep its records rests on that. */
export class WorkInLog {
  /** By id of the event that ended or withdrew it. */
  readonly #endedOn = new Map<string, string>();
  /** Decisions of a contact that it was a matter of protection, by stream. */
  readonly #enquiries = new Map<string, string[]>();

  fold({ id, type, streamId, data, metadata }: RecordedCommonThreadEvent): void {
    if (ENDING.has(type)) this.#endedOn.set(id, londonDay(metadata.occurredAt));
    if (type !== 'ContactDecided') return;
    if (!data.outcomes.includes('child-protection-enquiry')) return;
    this.#enquiries.set(streamId, [...(this.#enquiries.get(streamId) ?? []), id]);
  }

  /** All that organisations did about a family. */
  about(policy: Policy, familyId: string): readonly HoldersWork[] {
    return [...(policy.streamsOfFamily.get(familyId) ?? [])].flatMap((streamId) => {
      const stream = policy.streams.get(streamId);
      const recordClass = stream && recordClassOf[stream.category];
      if (!recordClass || !stream.author || familyOf(policy, stream) !== familyId) return [];
      const { organisation } = partsOfRecipient(stream.author);
      const kept = this.#isEnquiry(policy, streamId)
        ? 'strategy-enquiry-or-conference'
        : retentionOfRecords[recordClass];
      const closed = this.#closedOn(policy, stream);
      return { organisation, recordClass, kept, ...(closed === undefined ? {} : { closed }) };
    });
  }

  /** The last day on which it ended: what was recorded in error, on the day that was said. */
  #closedOn(policy: Policy, stream: StreamPolicy): string | undefined {
    if (isOpen(policy, stream)) return undefined;
    const { begun, ends } = stream;
    const withdrawal = begun === undefined ? undefined : policy.withdrawnBy.get(begun);
    const ending = [
      ...ends.filter((id) => stands(policy, id)),
      ...(withdrawal === undefined ? [] : [withdrawal]),
    ];
    return ending
      .flatMap((id) => this.#endedOn.get(id) ?? [])
      .toSorted()
      .at(-1);
  }

  #isEnquiry(policy: Policy, streamId: string): boolean {
    return (this.#enquiries.get(streamId) ?? []).some((id) => stands(policy, id));
  }
}
