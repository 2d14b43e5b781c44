import type { FormState } from '@common-thread/platform/pages/components';
import {
  choicesOf,
  dateInput,
  errorSummary,
  input,
  radios,
  textarea,
} from '@common-thread/platform/pages/components';
import {
  calendarDayInWords,
  counted,
  instantInWords,
} from '@common-thread/platform/pages/london-time';
import type { HiddenField } from '@common-thread/platform/pages/posting';
import type { ListedRequest, RequestDetail } from '@common-thread/platform/subject-access';
import { subjectAccessAskers } from '@common-thread/platform/subject-access';
import { asSentence } from '@common-thread/presenting/code-words';
import { askerWords } from '@common-thread/presenting/subject-access/copy-words';
import type { Step } from './copies.form.js';

const back = { href: '/copies', text: 'Copies of records' };

/** Requests that wait for a copy, the soonest due first, and those of which one was made. */
export function copiesView(requests: readonly ListedRequest[], today: string) {
  const waiting = requests.filter(({ madeAt }) => madeAt === undefined);
  const overdue = waiting.filter(({ dueOn }) => dueOn < today).length;
  return {
    summary:
      waiting.length === 0
        ? 'No request waits for a copy.'
        : `${counted(waiting.length, 'request')} without a copy yet, ${overdue} overdue.`,
    waiting: waiting.map((request) => rowOf(request, today)),
    made: requests
      .filter(({ madeAt }) => madeAt !== undefined)
      .map((request) => rowOf(request, today)),
  };
}

function rowOf(request: ListedRequest, today: string) {
  const { askedBy, dueOn, madeAt, personId, receivedOn, requestId } = request;
  return {
    href: hrefOf(requestId),
    personId,
    askedBy: asSentence(askerWords[askedBy]),
    receivedOn: calendarDayInWords(receivedOn),
    dueOn: calendarDayInWords(dueOn),
    isOverdue: madeAt === undefined && dueOn < today,
    madeAt: madeAt && instantInWords(new Date(madeAt)),
  };
}

/** The form by which a request is recorded, for somebody found before. */
export function requestView(personId: string, state: FormState, hidden: readonly HiddenField[]) {
  return {
    back,
    errorSummary: errorSummary(state.errors),
    personId,
    form: { hidden },
    askedBy: radios(
      state,
      { field: 'askedBy', label: 'For whom is the copy?' },
      choicesOf(subjectAccessAskers, askerWords),
    ),
    receivedOn: dateInput(state, {
      field: 'receivedOn',
      label: 'When did the request reach us?',
      hint: 'However it came: by letter, by email or said to somebody. Like 27 3 2026',
    }),
    reason: textarea(
      state,
      {
        field: 'reason',
        label: 'What did they ask for, and how do you know who they are?',
        hint: 'Kept sealed. Say also by what somebody may act for the person',
      },
      4,
    ),
  };
}

export interface OpenMatterForm {
  readonly step: Step | 'copy';
  readonly state: FormState;
}

interface Drawing {
  readonly open: OpenMatterForm | undefined;
  readonly said: string | undefined;
  readonly hiddenFor: (step: OpenMatterForm['step']) => readonly HiddenField[];
}

/** One request: by when, what is left out of it, and the files of its copy. */
export function copyRequestView(
  request: RequestDetail,
  { hiddenFor, open, said }: Drawing,
  today: string,
) {
  const { officer, requestId, leftOut } = request;
  const typed = open?.step === 'leave-out' ? open.state.typed : {};
  const action = hrefOf(requestId);
  return {
    back,
    errorSummary: errorSummary(open?.state.errors ?? []),
    said,
    ...rowOf(request, today),
    officer,
    auditHref: `/audit?subject=${request.personId}`,
    withheldHref: `${action}/withheld`,
    action,
    copy: { hidden: hiddenFor('copy') },
    leaveOut: {
      hidden: hiddenFor('leave-out'),
      number: input(
        { typed, errors: open?.step === 'leave-out' ? open.state.errors : [] },
        {
          field: 'number',
          label: 'Number of the referral or contact to leave out',
          hint: 'Like CT-4F7K-29QD',
        },
        { classes: 'govuk-input--width-10', spellcheck: false, autocomplete: 'off' },
      ),
    },
    give: { hidden: hiddenFor('give') },
    leftOut: leftOut.map(({ at, by, number }) => ({
      number,
      said: `${instantInWords(new Date(at))} by ${by}`,
    })),
  };
}

export function hrefOf(requestId: string): string {
  return `/copies/${requestId}`;
}
