import {
  legalHoldGrounds,
  legalHoldLiftReasons,
  recordClasses,
  shreddingDeclineReasons,
  shreddingGrounds,
} from '@common-thread/domain/erasure/code-lists';
import type { Erasure, KeptRecords, PersonErasure } from '@common-thread/platform/erasing';
import type { FormState } from '@common-thread/platform/pages/components';
import {
  checkboxes,
  choicesOf,
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
import { asSentence, inWords } from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import * as words from '@common-thread/presenting/erasure-words';
import type { Step } from './erasure.form.js';
import { classesInWords, erasureInWords, ruleInWords } from './erasures.presenter.js';

export interface OpenErasureForm {
  readonly step: Step;
  readonly state: FormState;
}

interface Shown {
  readonly record: PersonErasure;
  readonly names: DirectoryNames;
  /** Who looks: what they proposed themselves somebody else confirms. */
  readonly officer: string;
  readonly today: string;
}

interface Drawing {
  readonly open: OpenErasureForm | undefined;
  readonly said: string | undefined;
  readonly hiddenFor: (step: Step, state: FormState) => readonly HiddenField[];
}

/** One person: until when their records are kept and by whom, what holds them, and the forms that decide. */
export function personErasureView(shown: Shown, drawing: Drawing) {
  const { record, names, officer, today } = shown;
  const { personId } = record;
  const { open, said, hiddenFor } = drawing;
  const waiting = record.erasures.find(({ confirmed, declined }) => !confirmed && !declined);
  const formOf = (step: Step) => {
    const state = open?.step === step ? open.state : emptyForm;
    const form = { hidden: hiddenFor(step, state) };
    const action = `/erasures/${personId}/${step}`;
    return { state, drawn: { action, form, isOpen: open?.step === step } };
  };
  return {
    back: { href: '/erasures', text: 'Records to erase' },
    errorSummary: errorSummary(open?.state.errors ?? []),
    said,
    personId,
    auditHref: `/audit?subject=${personId}`,
    families: record.familyIds.map((id) => ({ id, href: `/audit?subject=family/${id}` })),
    holds: record.holds.map(({ ground, by, at }) => ({
      ground: asSentence(inWords(words.legalHoldGroundWords, ground)),
      placed: `${instantInWords(new Date(at))} by ${by}`,
    })),
    kept: record.kept.map((kept) => ({
      holder: names.organisation(kept.holder),
      classes: heldInWords(kept),
      until: untilInWords(kept, today),
      rule: kept.due && ruleInWords(kept.due),
    })),
    keys: record.keys.map(({ recordClass, controller, keys, holders }) => ({
      what: asSentence(inWords(words.recordClassWords, recordClass)),
      controller: names.organisation(controller),
      keys: counted(keys, 'key'),
      holders: holders.map((holder) => names.organisation(holder)).join(', ') || 'nobody',
    })),
    erasures: record.erasures.map((erasure) => ({
      ...erasureInWords(erasure, today, names),
      isWaiting: erasure === waiting,
    })),
    waiting: waiting && waitingFor(waiting, officer, formOf),
    isHeld: record.holds.length > 0,
    propose: waiting || record.holds.length > 0 ? undefined : proposing(shown, formOf('propose')),
    hold: holding(record, formOf('hold')),
    lift: record.holds.length === 0 ? undefined : lifting(record, formOf('lift')),
  };
}

type Form = ReturnType<
  (step: Step) => {
    readonly state: FormState;
    readonly drawn: {
      readonly action: string;
      readonly form: { readonly hidden: readonly HiddenField[] };
      readonly isOpen: boolean;
    };
  }
>;

function heldInWords({ recordClasses }: KeptRecords): string {
  return recordClasses.length === 0
    ? 'Nothing that opens'
    : asSentence(classesInWords(recordClasses));
}

function untilInWords({ isOpen, due }: KeptRecords, today: string): string {
  if (isOpen) return 'The work goes on';
  if (!due) return 'Not known: a date of birth is missing';
  const day = calendarDayInWords(due.from);
  return due.from < today ? `Overdue since ${day}` : day;
}

function waitingFor(
  { proposalId, proposed, holds }: Erasure,
  officer: string,
  formOf: (step: Step) => Form,
) {
  const decline = formOf('decline');
  return {
    proposalId,
    isOwn: proposed.by === officer,
    isHeld: holds.length > 0,
    confirm: formOf('confirm').drawn,
    decline: {
      ...decline.drawn,
      reason: radios(
        decline.state,
        { field: 'declineReason', label: 'Why is it not to be erased?' },
        choicesOf(shreddingDeclineReasons, words.shreddingDeclineWords),
      ),
    },
  };
}

function proposing({ record, names }: Shown, { state, drawn }: Form) {
  const holders = new Set([
    ...record.keys.flatMap(({ holders }) => holders),
    ...record.kept.map(({ holder }) => holder),
  ]);
  const held = recordClasses.filter((code) =>
    record.keys.some(({ recordClass }) => recordClass === code),
  );
  return {
    ...drawn,
    isNothingHeld: record.keys.length === 0,
    holder: radios(
      state,
      { field: 'holder', label: 'Whose holding is to end?' },
      [...holders].toSorted().map((value) => ({ value, text: names.organisation(value) })),
    ),
    recordClasses: checkboxes(
      state,
      { field: 'recordClasses', label: 'What is to be erased?', hint: 'Choose all that apply' },
      choicesOf(held, words.recordClassWords),
    ),
    ground: radios(
      state,
      { field: 'ground', label: 'Why?' },
      choicesOf(shreddingGrounds, words.shreddingGroundWords),
    ),
  };
}

function holding({ holds }: PersonErasure, { state, drawn }: Form) {
  const others = legalHoldGrounds.filter((code) => !holds.some(({ ground }) => ground === code));
  return {
    ...drawn,
    ground: radios(
      state,
      { field: 'holdGround', label: 'Why must the records be kept?' },
      choicesOf(others, words.legalHoldGroundWords),
    ),
  };
}

function lifting({ holds }: PersonErasure, { state, drawn }: Form) {
  const placed = legalHoldGrounds.filter((code) => holds.some(({ ground }) => ground === code));
  return {
    ...drawn,
    ground: radios(
      state,
      { field: 'liftGround', label: 'Which hold?' },
      choicesOf(placed, words.legalHoldGroundWords),
    ),
    reason: radios(
      state,
      { field: 'liftReason', label: 'Why is it lifted?' },
      choicesOf(legalHoldLiftReasons, words.legalHoldLiftWords),
    ),
  };
}
