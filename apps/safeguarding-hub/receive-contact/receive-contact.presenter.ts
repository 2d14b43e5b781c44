import { contactChannels, contactSources, primaryNeeds } from '@common-thread/domain/code-lists';
import type { FormState } from '@common-thread/platform/pages/components';
import {
  checkboxes,
  choicesOf,
  errorSummary,
  select,
  textarea,
} from '@common-thread/platform/pages/components';
import { hiddenFields } from '@common-thread/platform/pages/posting';
import { channelWords, needWords, sourceWords } from '@common-thread/presenting/code-words';
import { matchedChild, WISHED } from './receive-contact.form.js';

export const RECEIVE_CONTACT = 'receive-contact';

/** Channels by which a person at the hub takes a contact; extracts are loaded, not typed. */
const taken = contactChannels.filter((channel) => channel !== 'extract' && channel !== 'form');

export function receiveContactView(state: FormState, wasKept: boolean) {
  const matched = matchedChild(state.typed);
  const page = matched
    ? `/contacts/new?familyId=${matched.familyId}&childId=${matched.childId}`
    : '/contacts/new';
  return {
    wasKept,
    back: { href: '/', text: 'Contacts in hand' },
    form: {
      hidden: [
        ...hiddenFields({ form: RECEIVE_CONTACT, page }, state.typed),
        ...(matched
          ? [
              { name: 'familyId', value: matched.familyId },
              { name: 'childId', value: matched.childId },
            ]
          : []),
      ],
    },
    isMatched: matched !== undefined,
    errorSummary: errorSummary(state.errors),
    channel: select(
      state,
      { field: 'channel', label: 'How did they get in touch?' },
      choicesOf(taken, channelWords),
    ),
    source: select(
      state,
      { field: 'source', label: 'Who got in touch?' },
      choicesOf(contactSources, sourceWords),
    ),
    callerDetails: textarea(
      state,
      {
        field: 'callerDetails',
        label: 'Their name and how to reach them (optional)',
        hint: 'Kept at the hub: no other agency is told. Leave it empty where they would not say who they are.',
      },
      2,
    ),
    wishesAnonymity: checkboxes(
      state,
      {
        field: 'wishesAnonymity',
        label: 'Do they ask to stay anonymous?',
        hint:
          'A member of the public may. Who they are is then shown to a hub manager alone, and only while ' +
          'this contact is in hand. A professional is named.',
      },
      [{ value: WISHED, text: 'Yes, nobody is to be told who they are' }],
    ),
    describedAs:
      matched === undefined &&
      textarea(
        state,
        {
          field: 'describedAs',
          label: 'Who is it about?',
          hint: 'As the caller describes them: names, ages, address, school or nursery.',
        },
        3,
      ),
    concern: textarea(
      state,
      {
        field: 'concern',
        label: 'What did they tell you?',
        hint: 'In their words where you can. Say what they saw, what they were told, and what they think.',
      },
      8,
    ),
    need: select(
      state,
      { field: 'need', label: 'Main need, if it is clear (optional)' },
      choicesOf(primaryNeeds, needWords),
    ),
  };
}
