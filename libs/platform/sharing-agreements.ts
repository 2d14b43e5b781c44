import { askVault, VaultUnreachable } from './asking-vault.js';

/** Kinds of fact by the most that is told of them; a kind in no list is not shared. */
export interface AgreementScope {
  readonly content: readonly string[];
  readonly notice: readonly string[];
  readonly existence: readonly string[];
}

/** What was signed, or what was left of it when it was narrowed. */
export interface AgreementVersion extends AgreementScope {
  /** From 1. */
  readonly version: number;
  /** UTC instant at which it was recorded, and the officer who did, by the id they sign in with. */
  readonly at: string;
  readonly by: string;
  /** `<organisation>/<post>`, one for each party. */
  readonly signatories: readonly string[];
  /** Of a narrowing: why, and whether what was told beyond it is withdrawn. */
  readonly reason?: string;
  readonly takesBack?: boolean;
}

export interface AgreementEnd {
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  /** The party that ended it; absent where its last day has passed. */
  readonly endedBy?: string;
  /** Whether what was told under it is withdrawn. */
  readonly takesBack: boolean;
}

/** `signed`: its first day is yet to come. `narrowed`: in force, and shares less than was signed. */
export const agreementStates = ['signed', 'in-force', 'narrowed', 'ended', 'expired'] as const;
export type AgreementState = (typeof agreementStates)[number];

/** What organisations have signed to tell each other. Nothing in it is personal. */
export interface SharingAgreement {
  readonly agreementId: string;
  readonly state: AgreementState;
  /** Organisations, by short name. */
  readonly parties: readonly string[];
  readonly purpose: string;
  readonly lawfulBases: readonly string[];
  /** First and last London day in force. */
  readonly from: string;
  readonly until: string;
  /** Whether what was told under it is withdrawn after its last day. */
  readonly takesBackAtExpiry: boolean;
  /** UTC instant from which it was in force; absent until then. */
  readonly tookEffectAt?: string;
  /** As signed and as narrowed since: the last one counts. */
  readonly versions: readonly AgreementVersion[];
  readonly ended?: AgreementEnd;
}

/** What was known of the log when it was asked. */
export interface AsOfLog {
  /** UTC instant: everything acknowledged before is in the answer. */
  readonly asOf: string;
  /** Version of the disclosure table in force. */
  readonly tableVersion: number;
}

export interface AgreementsTold extends AsOfLog {
  /** The latest signed first. */
  readonly agreements: readonly SharingAgreement[];
}

export interface AgreementTold extends AsOfLog {
  readonly agreement: SharingAgreement;
}

/** The version that counts. */
export function versionNow({ versions }: SharingAgreement): AgreementVersion {
  const last = versions.at(-1);
  if (!last) throw new Error('an agreement has the version that was signed');
  return last;
}

export function isInForce({ state }: SharingAgreement): boolean {
  return state === 'in-force' || state === 'narrowed';
}

/**
 * Sharing agreements as the vault has them of the log, for information-governance officers; to everybody
 * else there is no such thing. Reading them is in the audit.
 */
export abstract class SharingAgreements {
  /** @throws VaultUnreachable */
  abstract all(accessToken: string): Promise<AgreementsTold>;

  /** Undefined where there is none of this id. @throws VaultUnreachable */
  abstract of(accessToken: string, agreementId: string): Promise<AgreementTold | undefined>;
}

/** The vault waits up to two seconds until it has caught up. */
const TIMEOUT_MS = 5_000;

/** Of a vault in another process. */
export class HttpSharingAgreements extends SharingAgreements {
  constructor(private readonly vault: URL) {
    super();
  }

  async all(accessToken: string): Promise<AgreementsTold> {
    const told = await this.#get<AgreementsTold>('', accessToken);
    if (!Array.isArray(told?.agreements)) {
      throw new VaultUnreachable('the vault tells of no agreements');
    }
    return told;
  }

  of(accessToken: string, agreementId: string): Promise<AgreementTold | undefined> {
    return this.#get<AgreementTold>(`/${agreementId}`, accessToken);
  }

  async #get<Told>(path: string, accessToken: string): Promise<Told | undefined> {
    const asked = { path: `/v1/agreements${path}`, accessToken, timeoutMs: TIMEOUT_MS };
    return (await askVault(this.vault, asked))?.body as Told | undefined;
  }
}
