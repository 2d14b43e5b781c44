import {
  groundsNotInformed,
  levelsOfNeed,
  parentsInformed,
  primaryNeeds,
  statementTypes,
} from '@common-thread/domain/code-lists';
import type { Choice, FormState } from '@common-thread/platform/pages/components';
import {
  checkboxes,
  choicesOf,
  input,
  radios,
  select,
  textarea,
} from '@common-thread/platform/pages/components';
import {
  groundNotInformedWords,
  levelWords,
  needWords,
  parentsInformedWords,
  statementWords,
} from '../code-words.js';
import type { DirectoryNames } from '../directory-names.js';
import type { FamilyFormParts } from '../family-form.js';
import { familyForm } from '../family-form.js';

export const REFER_FAMILY = 'refer-family';

export interface ReferFamilyParts extends FamilyFormParts {
  readonly children: readonly Choice[];
  readonly hubs: readonly Choice[];
}

const levelHints: Readonly<Record<string, string>> = {
  '1': 'Universal services are enough',
  '2': 'Some extra help from one service',
  '3': 'Help from several services, with a lead practitioner',
  '4': 'A child may be at risk of significant harm or needs specialist help',
};

/** *Refer a family*: one form, the questions in the order the hub reads the answers. */
export function referFamilyView(state: FormState, parts: ReferFamilyParts, names: DirectoryNames) {
  const path = `/families/${parts.familyId}/refer`;
  const familyName = parts.familyName ?? 'this family';
  const [hub] = parts.hubs;
  return {
    ...familyForm(state, REFER_FAMILY, path, parts),
    heading: `Refer ${familyName} to the safeguarding hub`,
    submit: 'Send referral',
    hub: hub && { name: hub.text, telephone: names.telephone(hub.value) },
    to: parts.hubs.length > 1 && radios(state, { field: 'to', label: 'Refer to' }, parts.hubs),
    ...aboutTheChildren(state, parts.children),
    ...aboutTheParents(state),
    supportTried: textarea(
      state,
      {
        field: 'supportTried',
        label: 'What support has been tried, and what came of it? (optional)',
      },
      4,
    ),
    safeContact: textarea(
      state,
      {
        field: 'safeContact',
        label: 'How can the family be contacted safely? (optional)',
        hint: 'Say if a letter, a call or a visit at some time could put somebody at risk.',
      },
      3,
    ),
    referrerContact: input(state, {
      field: 'referrerContact',
      label: 'Your name and a number the hub can ring you on',
    }),
  };
}

function aboutTheChildren(state: FormState, children: readonly Choice[]) {
  return {
    children: checkboxes(
      state,
      { field: 'childIds', label: 'Which children are you worried about?' },
      children,
    ),
    concern: textarea(
      state,
      {
        field: 'concern',
        label: 'What are you worried about?',
        hint:
          'What happened, when and where, what the child said in their own words, and what it means ' +
          'for the child.',
      },
      10,
    ),
    statement: radios(
      state,
      { field: 'statement', label: 'What does this rest on?' },
      choicesOf(statementTypes, {
        ...statementWords,
        witnessed: 'I saw or heard it myself',
        reported: 'Somebody told me',
        opinion: 'It is my professional opinion',
      }),
    ),
    need: select(state, { field: 'need', label: 'Main need' }, choicesOf(primaryNeeds, needWords)),
    level: radios(
      state,
      { field: 'level', label: 'Level of need' },
      choicesOf(levelsOfNeed, levelWords).map((choice) => ({
        ...choice,
        hint: levelHints[choice.value] ?? '',
      })),
    ),
  };
}

function aboutTheParents(state: FormState) {
  return {
    parentsInformed: radios(
      state,
      {
        field: 'parentsInformed',
        label: 'Do the parents know about this referral?',
        hint:
          'Tell them unless that could put a child at more risk. You do not need their agreement ' +
          'where a child may be at risk.',
      },
      choicesOf(parentsInformed, parentsInformedWords),
    ),
    groundNotInformed: radios(
      state,
      {
        field: 'groundNotInformed',
        label: 'If they have not been told, why not?',
        hint: 'Leave this if the parents know.',
      },
      choicesOf(groundsNotInformed, groundNotInformedWords),
    ),
  };
}
