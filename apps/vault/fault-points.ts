/** Where a crash would be told apart from one a moment sooner or later. */
export type FaultPoint =
  | 'before-keys-stored'
  | 'keys-stored'
  | 'audit-committed'
  | 'glass-broken'
  | 'keys-retired'
  | 'bucket-announced'
  | 'bucket-rotated'
  | 'subject-shredded'
  | 'bucket-destroyed';

/** Told as each point is passed. Does nothing, except in tests, which crash there. */
export abstract class FaultPoints {
  abstract reached(point: FaultPoint): Promise<void>;
}

export class NoFaults extends FaultPoints {
  async reached(): Promise<void> {
    return undefined;
  }
}
