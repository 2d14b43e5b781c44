import type { Contribution } from '@common-thread/projecting/contributions';
import { fieldsOf, lastNamed, standing, tagOf } from '@common-thread/projecting/contributions';
import { currentLine } from '@common-thread/projecting/family-history/placement';
import { textOf, textsOf } from '@common-thread/projecting/fields';
import { contributionTable, defineReadModel } from '@common-thread/projecting/read-model';
import { idOfSubject, isOwn } from '@common-thread/projecting/told-row';

export type ReferralStatus =
  'raised' | 'acknowledged' | 'accepted' | 'returned' | 'closed' | 'withdrawn';

/** Referrals told to us as who raised them, whatever became of our entitlement to the family. */
export const referralTable = contributionTable({
  name: 'our_referrals_referral',
  columns: {
    referral_id: 'text',
    line: 'text',
    tag: 'text?',
    status: 'text',
    reference: 'text?',
    child_ids: 'texts',
    need: 'text?',
    level: 'text?',
    to_recipient: 'text?',
    raised_by: 'text?',
    /** Box. */
    concern: 'text?',
    raised_at: 'instant?',
    acknowledged_at: 'instant?',
    answered_at: 'instant?',
    /** `accepted` or `returned`. */
    answer: 'text?',
    outcomes: 'texts',
    return_reason: 'text?',
    told_at: 'instant?',
    closed_at: 'instant?',
    contact_id: 'text?',
  },
  indexes: ['raised_at desc'],
  keysOf: ({ origin, originName }) =>
    isOwn(origin) && originName.startsWith('referral.') ? [origin.subject] : [],
  columnsOf: (held, subject) => {
    const raised = lastNamed(held, 'referral.raised');
    const fields = fieldsOf(raised);
    return {
      referral_id: idOfSubject('referral', subject) ?? subject,
      line: held[0]?.line ?? '',
      tag: tagOf(subject, held),
      status: statusOf(held),
      reference: textOf(fields, 'reference'),
      child_ids: textsOf(fields, 'childIds'),
      need: textOf(fields, 'need'),
      level: textOf(fields, 'level'),
      to_recipient: textOf(fields, 'to'),
      raised_by: textOf(fields, 'recordedBy'),
      concern: textOf(fields, 'concern'),
      raised_at: raised?.occurredAt ?? null,
      ...answerOf(held),
    };
  },
});

function statusOf(held: readonly Contribution[]): ReferralStatus {
  if (!lastNamed(held, 'referral.raised')) return 'withdrawn';
  const last = lastNamed(held, ...Object.keys(statusAfter));
  return (last && statusAfter[last.name]) ?? 'raised';
}

const statusAfter: Readonly<Record<string, ReferralStatus>> = {
  'referral.acknowledged': 'acknowledged',
  'referral.accepted': 'accepted',
  'referral.returned': 'returned',
  'referral.closed': 'closed',
};

function answerOf(held: readonly Contribution[]) {
  const acknowledged = lastNamed(held, 'referral.acknowledged');
  const answered = lastNamed(held, 'referral.accepted', 'referral.returned');
  const told = lastNamed(held, 'referral.referrer-told');
  const closed = lastNamed(held, 'referral.closed');
  const contactIds = standing(held).map((c) => textOf(fieldsOf(c), 'contactId'));
  return {
    acknowledged_at: acknowledged?.occurredAt ?? null,
    answered_at: answered?.occurredAt ?? null,
    answer: answered ? (answered.name === 'referral.accepted' ? 'accepted' : 'returned') : null,
    outcomes: textsOf(fieldsOf(answered), 'outcomes'),
    return_reason: textOf(fieldsOf(answered), 'reason'),
    told_at: told?.occurredAt ?? null,
    closed_at: closed?.occurredAt ?? null,
    contact_id: contactIds.findLast((id) => id !== null) ?? null,
  };
}

/** The hub's contacts behind our referrals, as far as a referrer is told. */
export const contactTable = contributionTable({
  name: 'our_referrals_contact',
  columns: {
    contact_id: 'text',
    line: 'text',
    referral_id: 'text?',
    received_at: 'instant?',
    outcomes: 'texts',
    return_reason: 'text?',
    decided_at: 'instant?',
    feedback_channel: 'text?',
    /** Box. */
    feedback_words: 'text?',
    feedback_at: 'instant?',
    in_error_at: 'instant?',
  },
  indexes: ['referral_id'],
  keysOf: ({ origin, originName }) =>
    isOwn(origin) && originName.startsWith('contact.') ? [origin.subject] : [],
  columnsOf: (held, subject) => {
    const received = lastNamed(held, 'contact.received');
    const decided = lastNamed(held, 'contact.decided');
    const feedback = lastNamed(held, 'contact.feedback-given');
    const error = lastNamed(held, 'contact.recorded-in-error');
    const rows = held.map((c) => ({ ...c, stands: c.fields !== null }));
    return {
      contact_id: idOfSubject('contact', subject) ?? subject,
      line: currentLine(subject, rows),
      referral_id: textOf(fieldsOf(received), 'referralId'),
      received_at: received?.occurredAt ?? null,
      outcomes: textsOf(fieldsOf(decided), 'outcomes'),
      return_reason: textOf(fieldsOf(decided), 'returnReason'),
      decided_at: decided?.occurredAt ?? null,
      feedback_channel: textOf(fieldsOf(feedback), 'channel'),
      feedback_words: textOf(fieldsOf(feedback), 'words'),
      feedback_at: feedback?.occurredAt ?? null,
      in_error_at: error?.occurredAt ?? null,
    };
  },
});

export const ourReferrals = defineReadModel({
  name: 'our-referrals',
  version: 1,
  matters: ['referral', 'contact'],
  tables: [referralTable, contactTable],
});
