import { askVault, VaultUnreachable } from './asking-vault.js';

/** What one organisation holds of one person, and until when it keeps it. */
export interface KeptRecords {
  readonly holder: string;
  /** Classes of record of which it holds a key that still opens something. */
  readonly recordClasses: readonly string[];
  /** Whether its work about the person’s families goes on: then nothing is due. */
  readonly isOpen: boolean;
  /** Absent while the work goes on, and where a birth it is counted from is not known. */
  readonly due?: {
    /** First of a month, `YYYY-MM-DD`: the day itself would tell a birthday. */
    readonly from: string;
    /** The class of the schedule that keeps it longest, and the day that one counts from. */
    readonly kind: string;
    readonly countedFrom: string;
  };
}

export interface DueRecords extends KeptRecords {
  readonly personId: string;
  readonly familyIds: readonly string[];
  readonly due: NonNullable<KeptRecords['due']>;
  /** Grounds of the legal holds in force. */
  readonly holds: readonly string[];
  /** The proposal that is about it and neither declined nor carried out. */
  readonly proposalId?: string;
}

export interface DueList {
  /** London days. */
  readonly asOf: string;
  readonly until: string;
  /** The longest due first, 500 at most. */
  readonly due: readonly DueRecords[];
  /** How many there are besides. */
  readonly more: number;
  /** Ended work whose time cannot be counted: a date of birth is missing. */
  readonly notCounted: number;
}

/** When something was decided, and by whom. */
export interface DecidedBy {
  /** The officer, by the id they sign in with. */
  readonly by: string;
  /** UTC instant. */
  readonly at: string;
}

/** One proposal that an organisation’s holding ends, and how far it has come. */
export interface Erasure {
  readonly proposalId: string;
  readonly personId: string;
  readonly holder: string;
  readonly recordClasses: readonly string[];
  readonly ground: string;
  readonly proposed: DecidedBy;
  readonly confirmed?: DecidedBy;
  readonly declined?: DecidedBy;
  readonly holds: readonly string[];
  /** UTC instant before which nothing is destroyed, once the keys were retired. */
  readonly earliestAt?: string;
  readonly keysDestroyed: number;
  readonly destroyedAt?: string;
  /** London day on which the last backup is gone. */
  readonly completeOn?: string;
}

/** Keys of one class under one controller, and who still holds them. */
export interface KeysHeld {
  readonly recordClass: string;
  readonly controller: string;
  readonly keys: number;
  readonly holders: readonly string[];
}

export interface PersonErasure {
  readonly personId: string;
  readonly familyIds: readonly string[];
  readonly kept: readonly KeptRecords[];
  readonly keys: readonly KeysHeld[];
  readonly holds: readonly (DecidedBy & { readonly ground: string })[];
  /** The latest first. */
  readonly erasures: readonly Erasure[];
}

/**
 * What is due to be erased and how far each erasure has come, for a hub’s information-governance officers;
 * to everybody else there is no such thing. Reading it is in the audit, and nothing of a record is in it.
 */
export abstract class Erasing {
  /** @throws VaultUnreachable */
  abstract due(accessToken: string): Promise<DueList>;

  /** @throws VaultUnreachable */
  abstract all(accessToken: string): Promise<readonly Erasure[]>;

  /** Undefined where nobody of this id is known. @throws VaultUnreachable */
  abstract of(accessToken: string, personId: string): Promise<PersonErasure | undefined>;
}

/** Births are opened for it the first time. */
const TIMEOUT_MS = 20_000;

/** Of a vault in another process. */
export class HttpErasing extends Erasing {
  constructor(private readonly vault: URL) {
    super();
  }

  async due(accessToken: string): Promise<DueList> {
    return this.#told<DueList>('/due', accessToken);
  }

  async all(accessToken: string): Promise<readonly Erasure[]> {
    const { erasures } = await this.#told<{ erasures: readonly Erasure[] }>('', accessToken);
    return erasures;
  }

  async of(accessToken: string, personId: string): Promise<PersonErasure | undefined> {
    return this.#get<PersonErasure>(`/${personId}`, accessToken);
  }

  async #told<Told>(path: string, accessToken: string): Promise<Told> {
    const told = await this.#get<Told>(path, accessToken);
    if (!told) throw new VaultUnreachable('the vault tells nothing of erasures');
    return told;
  }

  async #get<Told>(path: string, accessToken: string): Promise<Told | undefined> {
    const asked = { path: `/v1/erasures${path}`, accessToken, timeoutMs: TIMEOUT_MS };
    return (await askVault(this.vault, asked))?.body as Told | undefined;
  }
}
