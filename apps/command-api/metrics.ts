import { gauge, secondsSince } from '@common-thread/running/gauges';
import type { Registry } from 'prom-client';
import type { CommandApi } from './create-command-api.js';

/** What reactions could not do and try again. */
export function measureReactions(
  api: Pick<CommandApi, 'reactionFaults'>,
  metrics: Registry,
): void {
  gauge(
    metrics,
    {
      name: 'common_thread_reaction_faults',
      help: 'Causes that a reaction could not act on, set aside and tried again',
    },
    async () => [{ value: (await api.reactionFaults()).faults }],
  );
  gauge(
    metrics,
    {
      name: 'common_thread_reaction_oldest_fault_seconds',
      help: 'Since the oldest of them first failed; absent where there is none',
    },
    async () => [{ value: secondsSince((await api.reactionFaults()).oldestAt) }],
  );
}
