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
import { Answers } from '@common-thread/platform/pages/answers';
import type { CommandForm } from '@common-thread/platform/pages/posting';
import { typedChoices, typedText } from '@common-thread/platform/pages/typed-fields';
import {
  checkConfidentialAddress,
  GROUND_FIELD,
} from '@common-thread/presenting/shielding/confidential-address.form';

export const steps = [
  'shared',
  'not-shared',
  'views',
  'consent',
  'withdraw',
  'confidential',
  'not-confidential',
] as const;
export type Step = (typeof steps)[number];

const messages = {
  agency: 'Choose with whom',
  channel: 'Choose how it was sent',
  consent: 'Choose whether somebody consented',
  ground: 'Choose on what ground, or say that somebody consented',
  reason: 'Say why, and why not otherwise',
  sent: 'Write down exactly what was sent',
  because: 'Choose why it is not shared',
  whose: 'Choose who said it',
  informed: 'Choose whether they know, and what they said',
  groundNotInformed: 'Choose why they have not been told',
  said: 'Write down what they said',
  parties: 'Choose at least two organisations',
  content: 'Choose what they may tell each other',
  consentId: 'Choose the consent that is withdrawn',
  takesBack: 'Choose what becomes of what was told',
  addressEnding: 'Choose why it is confidential no longer',
};

/** `<familyId>` in a path stands for the family. */
export const needToKnowForms: Readonly<Record<Step, CommandForm>> = {
  shared: {
    path: '/v1/sharing/<familyId>/shared',
    firstField: 'sharedAgency',
    names: {
      agency: 'sharedAgency',
      channel: 'sharedChannel',
      consent: 'sharedConsent',
      groundOverridden: 'sharedGround',
      reason: 'sharedReason',
      words: 'sharedWords',
    },
    check(typed) {
      const answers = new Answers(typed);
      const agency = answers.oneOf('sharedAgency', agencyKinds, messages.agency);
      const channel = answers.oneOf('sharedChannel', contactChannels, messages.channel);
      const consent = answers.oneOf('sharedConsent', sharingConsents, messages.consent);
      const ground = answers.optionalOneOf('sharedGround', groundsNotInformed);
      if (consent && consent !== 'given' && !ground)
        answers.wrong('sharedGround', messages.ground);
      const reason = answers.text('sharedReason', messages.reason);
      const words = answers.text('sharedWords', messages.sent);
      return answers.checked(() =>
        agency && channel && consent
          ? {
              agency,
              channel,
              consent,
              // One that was chosen before it was said that somebody consented.
              ...(ground && consent !== 'given' ? { groundOverridden: ground } : {}),
              reason,
              words,
            }
          : undefined,
      );
    },
  },
  'not-shared': {
    path: '/v1/sharing/<familyId>/not-shared',
    firstField: 'keptAgency',
    names: { agency: 'keptAgency', because: 'keptBecause', reason: 'keptReason' },
    check(typed) {
      const answers = new Answers(typed);
      const agency = answers.oneOf('keptAgency', agencyKinds, messages.agency);
      const because = answers.oneOf('keptBecause', reasonsNotToShare, messages.because);
      const reason = answers.text('keptReason', messages.reason);
      return answers.checked(() => (agency && because ? { agency, because, reason } : undefined));
    },
  },
  views: {
    path: '/v1/sharing/<familyId>/views',
    firstField: 'viewsWhose',
    names: {
      whose: 'viewsWhose',
      informed: 'viewsInformed',
      groundNotInformed: 'viewsGround',
      words: 'viewsWords',
    },
    check(typed) {
      const answers = new Answers(typed);
      const whose = answers.oneOf('viewsWhose', whoseViews, messages.whose);
      const informed = answers.oneOf('viewsInformed', parentsInformed, messages.informed);
      const ground = answers.optionalOneOf('viewsGround', groundsNotInformed);
      const isUninformed = informed === 'not-informed';
      if (isUninformed && !ground) answers.wrong('viewsGround', messages.groundNotInformed);
      const words = isUninformed
        ? answers.optionalText('viewsWords')
        : answers.text('viewsWords', messages.said);
      return answers.checked(() =>
        whose && informed
          ? {
              whose,
              informed,
              ...(isUninformed && ground ? { groundNotInformed: ground } : {}),
              ...(words === undefined ? {} : { words }),
            }
          : undefined,
      );
    },
  },
  consent: {
    path: '/v1/sharing/<familyId>/consents',
    firstField: 'consentWhose',
    names: {
      whose: 'consentWhose',
      parties: 'consentParties',
      content: 'consentContent',
      words: 'consentWords',
    },
    check(typed) {
      const answers = new Answers(typed);
      const whose = answers.oneOf('consentWhose', whoseViews, messages.whose);
      const parties = typedChoices(typed, 'consentParties');
      if (parties.length < 2) answers.wrong('consentParties', messages.parties);
      const content = answers.someOf('consentContent', factKinds, messages.content);
      const words = answers.text('consentWords', messages.said);
      return answers.checked(() => (whose ? { whose, parties, content, words } : undefined));
    },
  },
  withdraw: {
    path: '/v1/sharing/<familyId>/consent-withdrawals',
    firstField: 'consentId',
    names: {},
    check(typed) {
      const answers = new Answers(typed);
      const consentId = typedText(typed, 'consentId');
      if (consentId === '') answers.wrong('consentId', messages.consentId);
      const takesBack = answers.oneOf('takesBack', ['yes', 'no'], messages.takesBack);
      return answers.checked(() =>
        takesBack ? { consentId, takesBack: takesBack === 'yes' } : undefined,
      );
    },
  },
  confidential: {
    path: '/v1/shielding/<familyId>',
    firstField: GROUND_FIELD,
    names: { ground: GROUND_FIELD },
    check: checkConfidentialAddress,
  },
  'not-confidential': {
    path: '/v1/shielding/<familyId>/end',
    firstField: 'addressEnding',
    names: { reason: 'addressEnding' },
    check(typed) {
      const answers = new Answers(typed);
      const reason = answers.oneOf(
        'addressEnding',
        addressConfidentialityEndings,
        messages.addressEnding,
      );
      return answers.checked(() => (reason ? { reason } : undefined));
    },
  },
};
