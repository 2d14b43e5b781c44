import type { SharingAgreement } from '@common-thread/platform/sharing-agreements';
import { agreementHref } from './agreements.presenter.js';

/** What was recorded last, as its page's address says: signed; or less, known to all that decide, or not yet. */
export const recordedLast = ['signed', 'in-force', 'not-yet'] as const;
export type RecordedLast = (typeof recordedLast)[number];

export interface Said {
  readonly text: string;
  /** Where the page is opened again without it: it is said of what was just recorded. */
  readonly again?: string;
}

/** What is said of an agreement once something of it was recorded: one not begun is in force nowhere. */
export function saidOf(
  recorded: RecordedLast | undefined,
  agreement: Pick<SharingAgreement, 'agreementId' | 'ended' | 'state' | 'tookEffectAt'>,
): Said | undefined {
  const hasBegun = agreement.tookEffectAt !== undefined;
  const isOver = agreement.ended !== undefined;
  switch (recorded) {
    case 'signed':
      if (isOver) return undefined;
      return {
        text: 'Recorded. It is told under it from its first day on; what happened before is not.',
      };
    case 'in-force':
      if (hasBegun) return { text: 'Recorded, and in force everywhere from the next event on.' };
      return {
        text: isOver
          ? 'Recorded, and known everywhere. It never took effect, and will not.'
          : 'Recorded, and known everywhere. Nothing is told under it before its first day.',
      };
    case 'not-yet':
      return {
        text:
          'Recorded, not yet in force: part of the service had not heard of it. Until it has, take it ' +
          `that the agreement ${hasBegun ? 'goes on' : 'begins'} as before.`,
        again: agreementHref(agreement.agreementId),
      };
    case undefined:
      return undefined;
  }
}
