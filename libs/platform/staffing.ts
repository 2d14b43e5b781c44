import type { Answer } from './asking.js';
import { askVault, correctionIn, VaultUnreachable } from './asking-vault.js';
import type { StaffDetails, StaffPage, StaffQuery, StandingChange } from './staff.js';

/**
 * The vault's register of staff, for the officers who keep it. Where there is no such thing for whoever
 * asks, nothing is answered.
 */
export abstract class Staffing {
  /** @throws VaultUnreachable */
  abstract list(accessToken: string, asked: StaffQuery): Promise<StaffPage | undefined>;
  /** What to correct where it was not entered. @throws VaultUnreachable */
  abstract enter(accessToken: string, staff: readonly StaffDetails[]): Promise<string | undefined>;
  /** Answered once it is in force; what to correct where it was not recorded. @throws VaultUnreachable */
  abstract change(accessToken: string, change: StandingChange): Promise<string | undefined>;
}

/** A change waits until no app goes by an older answer. */
const TIMEOUT_MS = 8_000;
const NOT_THEIRS = 'There is no such register for you';

export class HttpStaffing extends Staffing {
  constructor(private readonly vault: URL) {
    super();
  }

  async list(accessToken: string, asked: StaffQuery): Promise<StaffPage | undefined> {
    const query = new URLSearchParams({ ...asked }).toString();
    const answer = await this.#ask(`/v1/staff?${query}`, accessToken);
    if (!answer) return undefined;
    const page = answer.body as StaffPage;
    if (!Array.isArray(page.staff)) throw new VaultUnreachable('the vault tells of no staff');
    return page;
  }

  enter(accessToken: string, staff: readonly StaffDetails[]): Promise<string | undefined> {
    return this.#sent('/v1/staff', accessToken, { staff });
  }

  change(accessToken: string, change: StandingChange): Promise<string | undefined> {
    return this.#sent('/v1/staff/standing', accessToken, { ...change });
  }

  async #sent(path: string, accessToken: string, body: object): Promise<string | undefined> {
    const answer = await this.#ask(path, accessToken, body);
    if (!answer) return NOT_THEIRS;
    if (answer.status < 300) return undefined;
    return correctionIn(answer) ?? 'It was refused';
  }

  #ask(path: string, accessToken: string, body?: object): Promise<Answer | undefined> {
    const asked = { path, accessToken, timeoutMs: TIMEOUT_MS, ...(body ? { body } : {}) };
    return askVault(this.vault, asked, [409, 422]);
  }
}
