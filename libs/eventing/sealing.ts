/** One personal value to seal. */
export interface SealRequest {
  readonly plaintext: string;
  /** Person ids, or the stream's own id where nobody is known yet; several share one text. */
  readonly subjects: readonly string[];
  /** Retention and keys differ by class: `identity`, `centre`, `child-health`, `contact`, `draft`. */
  readonly recordClass: string;
  /** Organisation that controls the record. */
  readonly controller: string;
  readonly streamId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly field: string;
  readonly version: number;
}

export interface Sealed {
  /** One box a request, in order: `box.v1.` and base64url parts, safe in JSON. */
  readonly boxes: readonly string[];
  /** Keyed hash of the command's body. */
  readonly fingerprint: string;
}

/** What the kernel asks of the vault; one batched call an attempt. */
export abstract class Sealing {
  /** @throws VaultUnavailable: nothing was sealed for good, try again */
  abstract seal(requests: readonly SealRequest[], commandBody: unknown): Promise<Sealed>;
  /** Whether a fingerprint was made of this body; `unknown` once its key has gone (30 days). */
  abstract compare(
    fingerprint: string,
    commandBody: unknown,
  ): Promise<'same' | 'other' | 'unknown'>;
}

export class VaultUnavailable extends Error {
  override readonly name = 'VaultUnavailable';
}

export const BOX_PREFIX = 'box.v1.';

/** Whether a text is a sealed box. Anything else in a personal field must never reach the log. */
export function isBox(text: unknown): text is string {
  return typeof text === 'string' && text.startsWith(BOX_PREFIX);
}
