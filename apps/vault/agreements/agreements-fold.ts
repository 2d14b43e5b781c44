import type { AgreementFact } from '@common-thread/disclosure/agreed';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { AgreedScope } from '@common-thread/domain/sharing/agreed-scope';
import { scopeOf } from '@common-thread/domain/sharing/agreed-scope';
import { idOfStream } from '@common-thread/eventing/identifiers';
import type {
  AgreementState,
  AgreementVersion,
  SharingAgreement,
} from '@common-thread/platform/sharing-agreements';

/**
 * Every agreement that was ever signed, with its versions and its end, as officers read it. What may be told is
 * decided by the policy, which forgets what has ended.
 */
export class AgreementsFold {
  readonly #agreements = new Map<string, SharingAgreement>();

  /** In the order in which they were signed. */
  get all(): readonly SharingAgreement[] {
    return [...this.#agreements.values()];
  }

  of(agreementId: string): SharingAgreement | undefined {
    return this.#agreements.get(agreementId);
  }

  /** Folds one event, in log order. */
  fold(event: RecordedCommonThreadEvent): void {
    if (!isOfAgreement(event)) return;
    const agreementId = idOfStream('agreement', event.streamId);
    const known = this.#agreements.get(agreementId);
    const now = event.type === 'AgreementSigned' ? signed(agreementId, event) : known;
    if (now) this.#agreements.set(agreementId, after(now, event));
  }
}

function isOfAgreement(event: RecordedCommonThreadEvent): event is AgreementFact {
  return event.streamId.startsWith('agreement-');
}

type Fact<Type extends AgreementFact['type']> = Extract<AgreementFact, { type: Type }>;

function signed(agreementId: string, event: Fact<'AgreementSigned'>): SharingAgreement {
  const { parties, purpose, lawfulBases, from, until, takesBackAtExpiry } = event.data;
  const terms = { parties, purpose, lawfulBases, from, until, takesBackAtExpiry };
  return { agreementId, state: 'signed', ...terms, versions: [] };
}

function after(known: SharingAgreement, event: AgreementFact): SharingAgreement {
  switch (event.type) {
    case 'AgreementSigned':
      return { ...known, versions: [versionOf(event, 1)] };
    case 'AgreementTookEffect':
      return { ...known, tookEffectAt: event.metadata.recordedAt, state: inForce(known) };
    case 'AgreementNarrowed': {
      const { agreementVersion, reason, takesBack } = event.data;
      const narrower = { ...versionOf(event, agreementVersion), reason, takesBack };
      const now = { ...known, versions: [...known.versions, narrower] };
      return known.tookEffectAt === undefined ? now : { ...now, state: inForce(now) };
    }
    case 'AgreementEnded':
      return {
        ...known,
        state: event.data.reason === 'expired' ? 'expired' : 'ended',
        ended: { ...recording(event), ...event.data },
      };
  }
}

function inForce({ versions }: SharingAgreement): AgreementState {
  return versions.length > 1 ? 'narrowed' : 'in-force';
}

interface Signed extends AgreedScope {
  readonly signatories: readonly string[];
}

function versionOf(
  { data, metadata }: { readonly data: Signed } & Pick<AgreementFact, 'metadata'>,
  version: number,
): AgreementVersion {
  const { signatories } = data;
  return { version, ...recording({ metadata }), ...scopeOf(data), signatories };
}

function recording({ metadata }: Pick<AgreementFact, 'metadata'>) {
  return { at: metadata.recordedAt, by: metadata.recordedBy };
}
