import { currentTraceparent } from './tracing.js';

/** One question to another app of ours. */
export interface Question {
  readonly path: string;
  readonly accessToken: string;
  /** Sent as JSON; none for a question that only reads. */
  readonly body?: object;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** As parsed from JSON; undefined where there is none. */
  readonly body: unknown;
}

/**
 * Asks an app of ours; undefined where no whole answer comes in time. Connections are kept open between
 * questions.
 */
export async function ask(app: URL, question: Question): Promise<Answer | undefined> {
  const { path, accessToken, body, timeoutMs, signal } = question;
  const traceparent = currentTraceparent();
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  const stop = () => late.abort();
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    const response = await fetch(new URL(path, app), {
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(traceparent === undefined ? {} : { traceparent }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      signal: late.signal,
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: parsed };
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
