/** A feed of which not everything has been published. */
export interface Unpublished {
  readonly recipient: string;
  /** Every row up to it has been published, or is left to the pages; 0 before the first. */
  readonly published: number;
  /** Last sequence told. */
  readonly head: number;
}

/**
 * How far each recipient's feed has been published on the broker. Guarantees every adapter keeps
 * (test/contracts/published-marks.contract.ts):
 * - only the last to take over may advance a mark: anybody else's throws FenceLost and changes nothing;
 * - a mark never moves back;
 * - `unpublished` sees every row whose commit was acknowledged before it.
 * Every method throws StoreUnavailable when the store cannot be reached.
 */
export abstract class PublishedMarks {
  /** From now on nobody who took over earlier can advance a mark. */
  abstract takeOver(): Promise<number>;

  /** Feeds whose head lies beyond their mark, by recipient. */
  abstract unpublished(): Promise<readonly Unpublished[]>;

  /** @throws FenceLost when somebody else has taken over */
  abstract advance(fence: number, recipient: string, to: number): Promise<void>;
}
