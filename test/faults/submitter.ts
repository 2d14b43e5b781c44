import { setTimeout as pause } from 'node:timers/promises';
import { derivedId } from '@common-thread/eventing/identifiers';
import { demonstrationUsers } from '../../apps/sign-in/demonstration-users.js';
import type { Answer, Reachable } from '../journeys/whole-system.js';
import { send, tokenOf } from '../journeys/whole-system.js';
import type { Door } from './door.js';
import type { Answered, Expected, SentCommand } from './observed.js';

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

/** Between two tries where the system is up and did not answer. */
const TRY_AGAIN_MS = 20;
const TOKEN_KEPT_MS = 10 * 60_000;

/** Sends each command with its key until somebody gives a final answer, and keeps every answer. */
export class Submitter {
  readonly acknowledged: Answered[] = [];
  readonly refused: Answered[] = [];
  readonly #tokens = new Map<string, { readonly token: string; readonly until: number }>();

  constructor(
    private readonly system: Reachable,
    private readonly door: Door,
  ) {}

  /** @throws where it is refused by any status but those that may be */
  async submit(planned: PlannedCommand, mayBeRefused: readonly number[] = []): Promise<Answered> {
    const command = sentCommandOf(planned);
    for (let tries = 1; ; tries += 1) {
      const answer = await this.once(command);
      if (!answer || answer.status >= 500) {
        await pause(TRY_AGAIN_MS);
        continue;
      }
      const answered = { ...command, answer, tries };
      if (answer.status < 300) {
        this.acknowledged.push(answered);
        return answered;
      }
      this.refused.push(answered);
      if (mayBeRefused.includes(answer.status)) return answered;
      throw new Error(`${command.path} was refused: ${JSON.stringify(answer)}`);
    }
  }

  /** One try; undefined where no answer came. */
  async once(command: SentCommand): Promise<Answer | undefined> {
    await this.door.whenOpen();
    const { path, body, key, ifMatch } = command;
    const token = await this.token(command.user);
    try {
      return await send(this.system, path, body, {
        token,
        key,
        ...(ifMatch === undefined ? {} : { ifMatch }),
      });
    } catch {
      return undefined; // whether it was recorded, only the same key can tell
    }
  }

  async token(user: string): Promise<string> {
    const known = this.#tokens.get(user);
    if (known && known.until > performance.now()) return known.token;
    const token = await tokenOf(this.system, user);
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
export function commandIdOf({ user, path, key }: PlannedCommand): string {
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
