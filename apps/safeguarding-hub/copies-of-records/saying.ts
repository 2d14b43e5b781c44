import { CopyRefused } from '@common-thread/platform/copies-of-records';
import { VaultUnreachable } from '@common-thread/platform/asking-vault';
import { problems } from '@common-thread/platform/problem';

export const TRY_AGAIN =
  'This could not be done just now. Nothing is lost: send it again in a minute';

/** What is read for a page. @throws Problem 503 while the vault is away */
export async function reading<Told>(work: () => Promise<Told>): Promise<Told> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VaultUnreachable) {
      throw problems.unavailable('The requests for copies');
    }
    throw error;
  }
}

/** What a form's command answered, or what to say of one that was not done. */
export async function saying<Answer>(
  work: () => Promise<Answer>,
): Promise<{ readonly answer: Answer } | { readonly wrong: string }> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (error instanceof CopyRefused) return { wrong: error.message };
    if (error instanceof VaultUnreachable) return { wrong: TRY_AGAIN };
    throw error;
  }
}
