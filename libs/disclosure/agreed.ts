import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { FactKind } from '@common-thread/domain/code-lists';
import type { AgreedGrade, AgreedScope } from '@common-thread/domain/sharing/agreed-scope';
import { agreedGrade, scopeOf, tellsMore } from '@common-thread/domain/sharing/agreed-scope';
import { idOfStream } from '@common-thread/eventing/identifiers';

/**
 * What a signed agreement lets be told, or what a family consented to; forgotten once it has ended, or the
 * consent was withdrawn.
 */
export interface AgreementPolicy {
  readonly id: string;
  /** 1 as signed, one more with each narrowing. */
  readonly version: number;
  /** Organisations. */
  readonly parties: readonly string[];
  readonly scope: AgreedScope;
  /** First and last day in force, which reactions wait for; no rule here reads a clock. None of a consent. */
  readonly from?: string;
  readonly until?: string;
  /** A consent: the one family of which it lets be told. */
  readonly familyId?: string;
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

export type ConsentFact = Extract<
  RecordedCommonThreadEvent,
  { type: 'ConsentRecorded' | 'ConsentWithdrawn' }
>;

/** The agreement or consent whose terms an event changes; undefined where it changes none. */
export function agreementChangedBy(event: RecordedCommonThreadEvent): string | undefined {
  if (event.type === 'ConsentRecorded' || event.type === 'ConsentWithdrawn') {
    return event.data.consentId;
  }
  return event.streamId.startsWith('agreement-')
    ? idOfStream('agreement', event.streamId)
    : undefined;
}

/** Folds a consent or its withdrawal, in log order: of its family it is an agreement like any other. */
export function foldConsent(agreements: Agreements, { type, data }: ConsentFact): void {
  const { consentId: id } = data;
  if (type === 'ConsentWithdrawn') {
    agreements.delete(id);
    return;
  }
  const { parties, content, familyId } = data;
  const scope = { content, notice: [], existence: [] };
  agreements.set(id, { id, version: 1, parties, scope, familyId, inForce: true });
}

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
 * The agreement in force that lets most of a kind of fact be told between two organisations, or the
 * consent of one of these families; of several that let as much, an agreement before a consent, which may
 * be gone tomorrow, and then the one of the lowest id, so that every fold chooses the same. Undefined where
 * none lets anything be told.
 */
export function agreementBetween(
  agreements: Agreements,
  one: string,
  other: string,
  kind: FactKind,
  families: readonly string[],
): Granted | undefined {
  let best: Granted | undefined;
  for (const agreement of agreements.values()) {
    if (!agreement.parties.includes(one) || !agreement.parties.includes(other)) continue;
    if (agreement.familyId !== undefined && !families.includes(agreement.familyId)) continue;
    const grade = grantedBy(agreements, agreement.id, kind);
    const isBetter =
      tellsMore(grade, best?.grade ?? 'withheld') ||
      (best?.grade === grade && comesBefore(agreement, best.agreement));
    if (isBetter) best = { agreement, grade };
  }
  return best;
}

function comesBefore(one: AgreementPolicy, other: AgreementPolicy): boolean {
  const [isConsent, isOtherConsent] = [one, other].map(({ familyId }) => familyId !== undefined);
  return isConsent === isOtherConsent ? one.id < other.id : isOtherConsent === true;
}
