import type { Answer, Question } from './asking.js';
import { ask } from './asking.js';
import { problems } from './problem.js';

/** The vault cannot be asked just now. Pages say "names cannot be shown right now" and keep what was typed. */
export class VaultUnreachable extends Error {
  override readonly name = 'VaultUnreachable';
}

/**
 * What a vault in another process answers; undefined where there is no such thing for whoever asks.
 * `alsoAnswers` are statuses beside 2xx that say something.
 * @throws VaultUnreachable where it answers nothing else than that, or nothing
 */
export async function askVault(
  vault: URL,
  question: Question,
  alsoAnswers: readonly number[] = [],
): Promise<Answer | undefined> {
  const answer = await ask(vault, question);
  if (!answer) throw new VaultUnreachable('the vault does not answer');
  const { status } = answer;
  if (status === 404) return undefined;
  if (status < 300 || alsoAnswers.includes(status)) return answer;
  throw new VaultUnreachable(`the vault answered ${status}`);
}

/** What a problem document says to correct; undefined where it says nothing. */
export function correctionIn({ body }: Answer): string | undefined {
  const { detail, errors } = (body ?? {}) as {
    readonly detail?: string;
    readonly errors?: readonly { readonly detail: string }[];
  };
  return errors?.map((error) => error.detail).join('; ') ?? detail;
}

/**
 * What the vault is asked for a page, where there is no page without it.
 * @throws Problem 503 in the name of what cannot be shown, while the vault is away
 */
export async function reached<Told>(what: string, work: () => Promise<Told>): Promise<Told> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VaultUnreachable) throw problems.unavailable(what);
    throw error;
  }
}
