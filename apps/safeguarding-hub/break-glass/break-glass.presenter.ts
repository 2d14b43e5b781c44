import type { BrokenGlass } from '@common-thread/platform/break-glass';
import { breakGlassReasons, glassReviewOutcomes } from '@common-thread/platform/break-glass';
import type { FormState } from '@common-thread/platform/pages/components';
import {
  choicesOf,
  emptyForm,
  errorSummary,
  radios,
  textarea,
} from '@common-thread/platform/pages/components';
import {
  counted,
  durationInWords,
  instantInWords,
} from '@common-thread/platform/pages/london-time';
import type { HiddenField } from '@common-thread/platform/pages/posting';
import { auditRoleWords } from '@common-thread/presenting/audit-words';
import {
  asSentence,
  breakGlassReasonWords,
  glassReviewOutcomeWords,
  inWords,
  restrictionEnquiryWords,
} from '@common-thread/presenting/code-words';
import { fieldInWords } from '@common-thread/presenting/field-words';

const MINUTE_MS = 60_000;

/** The form that breaks glass, for the family of a contact. */
export function breakGlassView(
  state: FormState,
  hidden: readonly HiddenField[],
  contact: { readonly contactId: string; readonly reference: string | null },
  speakTo: string | null,
) {
  return {
    back: {
      href: `/contacts/${contact.contactId}`,
      text: `Contact ${contact.reference ?? ''}`.trim(),
    },
    errorSummary: errorSummary(state.errors),
    action: `/contacts/${contact.contactId}/break-glass`,
    form: { hidden },
    speakTo: speakTo === null ? undefined : inWords(restrictionEnquiryWords, speakTo),
    reason: radios(
      state,
      { field: 'reason', label: 'Why can you not wait?' },
      choicesOf(breakGlassReasons, breakGlassReasonWords),
    ),
    words: textarea(
      state,
      {
        field: 'words',
        label: 'What has happened?',
        hint: 'Whoever reviews this reads it. It is kept sealed.',
      },
      4,
    ),
  };
}

/** The banner over a record that somebody has open under broken glass. */
export function openGlassView(glass: BrokenGlass | undefined, contactId: string, now: Date) {
  if (!glass?.isOpen) return undefined;
  const leftMs = Date.parse(glass.endsAt) - now.getTime();
  return {
    left: counted(Math.max(1, Math.ceil(leftMs / MINUTE_MS)), 'minute'),
    endsAt: instantInWords(new Date(glass.endsAt)),
    action: `/contacts/${contactId}/break-glass/end`,
    glassId: glass.glassId,
  };
}

/** What was broken, for whoever asks whether it was right: what awaits review first. */
export function brokenGlassView(
  glasses: readonly BrokenGlass[],
  readerId: string,
  now: Date,
  wrong: { readonly glassId: string; readonly state: FormState } | undefined,
) {
  const byDue = [...glasses].sort((a, b) => a.reviewDueAt.localeCompare(b.reviewDueAt));
  const waiting = byDue.filter(({ review }) => review === undefined);
  const reviewed = glasses.filter(({ review }) => review !== undefined);
  return {
    errorSummary: errorSummary(wrong?.state.errors ?? []),
    summary:
      waiting.length === 0
        ? 'Nothing awaits review.'
        : `${waiting.length} to review, the oldest first.`,
    waiting: waiting.map((glass, nth) => {
      const isWrong = wrong?.glassId === glass.glassId;
      // Each form on the page has fields of its own; the one that is wrong has the name the summary links to.
      const field = isWrong || (wrong === undefined && nth === 0) ? 'outcome' : `outcome-${nth}`;
      const question = { field, label: 'Was it right to break glass?' };
      const choices = choicesOf(glassReviewOutcomes, glassReviewOutcomeWords);
      const outcome = radios(isWrong ? wrong.state : emptyForm, question, choices);
      return {
        ...glassInWords(glass, now),
        isOwn: glass.by === readerId,
        due: dueInWords(glass, now),
        action: `/break-glass/${glass.glassId}/review`,
        outcome: { ...outcome, name: 'outcome' },
      };
    }),
    reviewed: reviewed.map((glass) => ({
      ...glassInWords(glass, now),
      outcome: glass.review && asSentence(glassReviewOutcomeWords[glass.review.outcome]),
      reviewedBy: glass.review?.by,
      reviewedAt: glass.review && instantInWords(new Date(glass.review.at)),
    })),
  };
}

function glassInWords(glass: BrokenGlass, now: Date) {
  const { by, role, reason, words, openedAt, endsAt, opened = [], calls = 0 } = glass;
  return {
    glassId: glass.glassId,
    familyId: glass.familyId,
    by,
    role: inWords(auditRoleWords, role),
    reason: asSentence(breakGlassReasonWords[reason]),
    words: words ?? 'Cannot be shown right now',
    openedAt: instantInWords(new Date(openedAt)),
    ended: glass.isOpen
      ? `Open for another ${durationInWords(Date.parse(endsAt) - now.getTime())}`
      : `Ended ${instantInWords(new Date(endsAt))}`,
    opened:
      calls === 0
        ? 'Nothing was opened under it'
        : `${counted(calls, 'page')} opened under it: ${opened.map(fieldInWords).join(', ')}`,
  };
}

function dueInWords({ reviewDueAt }: BrokenGlass, now: Date) {
  const leftMs = Date.parse(reviewDueAt) - now.getTime();
  return leftMs >= 0
    ? { overdue: false, text: `Review within ${durationInWords(leftMs)}` }
    : { overdue: true, text: `Review ${durationInWords(-leftMs)} overdue` };
}
