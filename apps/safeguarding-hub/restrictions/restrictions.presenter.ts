import {
  restrictionAuthorities,
  restrictionEnquiries,
  restrictionGrounds,
  restrictionLiftReasons,
} from '@common-thread/domain/code-lists';
import type { FormState } from '@common-thread/platform/pages/components';
import {
  choicesOf,
  dateInput,
  emptyForm,
  errorSummary,
  radios,
} from '@common-thread/platform/pages/components';
import {
  calendarDayInWords,
  counted,
  instantInWords,
} from '@common-thread/platform/pages/london-time';
import type { HiddenField } from '@common-thread/platform/pages/posting';
import {
  asSentence,
  inWords,
  restrictionAuthorityWords,
  restrictionEnquiryWords,
  restrictionGroundWords,
  restrictionLiftWords,
} from '@common-thread/presenting/code-words';
import type { RestrictedRecord } from './queries.js';
import type { RestrictionForm } from './restriction.form.js';

const DAY_MS = 86_400_000;

/** The restrictions this hub keeps, the review longest overdue or due first at the top. */
export function restrictionsView(records: readonly RestrictedRecord[], today: string) {
  const overdue = records.filter(({ reviewOn }) => (reviewOn ?? today) < today).length;
  return {
    summary:
      records.length === 0
        ? 'No record is restricted.'
        : `${counted(records.length, 'record')} restricted, ${counted(overdue, 'review')} overdue.`,
    rows: records.map((record) => ({
      href: `/restrictions/${record.familyId}`,
      name: nameOf(record.references),
      due: dueInWords(record.reviewOn, today),
      ground: asSentence(inWords(restrictionGroundWords, record.ground)),
      authority: inWords(restrictionAuthorityWords, record.authority),
      speakTo: inWords(restrictionEnquiryWords, record.speakTo),
    })),
  };
}

function dueInWords(reviewOn: string | null, today: string) {
  if (reviewOn === null) return { overdue: false, text: 'Not said' };
  const days = Math.round((Date.parse(today) - Date.parse(reviewOn)) / DAY_MS);
  if (days <= 0) return { overdue: false, text: calendarDayInWords(reviewOn) };
  return {
    overdue: true,
    text: `${calendarDayInWords(reviewOn)}, ${counted(days, 'day')} overdue`,
  };
}

/** What a family is called where nothing of it is opened: by the hub's own contacts about it. */
export function nameOf(references: readonly string[]): string {
  return references.length === 0
    ? 'A family without a contact of ours'
    : `The family of contact ${references.join(', ')}`;
}

export interface OpenRestrictionForm {
  readonly step: RestrictionForm['step'];
  readonly state: FormState;
}

/** One family's restriction: what is in force, and the forms that change it. */
export function restrictionView(
  {
    familyId,
    references,
    restricted,
  }: {
    readonly familyId: string;
    readonly references: readonly string[];
    readonly restricted: RestrictedRecord | undefined;
  },
  open: OpenRestrictionForm | undefined,
  hiddenFor: (step: RestrictionForm['step'], state: FormState) => readonly HiddenField[],
  said: string | undefined,
) {
  const stateOf = (step: RestrictionForm['step']) =>
    open?.step === step ? open.state : emptyForm;
  const formOf = (step: RestrictionForm['step']) => ({
    action: `/restrictions/${familyId}/${step}`,
    form: { hidden: hiddenFor(step, stateOf(step)) },
  });
  const [restrict, review, lift] = [stateOf('restrict'), stateOf('review'), stateOf('lift')];
  return {
    back: { href: '/restrictions', text: 'Restricted records' },
    errorSummary: errorSummary(open?.state.errors ?? []),
    name: nameOf(references),
    said,
    inForce: restricted && {
      ground: asSentence(inWords(restrictionGroundWords, restricted.ground)),
      authority: asSentence(inWords(restrictionAuthorityWords, restricted.authority)),
      speakTo: asSentence(inWords(restrictionEnquiryWords, restricted.speakTo)),
      reviewOn:
        restricted.reviewOn === null ? 'not said' : calendarDayInWords(restricted.reviewOn),
      since: restricted.restrictedAt && instantInWords(restricted.restrictedAt),
      isOurs: restricted.ours,
    },
    restrict: restricted
      ? undefined
      : {
          ...formOf('restrict'),
          ground: radios(
            restrict,
            { field: 'ground', label: 'Why is the record restricted?' },
            choicesOf(restrictionGrounds, restrictionGroundWords),
          ),
          authority: authorityOf(restrict, 'authority'),
          speakTo: radios(
            restrict,
            { field: 'speakTo', label: 'Whom do others at the hub speak to?' },
            choicesOf(restrictionEnquiries, restrictionEnquiryWords),
          ),
          reviewOn: reviewOn(restrict),
        },
    review: restricted?.ours && {
      ...formOf('review'),
      authority: authorityOf(review, 'reviewAuthority'),
      reviewOn: reviewOn(review),
    },
    lift: restricted?.ours && {
      ...formOf('lift'),
      isOpen: open?.step === 'lift',
      reason: radios(
        lift,
        { field: 'reason', label: 'Why is it lifted?' },
        choicesOf(restrictionLiftReasons, restrictionLiftWords),
      ),
    },
  };
}

function authorityOf(state: FormState, field: string) {
  const question = { field, label: 'Who agreed to it?' };
  return radios(state, question, choicesOf(restrictionAuthorities, restrictionAuthorityWords));
}

function reviewOn(state: FormState) {
  return dateInput(state, {
    field: 'reviewOn',
    label: 'When is the next review?',
    hint: 'Within 90 days, like 27 3 2027',
  });
}
