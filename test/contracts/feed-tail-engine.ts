import type { FeedTailPublisher, FeedTailSource } from '@common-thread/projecting/feed-tail';

/** One broker without records of the test's recipients, and what a test may do to it. */
export interface OpenTail {
  readonly publisher: FeedTailPublisher;
  /** Another follower, as in another process. */
  source(): FeedTailSource;
  /** Deletes the recipient's tail with everything in it, and what is known of its followers. */
  recreate(recipient: string): Promise<void>;
  /** Takes away all that was published so far, as retention does. */
  expire(recipient: string): Promise<void>;
  /** Puts the recipient's group, which nobody is in now, behind everything published. */
  resetToLatest(recipient: string): Promise<void>;
  /** The broker cannot be reached from publisher and sources, until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export interface FeedTailEngine {
  readonly name: string;
  open(): Promise<OpenTail>;
}
