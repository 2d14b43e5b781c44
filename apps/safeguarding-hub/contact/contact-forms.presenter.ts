import {
  contactChannels,
  contactOutcomes,
  ratings,
  returnReasons,
  withdrawalReasons,
} from '@common-thread/domain/code-lists';
import type { Role } from '@common-thread/platform/actor';
import type { FormState } from '@common-thread/platform/pages/components';
import {
  checkboxes,
  choicesOf,
  emptyForm,
  radios,
  select,
  textarea,
} from '@common-thread/platform/pages/components';
import { hiddenFields } from '@common-thread/platform/pages/posting';
import {
  channelWords,
  inWords,
  outcomeWords,
  ratingWords,
  returnReasonWords,
  withdrawalReasonWords,
} from '@common-thread/presenting/code-words';
import type { ContactRecord } from '../triage-queue/queries.js';
import type { ContactForm } from './contact.forms.js';
import { decideForm, errorForm, rateForm, tellForm } from './contact.forms.js';

/** The form that is being filled in again, by name, with what was typed. */
export interface OpenForm extends FormState {
  readonly name: string;
}

interface DrawnState extends FormState {
  readonly seen: number;
}

const ratingHints = {
  red: 'A child may be at risk now',
  amber: 'Serious worries that need an answer today',
  green: 'Needs an answer, not today',
  blue: 'No concern for children’s social care',
};

/** The forms beside a contact, as far as it has come and as far as this role may go. */
export function contactFormsView(
  contact: ContactRecord,
  role: Role,
  open: OpenForm | undefined,
  seen: number,
) {
  const stateOf = ({ name }: ContactForm) => ({
    ...(open?.name === name ? open : emptyForm),
    seen,
  });
  if (contact.task === null) return {};
  const decided = contact.decision !== null;
  return {
    ...(decided ? {} : { rate: rateView(contact, stateOf(rateForm)) }),
    ...(decided || contact.rating === null ? {} : decideParts(contact, role, stateOf(decideForm))),
    ...(decided ? { tell: tellView(contact, stateOf(tellForm)) } : {}),
    error: errorView(contact, stateOf(errorForm)),
  };
}

function identity(contact: ContactRecord, form: ContactForm, state: DrawnState) {
  const page = `/contacts/${contact.contactId}`;
  return {
    action: `${page}/${form.step}`,
    form: {
      hidden: hiddenFields(
        { form: form.name, page, tag: contact.tag, seen: state.seen },
        state.typed,
      ),
    },
  };
}

function rateView(contact: ContactRecord, state: DrawnState) {
  return {
    ...identity(contact, rateForm, state),
    heading: contact.rating === null ? 'Rate this contact' : 'Change the rating',
    rating: radios(
      state,
      { field: 'rating', label: 'How soon must the hub act?' },
      choicesOf(ratings, ratingWords).map((choice) => ({
        ...choice,
        hint: inWords(ratingHints, choice.value),
      })),
    ),
    reason: textarea(state, { field: 'ratingReason', label: 'Reason' }, 3),
  };
}

function decideParts(contact: ContactRecord, role: Role, state: DrawnState) {
  if (role !== 'hub-manager') return { waitsForManager: true };
  return {
    decide: {
      ...identity(contact, decideForm, state),
      outcomes: checkboxes(
        state,
        {
          field: 'outcomes',
          label: 'What happens next?',
          hint: 'Choose every outcome that applies.',
        },
        choicesOf(contactOutcomes, outcomeWords),
      ),
      rationale: textarea(
        state,
        {
          field: 'rationale',
          label: 'Rationale',
          hint: 'What was known, what was weighed, and if there is no strategy discussion, why not.',
        },
        6,
      ),
      returnReason:
        contact.referralId !== null &&
        select(
          state,
          {
            field: 'returnReason',
            label: 'If the referral is returned, why?',
            hint: 'Needed unless children’s social care takes it on.',
          },
          choicesOf(returnReasons, returnReasonWords),
        ),
    },
  };
}

function tellView(contact: ContactRecord, state: DrawnState) {
  const drafted = {
    ...state,
    typed: { feedbackChannel: 'phone', words: draftFeedback(contact), ...state.typed },
  };
  return {
    ...identity(contact, tellForm, state),
    heading: contact.referralId === null ? 'Tell whoever got in touch' : 'Tell the referrer',
    channel: select(
      drafted,
      { field: 'feedbackChannel', label: 'How were they told?' },
      choicesOf(
        contactChannels.filter((channel) => channel !== 'extract'),
        channelWords,
      ),
    ),
    words: textarea(
      drafted,
      {
        field: 'words',
        label: 'What were they told?',
        hint: 'The referrer reads these words. A first draft is filled in from the decision.',
      },
      6,
    ),
  };
}

function errorView(contact: ContactRecord, state: DrawnState) {
  return {
    ...identity(contact, errorForm, state),
    isOpen: state.errors.length > 0,
    reason: radios(
      state,
      { field: 'errorReason', label: 'Why was it recorded in error?' },
      choicesOf(withdrawalReasons, withdrawalReasonWords),
    ),
  };
}

/** A start on what to tell the referrer, from the decision's codes alone. */
function draftFeedback({ reference, decision }: ContactRecord): string {
  if (!decision) return '';
  const outcomes = decision.outcomes.map((code) => inWords(outcomeWords, code)).join('; ');
  const because =
    decision.returnReason === null
      ? ''
      : ` This is because ${inWords(returnReasonWords, decision.returnReason)}.`;
  const about = reference ? ` ${reference}` : '';
  return (
    `Thank you for your referral${about}. We have decided: ${outcomes}.${because} ` +
    'If anything changes or you are still worried, ring us.'
  );
}
