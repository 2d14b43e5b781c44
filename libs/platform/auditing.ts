import type { StaffReport } from './staff.js';

/** What of the audit is asked for; every part given narrows it. */
export interface AuditQuery {
  /** A person's id, or a line: `family/<id>`, `contact/<id>`. */
  readonly subject?: string;
  /** The `sub` of whoever looked. */
  readonly viewer?: string;
  /** Only calls that opened this field of the subject: `address`. */
  readonly field?: string;
  /** London days, `YYYY-MM-DD`, both included. */
  readonly from?: string;
  readonly until?: string;
  /** Of an earlier answer's `next`. */
  readonly before?: string;
  /** Default 50, at most 500. */
  readonly limit?: number;
}

/** One thing asked for in a call; never what it says. */
export interface AuditedField {
  readonly field?: string;
  readonly line?: string;
  readonly outcome: string;
  /** On which ground it was opened, where one was kept. */
  readonly ground?: string;
}

/** One call to the vault: who asked, when, for what purpose, about whom. */
export interface AuditedCall {
  readonly entryId: string;
  /** UTC instant. */
  readonly at: string;
  readonly kind: string;
  readonly viewer: string;
  readonly organisation: string;
  readonly role: string;
  readonly purpose: string;
  readonly page: string;
  readonly about: readonly string[];
  /** Of the subject asked about, where one was; else of the whole call. */
  readonly asked: number;
  readonly granted: number;
  /** UTC instant at which the answer left; null where that is not known. */
  readonly deliveredAt: string | null;
  readonly items: readonly AuditedField[];
}

export interface AuditPage {
  /** The latest first. */
  readonly calls: readonly AuditedCall[];
  /** What to ask with for earlier ones; absent on the last page. */
  readonly next?: string;
}

/**
 * The vault's audit, for those who oversee it. Reading it is itself in it. An officer of a hub reads all
 * of it, an officer elsewhere what their own organisation's people asked; everybody else is told that
 * there is no such thing.
 */
export abstract class Auditing {
  /** @throws VaultUnreachable */
  abstract calls(accessToken: string, query: AuditQuery): Promise<AuditPage>;

  /**
   * The last 25 times a record was looked at, for the manager of a hub that has it in hand and for
   * officers; undefined for everybody else. @throws VaultUnreachable
   */
  abstract viewings(
    accessToken: string,
    line: string,
  ): Promise<readonly AuditedCall[] | undefined>;

  /** What a London day's looking by people of the register of staff gives to ask about. @throws VaultUnreachable */
  abstract staffReport(accessToken: string, day: string): Promise<StaffReport>;
}
