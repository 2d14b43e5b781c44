import type { FieldProblem } from './problem.js';
import { PROBLEM_BASE } from './problem.js';

/** One command as a page sends it to command-api. */
export interface CommandSent {
  /** `/v1/contacts/<id>/rating` */
  readonly path: string;
  readonly body: object;
  /** Made when the form was drawn, so that sending the form twice is one command. */
  readonly idempotencyKey: string;
  /** Tag of the record as it was read, where the command needs one. */
  readonly ifMatch?: string;
  readonly correlationId?: string;
}

export type CommandOutcome =
  /** Recorded, now or when it was first sent. `tag` is the record's new tag. */
  | {
      readonly kind: 'done';
      readonly answer: Readonly<Record<string, unknown>>;
      readonly tag?: string;
    }
  /** Refused: `slug` names the reason, errors point into the body. Nothing was recorded. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly slug: string;
      readonly title: string;
      readonly detail?: string;
      readonly errors: readonly FieldProblem[];
    }
  /** Somebody changed the record since it was read. Nothing was recorded. */
  | { readonly kind: 'changed'; readonly tag?: string }
  /** No answer that can be relied on: send the same again with the same key. */
  | { readonly kind: 'unavailable' };

/** Sends commands with the signed-in person's own token. */
export abstract class Commands {
  abstract send(accessToken: string, command: CommandSent): Promise<CommandOutcome>;
}

const TIMEOUT_MS = 10_000;

export class HttpCommands extends Commands {
  constructor(private readonly commandApi: URL) {
    super();
  }

  async send(accessToken: string, command: CommandSent): Promise<CommandOutcome> {
    const response = await fetch(new URL(command.path, this.commandApi), {
      method: 'POST',
      headers: headersOf(accessToken, command),
      body: JSON.stringify(command.body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined);
    if (!response) return { kind: 'unavailable' };
    return outcomeOf(response);
  }
}

function headersOf(accessToken: string, command: CommandSent): Record<string, string> {
  return {
    authorization: `Bearer ${accessToken}`,
    'content-type': 'application/json',
    'idempotency-key': command.idempotencyKey,
    ...(command.ifMatch ? { 'if-match': `"${command.ifMatch}"` } : {}),
    ...(command.correlationId ? { 'x-correlation-id': command.correlationId } : {}),
  };
}

async function outcomeOf(response: Response): Promise<CommandOutcome> {
  const answer = await jsonOf(response);
  const tag = response.headers.get('etag')?.replaceAll('"', '');
  if (response.ok) return { kind: 'done', answer, ...(tag ? { tag } : {}) };
  if (response.status === 412) return { kind: 'changed', ...(tag ? { tag } : {}) };
  if (response.status >= 500 || response.status === 401 || response.status === 429) {
    return { kind: 'unavailable' };
  }
  const type = typeof answer.type === 'string' ? answer.type : '';
  return {
    kind: 'refused',
    status: response.status,
    slug: type.startsWith(PROBLEM_BASE) ? type.slice(PROBLEM_BASE.length) : 'refused',
    title: typeof answer.title === 'string' ? answer.title : 'It was refused',
    ...(typeof answer.detail === 'string' ? { detail: answer.detail } : {}),
    errors: Array.isArray(answer.errors) ? (answer.errors as FieldProblem[]) : [],
  };
}

async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
