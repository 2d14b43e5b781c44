/** Tell a recipient what it has not yet been told on a line. */
export interface Walk {
  readonly kind: 'walk';
  readonly recipient: string;
  readonly line: string;
  /** Whether the event begins or ends its entitlement to the line. */
  readonly change: 'begins' | 'ends' | null;
}

/** Withdraw what rests on an agreement and goes beyond what it lets be told now. */
export interface TakeBack {
  readonly kind: 'take-back';
  readonly recipient: string;
  readonly agreementId: string;
  /** Rows up to this sequence have been looked at. */
  after: number;
}

/** Tell a recipient what it may be told of the past by now. */
export interface Redisclose {
  readonly kind: 'redisclose';
  readonly recipient: string;
  /** Lines up to this one are done. */
  after: string;
}

/** Withdraw what the table in force no longer lets a recipient be told of the past. */
export interface WithdrawPast {
  readonly kind: 'withdraw-past';
  readonly recipient: string;
  /** Rows up to this sequence have been looked at. */
  after: number;
}

/**
 * What is left to do for one event; kept with the checkpoint, so that a joining set resumes where it
 * stopped.
 */
export type Task =
  | Walk
  /** Tell the author or referrer, whatever its relationship is now. */
  | { readonly kind: 'own'; readonly recipient: string }
  /** Correct or withdraw what a recipient was told, wherever that was. */
  | { readonly kind: 'follow'; readonly recipient: string }
  /** Tell of the corrections that a restriction held back. */
  | { readonly kind: 'release'; readonly recipient: string; readonly line: string }
  | TakeBack
  | Redisclose
  | WithdrawPast;
