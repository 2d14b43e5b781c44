import type { FamilyHistory } from '@common-thread/adapters/postgres/family-history-reader';
import type { Role } from '@common-thread/platform/actor';
import { errorSummary } from '@common-thread/platform/pages/components';
import { instantInWords } from '@common-thread/platform/pages/london-time';
import { textOf } from '@common-thread/projecting/fields';
import {
  asSentence,
  channelWords,
  inWords,
  needWords,
  outcomeWords,
  returnReasonWords,
  sourceWords,
  withdrawalReasonWords,
} from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { familyLabel } from '@common-thread/presenting/family-label';
import { askForHistory, historyEntries } from '@common-thread/presenting/history-entries';
import {
  askForHousehold,
  householdView,
  peopleNames,
} from '@common-thread/presenting/household-view';
import type { OpenedBoxes, PageReveal } from '@common-thread/presenting/page-reveal';
import { shown } from '@common-thread/presenting/page-reveal';
import type { ContactRecord } from '../triage-queue/queries.js';
import {
  fromInWords,
  ratingTag,
  repeatsInWords,
  taskInWords,
  timeLeft,
} from '../triage-queue/triage-queue.presenter.js';
import type { OpenForm } from './contact-forms.presenter.js';
import { contactFormsView } from './contact-forms.presenter.js';

/** What one contact's page is drawn from. */
export interface ContactParts {
  readonly contact: ContactRecord;
  /** Undefined only where nothing at all is told of its line yet. */
  readonly history: FamilyHistory | undefined;
  readonly open: OpenForm | undefined;
  /** Highest sequence the reader had seen when the form was drawn, where it has changed since. */
  readonly changedSince: number | undefined;
  readonly wasKept: boolean;
  /** A change was recorded that this page does not show yet. */
  readonly isBehind: boolean;
  readonly earlier: boolean;
}

/** Asks for every box the page of a contact shows: its own and its household's history. */
export function askForContact(reveal: PageReveal, { contact, history }: ContactParts): void {
  const { line } = contact;
  reveal.ask(line, 'concern', contact.concern);
  reveal.ask(line, 'describedAs', contact.describedAs);
  reveal.ask(line, 'callerDetails', contact.callerDetails);
  for (const { reason } of contact.ratings) reveal.ask(line, 'reason', reason);
  reveal.ask(line, 'rationale', contact.decision?.rationale ?? null);
  reveal.ask(line, 'words', contact.feedback?.words ?? null);
  if (history?.household) askForHousehold(reveal, history.household);
  if (history) askForHistory(reveal, line, history.lines);
}

export interface ContactReader {
  readonly role: Role;
  readonly id: string;
  readonly now: Date;
  readonly today: string;
}

/** A contact with the household's history beside it and the forms that take it further. */
export function contactView(
  parts: ContactParts,
  opened: OpenedBoxes,
  names: DirectoryNames,
  reader: ContactReader,
) {
  const { contact, history, open } = parts;
  const { line } = contact;
  const household = history?.household ?? null;
  const people = household ? peopleNames(household, opened) : new Map<string, string>();
  const entries = historyEntries(history?.lines ?? [], { line, opened, names, people });
  const path = `/contacts/${contact.contactId}`;
  // What this contact is and has come to stands beside its history, not in it.
  const own = new Set(ownLines(parts).map(({ id }) => `line-${id}`));
  return {
    back: { href: '/', text: 'Contacts in hand' },
    namesUnavailable: !opened.reachable,
    incomplete: history?.incomplete ?? false,
    wasKept: parts.wasKept,
    isBehind: parts.isBehind,
    reference: contact.reference ?? 'without a reference',
    errorSummary: open && errorSummary(open.errors),
    ...headline(contact, names, reader.now),
    restrictionHref:
      reader.role === 'hub-manager' && contact.familyId !== null
        ? `/restrictions/${contact.familyId}`
        : undefined,
    needToKnowHref: contact.familyId === null ? undefined : `/need-to-know/${contact.familyId}`,
    viewingsHref: reader.role === 'hub-manager' ? `${path}/viewings` : undefined,
    familyName: household
      ? familyLabel(line, household.members, opened, reader.today).name
      : undefined,
    about: contact.childIds.map((id) => people.get(id) ?? 'Somebody not shown here'),
    linkHref: contact.familyId === null && contact.task !== null ? `${path}/link` : undefined,
    facts: factsOf(contact, names),
    texts: textsOf(parts, opened),
    ratings: contact.ratings.map(({ rating, reason, ratedAt }) => ({
      rating: rating ?? 'not said',
      at: instantInWords(new Date(ratedAt)),
      reason: shown(opened.of(line, 'reason', reason)),
    })),
    decision: decisionOf(contact, opened, reader.id),
    feedback: feedbackOf(contact, opened),
    inError: contact.inError && {
      at: instantInWords(contact.inError.at),
      reason: inWords(withdrawalReasonWords, contact.inError.reason),
    },
    changes: changesSince(parts, entries),
    forms: contactFormsView(contact, reader.role, open, highestSeen(parts)),
    household: household && householdView(household, opened, names, reader.today),
    history: entries.filter(({ id }) => !own.has(id)),
    latestHref: parts.earlier ? path : undefined,
    earlierHref: history?.next ? `${path}?before=${encodeURIComponent(history.next)}` : undefined,
  };
}

function headline(contact: ContactRecord, names: DirectoryNames, now: Date) {
  return {
    rating: ratingTag(contact.rating),
    task: taskInWords(contact.task),
    time: contact.task === null ? undefined : timeLeft(contact.dueAt, now),
    from: fromInWords(contact, names),
    repeats: repeatsInWords(contact.repeats),
  };
}

function factsOf(contact: ContactRecord, names: DirectoryNames) {
  return [
    { label: 'Received', text: instantInWords(contact.receivedAt) },
    { label: 'From', text: fromInWords(contact, names) },
    { label: 'Source', text: inWords(sourceWords, contact.source) },
    { label: 'By', text: asSentence(inWords(channelWords, contact.channel)) },
    ...(contact.wishesAnonymity
      ? [{ label: 'Anonymity', text: 'Asked for: tell nobody who got in touch' }]
      : []),
    ...(contact.need ? [{ label: 'Main need', text: inWords(needWords, contact.need) }] : []),
  ];
}

/** The contact's own words; those of the referral behind it, which stay with the referral. */
function textsOf({ contact, history }: ContactParts, opened: OpenedBoxes) {
  const { line, referralId } = contact;
  const raised = history?.lines.find(
    ({ name, subject }) => name === 'referral.raised' && subject === `referral/${referralId}`,
  );
  const own = [
    ['What the worry is', 'concern', contact.concern ?? textOf(raised?.fields, 'concern')],
    ['Support tried', 'supportTried', textOf(raised?.fields, 'supportTried')],
    ['How to contact the family safely', 'safeContact', textOf(raised?.fields, 'safeContact')],
    ['Who it is about, as described', 'describedAs', contact.describedAs],
    ['Who got in touch', 'callerDetails', contact.callerDetails],
    ['Who to ring', 'referrerContact', textOf(raised?.fields, 'referrerContact')],
  ] as const;
  return own.flatMap(([label, field, box]) => {
    const text = shown(opened.of(line, field, box));
    return text === undefined ? [] : [{ label, text }];
  });
}

function decisionOf({ line, decision }: ContactRecord, opened: OpenedBoxes, readerId: string) {
  return (
    decision && {
      at: instantInWords(decision.decidedAt),
      by: decision.decidedBy === readerId ? 'you' : 'a hub manager',
      outcomes: decision.outcomes.map((code) => inWords(outcomeWords, code)),
      returned:
        decision.returnReason === null
          ? undefined
          : inWords(returnReasonWords, decision.returnReason),
      rationale: shown(opened.of(line, 'rationale', decision.rationale)),
    }
  );
}

function feedbackOf({ line, feedback }: ContactRecord, opened: OpenedBoxes) {
  return (
    feedback && {
      at: instantInWords(feedback.givenAt),
      how: inWords(channelWords, feedback.channel),
      words: shown(opened.of(line, 'words', feedback.words)),
    }
  );
}

/** Lines of the contact itself and of the referral behind it. */
function ownLines({ contact, history }: ContactParts) {
  const subjects = [`contact/${contact.contactId}`, `referral/${contact.referralId ?? ''}`];
  return (history?.lines ?? []).filter(({ subject }) => subjects.includes(subject));
}

function highestSeen(parts: ContactParts): number {
  return Math.max(0, ...ownLines(parts).map(({ sequence }) => sequence));
}

/** What happened to the contact while a form was being filled in. */
function changesSince(parts: ContactParts, entries: ReturnType<typeof historyEntries>) {
  const since = parts.changedSince;
  if (since === undefined) return undefined;
  const fresh = new Set(
    ownLines(parts).flatMap(({ id, sequence }) => (sequence > since ? [`line-${id}`] : [])),
  );
  return entries.filter(({ id }) => fresh.has(id));
}
