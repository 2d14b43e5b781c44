import type { HistoryLine } from '@common-thread/adapters/postgres/history-reader';
import { textOf, textsOf } from '@common-thread/projecting/fields';
import * as words from './code-words.js';
import { asSentence, inWords } from './code-words.js';
import * as sharing from './sharing-words.js';

/** One told event in words, before its boxes are opened and its people named. */
export interface LineInWords {
  readonly heading: string;
  /** Whose doing it was where the line names nobody: the hub answers referrals. */
  readonly by?: 'hub' | 'service';
  /** Codes in words, label first. */
  readonly facts?: readonly (readonly [label: string, words: string])[];
  /** Short personal fields, shown among the facts. */
  readonly shorts?: readonly (readonly [field: string, label: string])[];
  /** Narratives in the order they are read, with their labels. */
  readonly texts?: readonly (readonly [field: string, label: string])[];
}

type Fields = NonNullable<HistoryLine['fields']>;
type InWords = (fields: Fields) => LineInWords;

/** The words for every public event that can stand in a family's history. */
const lines: Readonly<Record<string, InWords>> = {
  'child.born': () => ({
    heading: 'Birth recorded',
    shorts: [['dateOfBirth', 'Date of birth']],
  }),
  'membership.began': () => ({
    heading: 'Joined the family',
    shorts: [
      ['address', 'Address'],
      ['postcode', 'Postcode'],
    ],
  }),
  'address.changed': () => ({
    heading: 'Moved to another address',
    shorts: [
      ['address', 'Address'],
      ['postcode', 'Postcode'],
    ],
  }),
  'membership.ended': () => ({ heading: 'Left the family' }),
  'registration.began': () => ({ heading: 'Registered at a children’s centre' }),
  'registration.ended': (fields) => ({
    heading: 'Registration at a children’s centre ended',
    facts: optional('Reason', words.registrationEndWords, textOf(fields, 'reason')),
  }),
  'session.attended': (fields) => ({
    heading: 'Came to a children’s centre session',
    facts: optional('Activity', words.activityWords, textOf(fields, 'activity')),
    texts: [['note', 'Note']],
  }),
  'child.not-brought': (fields) => ({
    heading: 'Was not brought to a children’s centre session',
    facts: optional('Activity', words.activityWords, textOf(fields, 'activity')),
    texts: [['note', 'Note']],
  }),
  'caseload.began': () => ({ heading: 'Came onto the health visiting caseload' }),
  'caseload.ended': (fields) => ({
    heading: 'Left the health visiting caseload',
    facts: optional('Reason', words.caseloadEndWords, textOf(fields, 'reason')),
  }),
  'review.held': (fields) => ({
    heading: `${inWords(words.reviewWords, textOf(fields, 'review'))} held`,
    facts: optional('Where', words.reviewPlaceWords, textOf(fields, 'place')),
    texts: [['note', 'Note']],
  }),
  'review.missed': (fields) => ({
    heading: `${inWords(words.reviewWords, textOf(fields, 'review'))} missed`,
    facts: optional('Reason', words.reviewMissedWords, textOf(fields, 'reason')),
    texts: [['note', 'Note']],
  }),
  'referral.raised': referralRaised,
  'referral.acknowledged': () => ({ heading: 'The hub has the referral', by: 'hub' }),
  'referral.accepted': (fields) => ({
    heading: 'The hub accepted the referral',
    by: 'hub',
    facts: outcomes(fields),
  }),
  'referral.returned': (fields) => ({
    heading: 'The hub returned the referral',
    by: 'hub',
    facts: [
      ...outcomes(fields),
      ...optional('Reason', words.returnReasonWords, textOf(fields, 'reason')),
    ],
  }),
  'referral.referrer-told': () => ({
    heading: 'Whoever referred was told the outcome',
    by: 'hub',
  }),
  'referral.closed': () => ({ heading: 'The referral was closed', by: 'hub' }),
  'contact.received': contactReceived,
  'contact.anonymity-requested': () => ({
    heading: 'Whoever got in touch asked to stay anonymous',
    by: 'hub',
  }),
  'contact.linked': () => ({ heading: 'The contact was linked to this family', by: 'hub' }),
  'contact.rated': (fields) => rated('The contact was rated', fields),
  'contact.rerated': (fields) => rated('The contact was rated again', fields),
  'contact.decided': (fields) => ({
    heading: 'The hub decided what happens next',
    by: 'hub',
    facts: [
      ...outcomes(fields),
      ...optional('Returned because', words.returnReasonWords, textOf(fields, 'returnReason')),
    ],
    texts: [['rationale', 'Rationale']],
  }),
  'contact.feedback-given': (fields) => ({
    heading: 'Whoever got in touch was told the outcome',
    by: 'hub',
    facts: optional('How', words.channelWords, textOf(fields, 'channel')),
    texts: [['words', 'What they were told']],
  }),
  'contact.recorded-in-error': (fields) => ({
    heading: 'The contact was recorded in error',
    by: 'hub',
    facts: optional('Because', words.withdrawalReasonWords, textOf(fields, 'reason')),
  }),
  'family.restricted': (fields) => ({
    heading: 'The record was restricted',
    by: 'hub',
    facts: [
      ...optional('Because of', words.restrictionGroundWords, textOf(fields, 'ground')),
      ...optional('Agreed by', words.restrictionAuthorityWords, textOf(fields, 'authority')),
      ...optional('Speak to', words.restrictionEnquiryWords, textOf(fields, 'speakTo')),
    ],
  }),
  'restriction.reviewed': (fields) => ({
    heading: 'The restriction was reviewed and kept up',
    by: 'hub',
    facts: optional('Agreed by', words.restrictionAuthorityWords, textOf(fields, 'authority')),
  }),
  'restriction.lifted': (fields) => ({
    heading: 'The restriction was lifted',
    by: 'hub',
    facts: optional('Because', words.restrictionLiftWords, textOf(fields, 'reason')),
  }),
  'sharing.decided': (fields) => ({
    heading: 'The hub shared something of this family',
    by: 'hub',
    facts: [
      ...optional('With', sharing.agencyKindWords, textOf(fields, 'agency')),
      ...optional('How', words.channelWords, textOf(fields, 'channel')),
      ...optional('Consent', sharing.sharingConsentWords, textOf(fields, 'consent')),
      ...optional(
        'All the same because',
        words.groundNotInformedWords,
        textOf(fields, 'groundOverridden'),
      ),
    ],
    texts: [
      ['reason', 'Why'],
      ['words', 'What was sent'],
    ],
  }),
  'sharing.declined': (fields) => ({
    heading: 'The hub decided not to share',
    by: 'hub',
    facts: [
      ...optional('With', sharing.agencyKindWords, textOf(fields, 'agency')),
      ...optional('Because', sharing.reasonNotToShareWords, textOf(fields, 'because')),
    ],
    texts: [['reason', 'Why']],
  }),
  'sharing.views-recorded': (fields) => ({
    heading: 'The family’s views were recorded',
    by: 'hub',
    facts: [
      ...optional('Of', sharing.whoseViewsWords, textOf(fields, 'whose')),
      ...optional('What they know', words.parentsInformedWords, textOf(fields, 'informed')),
      ...optional(
        'Not told because',
        words.groundNotInformedWords,
        textOf(fields, 'groundNotInformed'),
      ),
    ],
    texts: [['words', 'What they said']],
  }),
  'sharing.consent-recorded': (fields) => ({
    heading: 'The family consented to sharing',
    by: 'hub',
    facts: optional('Given by', sharing.whoseViewsWords, textOf(fields, 'whose')),
    texts: [['words', 'What was asked and said']],
  }),
  'sharing.consent-withdrawn': () => ({ heading: 'Consent to sharing was withdrawn', by: 'hub' }),
  'address.made-confidential': (fields) => ({
    heading: 'The address was made confidential',
    facts: optional('Because of', sharing.addressConfidentialityWords, textOf(fields, 'ground')),
  }),
  'address.confidentiality-ended': (fields) => ({
    heading: 'The address is confidential no longer',
    facts: optional('Because', sharing.addressConfidentialityEndWords, textOf(fields, 'reason')),
  }),
  'involvement.began': () => ({ heading: 'Another service became involved', by: 'service' }),
  'involvement.ended': () => ({ heading: 'Another service is no longer involved', by: 'service' }),
};

/**
 * Told for the page beside the history: who is in the family, and which reviews are planned. That a family
 * is shared is no part of what happened to it.
 */
const besideHistory = new Set([
  'person.registered',
  'relationship.recorded',
  'review.due',
  'family.shared',
]);

/** Undefined where the line has no place in a history. An event we have no words for is named as it came. */
export function lineInWords(line: Pick<HistoryLine, 'name' | 'fields'>): LineInWords | undefined {
  if (besideHistory.has(line.name)) return undefined;
  const say = Object.hasOwn(lines, line.name) ? lines[line.name] : undefined;
  return say?.(line.fields ?? {}) ?? { heading: line.name.replaceAll(/[.-]/g, ' ') };
}

function referralRaised(fields: Fields): LineInWords {
  const informed = textOf(fields, 'parentsInformed');
  return {
    heading: 'Referred to the safeguarding hub',
    facts: [
      ...plain('Reference', textOf(fields, 'reference')),
      ...optional('Main need', words.needWords, textOf(fields, 'need')),
      ...optional('Level', words.levelWords, textOf(fields, 'level')),
      ...optional('What it rests on', words.statementWords, textOf(fields, 'statement')),
      ...optional('Parents', words.parentsInformedWords, informed),
      ...optional('Because', words.groundNotInformedWords, textOf(fields, 'groundNotInformed')),
    ],
    texts: [
      ['concern', 'What the worry is'],
      ['supportTried', 'Support tried'],
      ['safeContact', 'How to contact the family safely'],
      ['referrerContact', 'Who to ring'],
    ],
  };
}

function contactReceived(fields: Fields): LineInWords {
  return {
    heading: 'Contact with the safeguarding hub',
    by: 'hub',
    facts: [
      ...plain('Reference', textOf(fields, 'reference')),
      ...optional('From', words.sourceWords, textOf(fields, 'source')),
      ...optional('By', words.channelWords, textOf(fields, 'channel')),
      ...optional('Main need', words.needWords, textOf(fields, 'need')),
    ],
    texts: [
      ['concern', 'What the worry is'],
      ['describedAs', 'Who it is about, as described'],
      ['callerDetails', 'Who got in touch'],
    ],
  };
}

function rated(heading: string, fields: Fields): LineInWords {
  return {
    heading,
    by: 'hub',
    facts: [
      ...optional('Rating', words.ratingWords, textOf(fields, 'rating')),
      ...optional('Rated before', words.ratingWords, textOf(fields, 'previous')),
    ],
    texts: [['reason', 'Reason']],
  };
}

function outcomes(fields: Fields): [string, string][] {
  const told = textsOf(fields, 'outcomes').map((code) => inWords(words.outcomeWords, code));
  return told.length === 0 ? [] : [[told.length > 1 ? 'Outcomes' : 'Outcome', told.join('; ')]];
}

function optional(
  label: string,
  list: Readonly<Record<string, string>>,
  code: string | null,
): [string, string][] {
  return code === null ? [] : [[label, asSentence(inWords(list, code))]];
}

function plain(label: string, text: string | null): [string, string][] {
  return text === null ? [] : [[label, text]];
}
