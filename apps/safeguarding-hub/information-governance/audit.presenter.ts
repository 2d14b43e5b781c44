import type {
  AuditedCall,
  AuditedField,
  AuditPage,
  AuditQuery,
} from '@common-thread/platform/auditing';
import type { FormState } from '@common-thread/platform/pages/components';
import { errorSummary, input } from '@common-thread/platform/pages/components';
import { instantInWords } from '@common-thread/platform/pages/london-time';
import {
  auditKindWords,
  auditOutcomeWords,
  auditPurposeWords,
  auditRoleWords,
} from '@common-thread/presenting/audit-words';
import { asSentence, inWords } from '@common-thread/presenting/code-words';
import { fieldInWords } from '@common-thread/presenting/field-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { auditHref } from './audit-query.js';

/** The officer's page: what is asked for, and the calls that answer it. */
export function auditView(
  state: FormState,
  asked: AuditQuery,
  page: AuditPage | undefined,
  names: DirectoryNames,
) {
  const { subject } = asked;
  const person = subject !== undefined && !subject.includes('/') ? subject : undefined;
  return {
    errorSummary: errorSummary(state.errors),
    subject: input(
      state,
      {
        field: 'subject',
        label: 'Whose record',
        hint: 'The id of a person, a family or a contact',
      },
      { spellcheck: false },
    ),
    viewer: input(
      state,
      { field: 'viewer', label: 'Who looked', hint: 'The id they sign in as' },
      { classes: 'govuk-input--width-20', spellcheck: false },
    ),
    from: dayInput(state, 'from', 'From'),
    until: dayInput(state, 'until', 'Until'),
    cannotBeRead: page === undefined && state.errors.length === 0,
    isNarrowed: Object.keys(asked).length > 0,
    calls: (page?.calls ?? []).map((call) => callInWords(call, names)),
    earlierHref: page?.next && auditHref('/audit', { ...asked, before: page.next }),
    latestHref: asked.before && auditHref('/audit', withoutBefore(asked)),
    csvHref: auditHref('/audit.csv', withoutBefore(asked)),
    toldHref: person && `/audit/told?person=${person}`,
  };
}

function dayInput(state: FormState, field: string, label: string) {
  const hint = 'Like 2026-03-27';
  return input(state, { field, label, hint }, { classes: 'govuk-input--width-10' });
}

function withoutBefore({ before: _, ...asked }: AuditQuery): AuditQuery {
  return asked;
}

/** One call as a row of a table; nothing in it says what anything said. */
export function callInWords(call: AuditedCall, names: DirectoryNames) {
  const { viewer, purpose, page, asked, granted } = call;
  return {
    at: instantInWords(new Date(call.at)),
    viewer,
    viewerHref: auditHref('/audit', { viewer }),
    role: inWords(auditRoleWords, call.role),
    organisation: names.organisation(call.organisation),
    did: asSentence(inWords(auditKindWords, call.kind)),
    purpose: inWords(auditPurposeWords, purpose),
    page,
    shown: asked === 0 ? 'nothing was sealed' : `${granted} of ${asked} shown`,
    fields: fieldsInWords(call.items),
    isDelivered: call.deliveredAt !== null,
    about: call.about.map((subject) => ({ subject, href: auditHref('/audit', { subject }) })),
  };
}

/** Each field once for each way it was answered, with how often. */
function fieldsInWords(items: readonly AuditedField[]): string[] {
  const counts = new Map<string, number>();
  for (const { field, outcome, ground } of items) {
    const said = inWords(auditOutcomeWords, outcome);
    const what = field === undefined ? 'A record' : fieldInWords(field);
    const words = `${what}: ${said}${ground === undefined ? '' : ` (${ground})`}`;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => (count === 1 ? words : `${words}, ${count} times`));
}
