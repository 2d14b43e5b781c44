/** What can be wrong with a feed. Each stops the receiver: guessing would be worse than waiting. */
export type FeedFaultKind =
  /** The row is of another recipient's feed. */
  | 'another-feed'
  /** The envelope does not match its hash. */
  | 'envelope-altered'
  /** The body does not match the envelope's hash of it. */
  | 'body-altered'
  /** The body is missing and no withdrawal excuses it. */
  | 'body-missing'
  /** A sequence already received came again with another hash. */
  | 'diverged'
  /** A row came out of turn although asked for in order. */
  | 'gap'
  /** The pages end before what was received: the relay has lost rows. */
  | 'pages-behind'
  /** A correction or withdrawal of a row never told. */
  | 'follows-unknown'
  /** A redacted row named as its withdrawal a row that withdraws something else. */
  | 'mark-unanswered'
  /** A row held as withdrawn, and the pages no longer serve it so: the relay has lost the withdrawal. */
  | 'withdrawal-lost';

/** A feed that cannot be true. Says where, never what was told. */
export class FeedFault extends Error {
  override readonly name = 'FeedFault';
  constructor(
    readonly kind: FeedFaultKind,
    readonly sequence: number,
  ) {
    super(`feed stopped at sequence ${sequence}: ${explanations[kind]}`);
  }
}

const explanations: Readonly<Record<FeedFaultKind, string>> = {
  'another-feed': 'the row belongs to another feed',
  'envelope-altered': 'the envelope does not match its hash',
  'body-altered': 'the body does not match its hash',
  'body-missing': 'the body is missing and nothing withdraws it',
  diverged: 'it was received before with another hash',
  gap: 'the row before it is missing',
  'pages-behind': 'the pages end before it, so the relay has lost rows',
  'follows-unknown': 'it corrects or withdraws a row never told',
  'mark-unanswered': 'a redacted row names it as its withdrawal, and it is not',
  'withdrawal-lost': 'it was received as withdrawn, and the relay has lost the withdrawal',
};
