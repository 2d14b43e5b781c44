import { setTimeout as pause } from 'node:timers/promises';
import { derivedId } from '@common-thread/eventing/identifiers';
import { demonstrationUsers } from '../../apps/sign-in/demonstration-users.js';
import type { Answer, Reachable } from '../journeys/whole-system.js';
import { send, tokenOf } from '../journeys/whole-system.js';
import type { Door } from './door.js';
import type { Recorder } from './load-record.js';
import type { Answered, Expected, SentCommand } from './observed.js';
import { Pace } from './pace.js';

/** A command before it has an id. */
export interface PlannedCommand {
  readonly user: string;
  readonly path: string;
  readonly key: string;
  readonly body: object;
  readonly ifMatch?: string;
  /** Types recorded by the command itself. */
  readonly records: readonly string[];
  readonly orMore?: true;
  /** Steps before the command itself, and what each records. */
  readonly steps?: Readonly<Record<string, readonly string[]>>;
}

export interface SubmitterOptions {
  readonly system: Reachable;
  readonly door: Door;
  readonly record: Recorder;
  /** When new commands are due; as fast as they are answered where it is left out. */
  readonly pace?: Pick<Pace, 'next'>;
}

/** Refused, although whoever sent it had not reckoned with that. */
export class RefusedUnforeseen extends Error {
  override readonly name = 'RefusedUnforeseen';
}

/** Between two tries where the system is up and did not answer. */
const TRY_AGAIN_MS = 20;
/** After that an answer does not come: whoever should give it hangs. */
const ANSWER_MS_MAX = 15_000;
const TOKEN_KEPT_MS = 10 * 60_000;
const NO_PACE = new Pace(Number.POSITIVE_INFINITY);

/** Sends each command with its key until somebody gives a final answer, and records every one. */
export class Submitter {
  readonly #tokens = new Map<string, { readonly token: string; readonly until: number }>();

  constructor(private readonly options: SubmitterOptions) {}

  /** @throws RefusedUnforeseen where it is refused by any status but those that may be */
  async submit(planned: PlannedCommand, mayBeRefused: readonly number[] = []): Promise<Answered> {
    const dueAt = await (this.options.pace ?? NO_PACE).next();
    const command = sentCommandOf(planned);
    this.options.record({ kind: 'sent', at: Date.now(), dueAt, command });
    return this.seeThrough(command, mayBeRefused);
  }

  /** Sends what has been recorded as sent until it is answered. @throws RefusedUnforeseen */
  async seeThrough(command: SentCommand, mayBeRefused: readonly number[] = []): Promise<Answered> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.once(command);
      if (!answer || answer.status >= 500 || answer.status === 429) {
        await pause(TRY_AGAIN_MS);
        continue;
      }
      const { commandId, path } = command;
      const outcome = answer.status < 300 ? 'acknowledged' : 'refused';
      const isForeseen = outcome === 'acknowledged' || mayBeRefused.includes(answer.status);
      const given = { kind: 'answered', at: Date.now(), commandId, outcome } as const;
      this.options.record({ ...given, isForeseen, tries, answer });
      if (isForeseen) return { ...command, answer, tries };
      throw new RefusedUnforeseen(`${path} was refused: ${JSON.stringify(answer)}`);
    }
  }

  /** One try; undefined where no answer came. */
  async once(command: SentCommand): Promise<Answer | undefined> {
    await this.options.door.whenOpen();
    const { path, body, key, ifMatch } = command;
    const token = await this.token(command.user);
    try {
      return await send(this.options.system, path, body, {
        token,
        key,
        ...(ifMatch === undefined ? {} : { ifMatch }),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
    } catch {
      return undefined; // whether it was recorded, only the same key can tell
    }
  }

  async token(user: string): Promise<string> {
    const known = this.#tokens.get(user);
    if (known && known.until > performance.now()) return known.token;
    const token = await tokenOf(this.options.system, user);
    this.#tokens.set(user, { token, until: performance.now() + TOKEN_KEPT_MS });
    return token;
  }
}

export function recipientOf(user: string): string {
  const found = demonstrationUsers.find(({ id }) => id === user);
  if (!found) throw new Error(`nobody is called ${user}`);
  return found.recipient;
}

/** The id every try of it has, derived here as the interface says it is. */
export function commandIdOf({
  user,
  path,
  key,
}: Pick<PlannedCommand, 'user' | 'path' | 'key'>): string {
  const recipient = recipientOf(user);
  const organisation = recipient.slice(0, recipient.lastIndexOf('.'));
  return derivedId('command', organisation, user, `POST ${path}`, key);
}

function sentCommandOf(planned: PlannedCommand): SentCommand {
  const { records, orMore, steps = {}, ...command } = planned;
  const commandId = commandIdOf(planned);
  const expected: Expected[] = [
    { commandId, types: records, ...(orMore ? { orMore } : {}) },
    ...Object.entries(steps).map(([step, types]) => ({
      commandId: derivedId(commandId, step),
      types,
    })),
  ];
  return { ...command, recipient: recipientOf(planned.user), commandId, expected };
}
