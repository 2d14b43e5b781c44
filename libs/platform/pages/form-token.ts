import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whose form it is and in which session it was opened. */
export interface FormOrigin {
  /** Public name of the session: never its cookie. */
  readonly sessionName: string;
  readonly ownerId: string;
}

/**
 * The token every form carries. It says in whose session the form was opened and is signed, so that a form
 * posted after that session ended can still be kept for its owner, and for nobody else.
 */
export class FormTokens {
  constructor(private readonly secret: string) {}

  issue(origin: FormOrigin): string {
    const payload = Buffer.from(JSON.stringify([origin.sessionName, origin.ownerId]));
    return `${payload.toString('base64url')}.${this.signature(payload).toString('base64url')}`;
  }

  /** Undefined where we never issued it. */
  read(token: unknown): FormOrigin | undefined {
    const [encoded, signature] = typeof token === 'string' ? token.split('.') : [];
    if (!encoded || !signature) return undefined;
    const payload = Buffer.from(encoded, 'base64url');
    const given = Buffer.from(signature, 'base64url');
    const expected = this.signature(payload);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const [sessionName, ownerId] = JSON.parse(payload.toString()) as [string, string];
    return { sessionName, ownerId };
  }

  private signature(payload: Buffer): Buffer {
    return createHmac('sha256', this.secret).update('form token\n').update(payload).digest();
  }
}
