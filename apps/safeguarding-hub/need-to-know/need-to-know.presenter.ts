import {
  contactChannels,
  factKinds,
  groundsNotInformed,
  parentsInformed,
} from '@common-thread/domain/code-lists';
import {
  addressConfidentialityEndings,
  agencyKinds,
  reasonsNotToShare,
  sharingConsents,
  whoseViews,
} from '@common-thread/domain/need-to-know/codes';
import type { Choice, FormState, Question } from '@common-thread/platform/pages/components';
import {
  checkboxes,
  choicesOf,
  emptyForm,
  errorSummary,
  radios,
  select,
  textarea,
} from '@common-thread/platform/pages/components';
import { dayInWords, instantInWords } from '@common-thread/platform/pages/london-time';
import type { HiddenField } from '@common-thread/platform/pages/posting';
import * as words from '@common-thread/presenting/code-words';
import { asSentence, inWords } from '@common-thread/presenting/code-words';
import { groundQuestion } from '@common-thread/presenting/shielding/confidential-address.presenter';
import * as sharing from '@common-thread/presenting/sharing-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { nameOf } from '../restrictions/restrictions.presenter.js';
import type { Step } from './need-to-know.form.js';
import type { ConsentTold, DecisionTold } from './projection.js';
import type { FamilySharingRecord } from './queries.js';

interface Shown {
  readonly familyId: string;
  readonly references: readonly string[];
  readonly record: FamilySharingRecord;
  readonly names: DirectoryNames;
}

interface Drawing {
  readonly open: { readonly step: Step; readonly state: FormState } | undefined;
  readonly hiddenFor: (step: Step, state: FormState) => readonly HiddenField[];
  readonly said: string | undefined;
}

/** One question with the macro that draws it. */
type Drawn =
  | { readonly radios: object }
  | { readonly checkboxes: object }
  | { readonly select: object }
  | { readonly textarea: object };

/** Who is told of a family: what was decided and consented to, and the forms that add to it. */
export function needToKnowView({ familyId, references, record, names }: Shown, drawing: Drawing) {
  const standing = record.consents.filter(({ withdrawnAt }) => withdrawnAt === null);
  const shown: Step[] = [
    'shared',
    'not-shared',
    'views',
    'consent',
    ...(standing.length > 0 ? (['withdraw'] as const) : []),
    record.confidential ? 'not-confidential' : 'confidential',
  ];
  const { open, hiddenFor, said } = drawing;
  return {
    back: { href: '/', text: 'Contacts in hand' },
    errorSummary: errorSummary(open?.state.errors ?? []),
    name: nameOf(references),
    said,
    confidential: record.confidential && {
      because: inWords(sharing.addressConfidentialityWords, record.confidential.because),
      since: record.confidential.since && dayInWords(record.confidential.since),
    },
    consents: record.consents.map((consent) => consentInWords(consent, names)),
    decisions: record.decisions.map((decision) => decisionInWords(decision, names)).reverse(),
    forms: shown.map((step) => {
      const state = open?.step === step ? open.state : emptyForm;
      return {
        ...headings[step],
        action: `/need-to-know/${familyId}/${step}`,
        form: { hidden: hiddenFor(step, state) },
        isOpen: open?.step === step,
        questions: questionsOf(step, state, { names, standing }),
      };
    }),
  };
}

const headings: Readonly<Record<Step, { readonly heading: string; readonly button: string }>> = {
  shared: { heading: 'Record that something was shared', button: 'Record what was shared' },
  'not-shared': { heading: 'Record a decision not to share', button: 'Record the decision' },
  views: { heading: 'Record what the family says to it', button: 'Record their views' },
  consent: { heading: 'Record a consent', button: 'Record the consent' },
  withdraw: { heading: 'Record that a consent is withdrawn', button: 'Withdraw the consent' },
  confidential: { heading: 'Make the address confidential', button: 'Make it confidential' },
  'not-confidential': {
    heading: 'The address is confidential no longer',
    button: 'End the confidentiality',
  },
};

interface Offered {
  readonly names: DirectoryNames;
  readonly standing: readonly ConsentTold[];
}

function questionsOf(step: Step, state: FormState, offered: Offered): readonly Drawn[] {
  const codes = { agency: choicesOf(agencyKinds, sharing.agencyKindWords) };
  const grounds = choicesOf(groundsNotInformed, words.groundNotInformedWords);
  const ask = askingIn(state);
  switch (step) {
    case 'shared':
      return [
        ask.one('sharedAgency', 'With whom?', codes.agency),
        ask.one(
          'sharedChannel',
          'How was it sent?',
          choicesOf(contactChannels, words.channelWords),
        ),
        ask.radios(
          'sharedConsent',
          'Did somebody consent?',
          choicesOf(sharingConsents, sharing.sharingConsentWords),
        ),
        ask.radios('sharedGround', 'If not, why is it shared all the same?', grounds),
        ask.text('sharedReason', 'Why is it shared?', 'And why not otherwise'),
        ask.text('sharedWords', 'What exactly was sent?', 'Word for word'),
      ];
    case 'not-shared':
      return [
        ask.one('keptAgency', 'With whom?', codes.agency),
        ask.radios(
          'keptBecause',
          'Why is it not shared?',
          choicesOf(reasonsNotToShare, sharing.reasonNotToShareWords),
        ),
        ask.text('keptReason', 'In your words', 'And why not otherwise'),
      ];
    case 'views':
      return [
        ask.radios('viewsWhose', 'Whose views?', choicesOf(whoseViews, sharing.whoseViewsWords)),
        ask.radios(
          'viewsInformed',
          'Do they know, and what did they say?',
          choicesOf(parentsInformed, words.parentsInformedWords),
        ),
        ask.radios('viewsGround', 'If they do not know, why not?', grounds),
        ask.text('viewsWords', 'What did they say?', 'In their words'),
      ];
    case 'consent':
      return [
        ask.radios(
          'consentWhose',
          'Who consents?',
          choicesOf(whoseViews, sharing.whoseViewsWords),
        ),
        ask.several('consentParties', 'Who may tell each other?', offered.names.organisations()),
        ask.several(
          'consentContent',
          'What may they tell each other?',
          choicesOf(factKinds, words.factKindWords),
        ),
        ask.text('consentWords', 'What was asked, and what was said?', 'In their words'),
      ];
    case 'withdraw':
      return [
        ask.radios(
          'consentId',
          'Which consent?',
          offered.standing.map((consent) => ({
            value: consent.consentId,
            text: consentInWords(consent, offered.names).text,
          })),
        ),
        ask.radios('takesBack', 'What becomes of what was told under it?', [
          { value: 'yes', text: 'It is withdrawn: agencies are told that it no longer counts' },
          { value: 'no', text: 'It stays told; nothing more is told, and none of it is opened' },
        ]),
      ];
    case 'confidential':
      return [{ radios: groundQuestion(state) }];
    case 'not-confidential':
      return [
        ask.radios(
          'addressEnding',
          'Why is it confidential no longer?',
          choicesOf(addressConfidentialityEndings, sharing.addressConfidentialityEndWords),
        ),
      ];
  }
}

/** The macros' arguments for questions of one form. */
function askingIn(state: FormState) {
  const question = (field: string, label: string, hint?: string): Question => ({
    field,
    label,
    ...(hint === undefined ? {} : { hint }),
  });
  return {
    one: (field: string, label: string, choices: readonly Choice[]): Drawn => ({
      select: select(state, question(field, label), choices),
    }),
    radios: (field: string, label: string, choices: readonly Choice[]): Drawn => ({
      radios: radios(state, question(field, label), choices),
    }),
    several: (field: string, label: string, choices: readonly Choice[]): Drawn => ({
      checkboxes: checkboxes(state, question(field, label), choices),
    }),
    text: (field: string, label: string, hint: string): Drawn => ({
      textarea: textarea(state, question(field, label, hint), 4),
    }),
  };
}

function consentInWords(consent: ConsentTold, names: DirectoryNames) {
  const parties = consent.parties.map((party) => names.organisation(party)).join(' and ');
  const kinds = consent.content.map((kind) => inWords(words.factKindWords, kind)).join('; ');
  const given = instantInWords(new Date(consent.givenAt));
  const { withdrawnAt } = consent;
  return {
    text: `${parties}: ${kinds}`,
    by: asSentence(inWords(sharing.whoseViewsWords, consent.whose)),
    given,
    withdrawn: withdrawnAt === null ? undefined : instantInWords(new Date(withdrawnAt)),
  };
}

function decisionInWords(
  { isShared, agency, recipient, code, decidedAt }: DecisionTold,
  names: DirectoryNames,
) {
  const kind = inWords(sharing.agencyKindWords, agency);
  const whom = recipient === null ? kind : `${names.organisation(recipient)} (${kind})`;
  const why = isShared
    ? inWords(sharing.sharingConsentWords, code)
    : `because ${inWords(sharing.reasonNotToShareWords, code)}`;
  return {
    at: instantInWords(new Date(decidedAt)),
    text: `${isShared ? 'Shared' : 'Not shared'} with ${whom}, ${why}`,
  };
}
