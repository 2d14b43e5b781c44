import type { BreakGlassReason, GlassReviewOutcome } from '@common-thread/platform/break-glass';
import { breakGlassReasons, glassReviewOutcomes } from '@common-thread/platform/break-glass';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';

const messages = {
  reason: 'Choose why you cannot wait',
  words: 'Say what has happened and what you need to know',
  outcome: 'Choose whether it was justified',
};

const WORDS_MAX = 2_000;

export function checkBreakGlass(
  typed: TypedFields,
): Checked<{ readonly reason: BreakGlassReason; readonly words: string }> {
  const answers = new Answers(typed);
  const reason = answers.oneOf('reason', breakGlassReasons, messages.reason);
  const words = answers.text('words', messages.words, WORDS_MAX);
  return answers.checked(() => (reason ? { reason, words } : undefined));
}

export function checkGlassReview(typed: TypedFields): Checked<GlassReviewOutcome> {
  const answers = new Answers(typed);
  const outcome = answers.oneOf('outcome', glassReviewOutcomes, messages.outcome);
  return answers.checked(() => outcome);
}
