import { LogUnavailable } from '@common-thread/eventing/event-log';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import { Problem, problems } from '@common-thread/platform/problem';
import { VaultStale } from './following/log-follower.js';

/**
 * Runs what a route asks of the vault and says in a problem document why it cannot be done now.
 */
export async function answering<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VaultStale) throw vaultStale();
    if (error instanceof VaultUnavailable || error instanceof LogUnavailable) {
      throw problems.unavailable('The vault');
    }
    throw error;
  }
}

function vaultStale(): Problem {
  return new Problem(503, 'vault-stale', 'Who may see this cannot be decided just now', {
    detail:
      'The vault has not caught up with what was recorded. Try again after Retry-After seconds.',
    headers: { 'retry-after': '2' },
  });
}
