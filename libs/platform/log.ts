import { isNativeError } from 'node:util/types';
import type { DestinationStream } from 'pino';
import { pino } from 'pino';

/**
 * Everything that may be written to a log: ids, codes, route templates, counts and durations. A key
 * that is not here is dropped, and so is a value that has not the shape of its key, because a name in
 * a log line is a disclosure that nobody decided.
 */
export interface LogFields {
  readonly requestId?: string;
  readonly correlationId?: string;
  readonly method?: string;
  /** The route's template, `/v1/contacts/:contactId`, never the address asked for. */
  readonly route?: string;
  readonly status?: number;
  readonly durationMs?: number;
  readonly actorId?: string;
  readonly organisation?: string;
  readonly recipient?: string;
  readonly place?: string;
  /** What went wrong, as a code of ours or of PostgreSQL: `invalid-body`, `23505`. */
  readonly reason?: string;
  /** Class name of an error; its message is never written. */
  readonly error?: string;
  readonly frames?: readonly string[];
  readonly eventId?: string;
  readonly streamId?: string;
  readonly eventType?: string;
  readonly projection?: string;
  readonly line?: string;
  readonly sequence?: number;
  readonly position?: number;
  readonly count?: number;
  readonly port?: number;
  readonly signal?: string;
}

type Shape = (value: unknown) => boolean;

const matching =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === 'string' && value.length <= 200 && pattern.test(value);
const finite: Shape = (value) => typeof value === 'number' && Number.isFinite(value);
const uuid = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const slug = matching(/^[a-z0-9]+([.-][a-z0-9]+)*$/);
const word = matching(/^[A-Za-z][A-Za-z0-9]{0,79}$/);
const frame = matching(/^[\w@./-]+\.[cm]?[jt]s:\d+:\d+$/);

const shapes: { readonly [Field in keyof Required<LogFields>]: Shape } = {
  requestId: uuid,
  correlationId: uuid,
  method: matching(/^[A-Z]{3,7}$/),
  route: matching(/^(\/[\w.:*-]*)+$/),
  status: finite,
  durationMs: finite,
  actorId: matching(/^[\w.|-]+$/),
  organisation: slug,
  recipient: slug,
  place: slug,
  reason: matching(/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/),
  error: word,
  frames: (value) => Array.isArray(value) && value.every(frame),
  eventId: uuid,
  streamId: matching(/^[a-z]+-[\w-]+$/),
  eventType: word,
  projection: slug,
  line: matching(/^[a-z]+(\/[0-9a-f-]{36})?$/),
  sequence: finite,
  position: finite,
  count: finite,
  port: finite,
  signal: matching(/^SIG[A-Z0-9]+$/),
};

/** The fields that may be written, and no others. */
export function allowed(fields: object): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const shape = Object.hasOwn(shapes, key) ? shapes[key as keyof LogFields] : undefined;
    if (shape?.(value)) kept[key] = value;
  }
  return kept;
}

const FRAME = /\(?(?:file:\/\/)?((?:\/[\w@.-]+)+\.[cm]?[jt]s:\d+:\d+)\)?$/;

/** What may be told of an error: its class, its code, and where in our files it arose. */
export function errorFields(error: unknown): LogFields {
  if (!isNativeError(error)) return { error: 'NotAnError' };
  const code: unknown = Reflect.get(error, 'code');
  const frames = (error.stack ?? '').split('\n').flatMap((line) => {
    const place = /^\s+at /.test(line) ? FRAME.exec(line)?.[1] : undefined;
    return place ? [place.split('/').slice(-3).join('/')] : [];
  });
  return {
    error: error.constructor.name,
    ...(typeof code === 'string' ? { reason: code } : {}),
    frames: frames.slice(0, 8),
  };
}

export interface LogOptions {
  /** The app, by its short name: `vault`. */
  readonly app: string;
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly destination?: DestinationStream;
  /** Appends to this file instead of standard output. */
  readonly file?: string;
}

/**
 * The only way to write a log line: an event code, `request.completed`, and allowed fields. There is no
 * message, so there is nowhere for free text to go.
 */
export class Log {
  readonly #pino;

  constructor(options: LogOptions) {
    this.#pino = pino(
      {
        level: options.level ?? 'info',
        base: { app: options.app },
        timestamp: pino.stdTimeFunctions.isoTime,
        messageKey: 'event',
        formatters: { level: (level) => ({ level }), log: allowed },
      },
      options.destination ?? pino.destination({ dest: options.file ?? 1, sync: false }),
    );
  }

  debug(event: string, fields: LogFields = {}): void {
    this.#pino.debug(fields, codeOf(event));
  }

  info(event: string, fields: LogFields = {}): void {
    this.#pino.info(fields, codeOf(event));
  }

  /** `error` contributes its class, code and frames, never its message. */
  warn(event: string, fields: LogFields = {}, error?: unknown): void {
    this.#pino.warn(
      { ...fields, ...(error === undefined ? {} : errorFields(error)) },
      codeOf(event),
    );
  }

  error(event: string, fields: LogFields = {}, error?: unknown): void {
    this.#pino.error(
      { ...fields, ...(error === undefined ? {} : errorFields(error)) },
      codeOf(event),
    );
  }
}

function codeOf(event: string): string {
  return /^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/.test(event) ? event : 'unnamed';
}
