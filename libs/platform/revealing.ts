/** One box a page wants opened, with what the page believes it is; the vault refuses a mismatch. */
export interface RevealRequest {
  readonly box: string;
  /** The data field the page expects it to be, by its original name: `familyName`. */
  readonly field: string;
  /** The family or contact line on whose page it is shown: `family/<id>`, `contact/<id>`. */
  readonly line: string;
}

/** When officers decided that an organisation’s copy is to be erased, and why. */
export interface ErasedBy {
  /** London day, `YYYY-MM-DD` */
  readonly on: string;
  /** Code of the ground: `retention-ended`. */
  readonly ground: string;
}

export type Revealed =
  | { readonly text: string }
  /** The key is gone, or the reader’s organisation has let go of it; by itself where nobody decided it. */
  | { readonly withheld: 'erased'; readonly erased?: ErasedBy }
  /**
   * `not-entitled`: this actor may not see it for this purpose.
   * `restricted`: the record is restricted and this actor's role may not open it; told to hubs alone.
   * `confidential`: within a record this actor may read, an address or a referrer that is kept from them.
   * `unreadable`: tampered or mismatched.
   */
  | { readonly withheld: 'not-entitled' | 'restricted' | 'confidential' | 'unreadable' };

/** Why a page is opened; kept in the audit. */
export const purposes = [
  'triage',
  'direct-care',
  'centre-support',
  'referral-feedback',
  'look-up',
  'subscription',
  /** For the copy somebody asks of what is held about them; opened by the vault for that alone. */
  'subject-access',
] as const;
export type Purpose = (typeof purposes)[number];

export interface RevealPage {
  readonly purpose: Purpose;
  /** The page or route, by its stable name: `hub/contact`. */
  readonly page: string;
  /** What the page is about, by opaque line or id; audited even when nothing on it is sealed. */
  readonly about: readonly string[];
  readonly requests: readonly RevealRequest[];
}

/**
 * The vault's other door. Every page about a person makes exactly one call; the audit entry is
 * committed before anything is opened. Over HTTP: `POST /v1/reveal` with a RevealPage as its body answers
 * `{revealed}`.
 */
export abstract class Revealing {
  /**
   * Answers in the order asked. `accessToken` is the caller's own: the vault decides for that actor.
   * @throws VaultUnreachable, also while the vault has not caught up with the log for 2 s
   */
  abstract reveal(accessToken: string, page: RevealPage): Promise<readonly Revealed[]>;
}
