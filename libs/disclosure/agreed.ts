import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { FactKind } from '@common-thread/domain/code-lists';
import type { AgreedGrade, AgreedScope } from '@common-thread/domain/sharing/agreed-scope';
import { agreedGrade, scopeOf, tellsMore } from '@common-thread/domain/sharing/agreed-scope';
import { idOfStream } from '@common-thread/eventing/identifiers';

/** What a signed agreement lets be told; forgotten once it has ended. */
export interface AgreementPolicy {
  readonly id: string;
  /** 1 as signed, one more with each narrowing. */
  readonly version: number;
  /** Organisations. */
  readonly parties: readonly string[];
  readonly scope: AgreedScope;
  /** First and last day in force, which reactions wait for; no rule here reads a clock. */
  readonly from: string;
  readonly until: string;
  readonly inForce: boolean;
}

/** Agreements signed and not ended, by id. */
export type Agreements = Map<string, AgreementPolicy>;

export type AgreementFact = Extract<
  RecordedCommonThreadEvent,
  {
    type: 'AgreementSigned' | 'AgreementTookEffect' | 'AgreementNarrowed' | 'AgreementEnded';
  }
>;

/** Folds one event of an agreement, in log order. */
export function foldAgreement(agreements: Agreements, event: AgreementFact): void {
  const id = idOfStream('agreement', event.streamId);
  const known = agreements.get(id);
  switch (event.type) {
    case 'AgreementSigned': {
      const { parties, from, until } = event.data;
      agreements.set(id, {
        id,
        version: 1,
        parties,
        scope: scopeOf(event.data),
        from,
        until,
        inForce: false,
      });
      break;
    }
    case 'AgreementTookEffect':
      if (known) agreements.set(id, { ...known, inForce: true });
      break;
    case 'AgreementNarrowed': {
      const version = event.data.agreementVersion;
      if (known) agreements.set(id, { ...known, version, scope: scopeOf(event.data) });
      break;
    }
    case 'AgreementEnded':
      agreements.delete(id);
      break;
  }
}

/** How much of a kind of fact an agreement lets be told now. */
export function grantedBy(agreements: Agreements, id: string, kind: FactKind): AgreedGrade {
  const agreement = agreements.get(id);
  return agreement?.inForce ? agreedGrade(agreement.scope, kind) : 'withheld';
}

export interface Granted {
  readonly agreement: AgreementPolicy;
  readonly grade: AgreedGrade;
}

/**
 * The agreement in force that lets most of a kind of fact be told between two organisations; of several
 * that let as much, the one of the lowest id, so that every fold chooses the same. Undefined where none
 * lets anything be told.
 */
export function agreementBetween(
  agreements: Agreements,
  one: string,
  other: string,
  kind: FactKind,
): Granted | undefined {
  let best: Granted | undefined;
  for (const agreement of agreements.values()) {
    if (!agreement.parties.includes(one) || !agreement.parties.includes(other)) continue;
    const grade = grantedBy(agreements, agreement.id, kind);
    const isBetter =
      tellsMore(grade, best?.grade ?? 'withheld') ||
      (best?.grade === grade && agreement.id < best.agreement.id);
    if (isBetter) best = { agreement, grade };
  }
  return best;
}
