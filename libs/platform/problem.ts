/** Where the types of problems are named; a type never changes its meaning. */
export const PROBLEM_BASE = 'https://common-thread.uk/problems/';

/** One thing wrong with what was sent: where it is, and what to do about it. Never the value. */
export interface FieldProblem {
  /** RFC 6901 into the body: `/childIds/0`. */
  readonly pointer: string;
  readonly detail: string;
}

export interface ProblemDetails {
  /** What happened this time, in words that hold nothing of what was sent. */
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal as RFC 9457 tells it. `slug` follows PROBLEM_BASE in the document's `type`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly detail: string | undefined;
  readonly errors: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly status: number,
    readonly slug: string,
    readonly title: string,
    details: ProblemDetails = {},
  ) {
    super(slug);
    this.detail = details.detail;
    this.errors = details.errors ?? [];
    this.headers = details.headers ?? {};
  }

  /** The document sent as `application/problem+json`. */
  toDocument(requestId: string): Record<string, unknown> {
    return {
      type: PROBLEM_BASE + this.slug,
      title: this.title,
      status: this.status,
      ...(this.detail ? { detail: this.detail } : {}),
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
      requestId,
    };
  }
}

/** The problems every app shares. A broken rule of the domain is `ruleBroken`, by its own code. */
export const problems = {
  invalidBody: (errors: readonly FieldProblem[]) =>
    new Problem(422, 'invalid-body', 'Some of what was sent cannot be accepted', {
      detail: 'Correct what the errors point at and send it again. Nothing was recorded.',
      errors,
    }),
  invalidQuery: (errors: readonly FieldProblem[]) =>
    new Problem(400, 'invalid-query', 'Part of the address cannot be accepted', { errors }),
  malformedBody: () =>
    new Problem(400, 'malformed-body', 'The body is not well-formed JSON', {
      detail: 'Send JSON in UTF-8 with Content-Type: application/json.',
    }),
  unsupportedMediaType: () =>
    new Problem(
      415,
      'unsupported-media-type',
      'The body is of a kind this address does not take',
      {
        detail: 'Send Content-Type: application/json.',
      },
    ),
  bodyTooLarge: (bytesMax: number) =>
    new Problem(413, 'body-too-large', 'The body is too large', {
      detail: `Send at most ${bytesMax} bytes. Nothing was recorded.`,
    }),
  notSignedIn: () =>
    new Problem(401, 'not-signed-in', 'Sign in first', {
      detail: 'Send a current access token: Authorization: Bearer <token>.',
      headers: { 'www-authenticate': 'Bearer' },
    }),
  tokenRefused: () =>
    new Problem(401, 'token-refused', 'The access token is not accepted', {
      detail: 'It may have expired, or be meant for another service. Get a new one and try again.',
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    }),
  standingEnded: () =>
    new Problem(401, 'standing-ended', 'Part of what this token says has been taken away', {
      detail:
        'Sign in again to go on with the work that is left. If that is refused too, speak to whoever you ' +
        'work for.',
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    }),
  /** Also what somebody unrelated is told of a record that exists. */
  notFound: () =>
    new Problem(404, 'not-found', 'Not found', {
      detail: 'There is nothing here that you can see.',
    }),
  formNotOurs: () =>
    new Problem(403, 'form-not-ours', 'This form did not come from one of our pages', {
      detail: 'Open the page again and send it from there. Nothing was recorded.',
    }),
  idempotencyKeyMissing: () =>
    new Problem(400, 'idempotency-key-missing', 'Send an Idempotency-Key', {
      detail:
        'Send a header Idempotency-Key with 8 to 128 letters, digits or - _ . : and keep it for retries.',
    }),
  idempotencyKeyReused: () =>
    new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key was used for another body', {
      detail: 'Use a new key for a new command. Nothing was recorded.',
    }),
  preconditionRequired: () =>
    new Problem(428, 'precondition-required', 'Send If-Match with the tag you read', {
      detail: 'Read the record, then send its ETag in If-Match.',
    }),
  /** Carries the new tag alone; the reader looks again in its own model. */
  preconditionFailed: (tag: string) =>
    new Problem(412, 'precondition-failed', 'It has changed since you read it', {
      detail: 'Read it again, then decide whether to send this again. Nothing was recorded.',
      headers: { etag: `"${tag}"` },
    }),
  ruleBroken: (code: string, title: string, errors: readonly FieldProblem[] = []) =>
    new Problem(409, code, title, { detail: 'Nothing was recorded.', errors }),
  tooManyRequests: () =>
    new Problem(429, 'too-many-requests', 'Too many requests', {
      detail: 'Wait for as long as Retry-After says, then try again.',
    }),
  unavailable: (what: string, retryAfterSeconds = 5) =>
    new Problem(503, 'unavailable', `${what} cannot be reached just now`, {
      detail: 'Try again after Retry-After seconds with the same Idempotency-Key.',
      headers: { 'retry-after': String(retryAfterSeconds) },
    }),
  signInUnavailable: () =>
    new Problem(503, 'sign-in-unavailable', 'Sign-in cannot be reached just now', {
      detail: 'Try again after Retry-After seconds.',
      headers: { 'retry-after': '5' },
    }),
  unexpected: () =>
    new Problem(500, 'unexpected', 'Something went wrong here', {
      detail: 'It is recorded under the requestId. Try again; if it goes on, quote that id.',
    }),
};

/** Whether somebody is refused because part of their work has been taken away. */
export function isStandingEnded(error: unknown): error is Problem {
  return error instanceof Problem && error.slug === 'standing-ended';
}
