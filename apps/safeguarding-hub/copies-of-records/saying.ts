import { CopyRefused } from '@common-thread/platform/copies-of-records';
import { VaultUnreachable } from '@common-thread/platform/asking-vault';

export const TRY_AGAIN =
  'This could not be done just now. Nothing is lost: send it again in a minute';

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
