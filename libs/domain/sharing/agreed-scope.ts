import type { FactKind } from '../code-lists.js';
import { factKinds } from '../code-lists.js';

/** What of a kind of fact an agreement lets be told, least first. */
export const agreedGrades = ['withheld', 'existence', 'notice', 'content'] as const;
export type AgreedGrade = (typeof agreedGrades)[number];

/** Kinds of fact by the most that is told of them; a kind in no list is not shared. */
export interface AgreedScope {
  readonly content: readonly FactKind[];
  readonly notice: readonly FactKind[];
  readonly existence: readonly FactKind[];
}

/** How much of a kind of fact is shared. */
export function agreedGrade(scope: AgreedScope, kind: FactKind): AgreedGrade {
  const granted = (['content', 'notice', 'existence'] as const).find((grade) =>
    scope[grade].includes(kind),
  );
  return granted ?? 'withheld';
}

/** Whether one grade tells more than another. */
export function tellsMore(grade: AgreedGrade, than: AgreedGrade): boolean {
  return agreedGrades.indexOf(grade) > agreedGrades.indexOf(than);
}

export function scopeOf({ content, notice, existence }: AgreedScope): AgreedScope {
  return { content, notice, existence };
}

export function sameScope(one: AgreedScope, other: AgreedScope): boolean {
  return factKinds.every((kind) => agreedGrade(one, kind) === agreedGrade(other, kind));
}

/** Whether nothing is told more of than before. */
export function isWithin(narrower: AgreedScope, wider: AgreedScope): boolean {
  return !factKinds.some((kind) =>
    tellsMore(agreedGrade(narrower, kind), agreedGrade(wider, kind)),
  );
}
