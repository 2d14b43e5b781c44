import { forAWhile } from './fault.js';
import type { Fault } from './fault.js';
import type { PostgresUnderFault, Stop } from '../postgres-under-fault.js';
import type { SystemUnderFault } from '../system-under-fault.js';

const AWAY_MS = { min: 0, max: 1_500 } as const;
const HELD_MS = { min: 100, max: 3_000 } as const;

/** PostgreSQL ends in one of its ways while everybody is at work, and comes back. */
function ending(name: string, how: Stop): Fault {
  return {
    name,
    weight: 1,
    targets,
    async inflict(system, _, random) {
      const postgres = postgresOf(system);
      await postgres.end(how);
      await forAWhile(random, AWAY_MS);
      const begun = performance.now();
      await postgres.start();
      return { kills: how === 'fast' ? 0 : 1, restartMs: performance.now() - begun };
    },
  };
}

export const postgresRestart = ending('postgres-restart', 'fast');
export const postgresImmediate = ending('postgres-immediate', 'immediate');
export const postgresKill = ending('postgres-kill', 'kill');

/** SIGSTOP of PostgreSQL's main process: nobody new is let in. */
export const postgresHold: Fault = {
  name: 'postgres-hold',
  weight: 1,
  targets,
  async inflict(system, _, random) {
    const postgres = postgresOf(system);
    postgres.hold();
    try {
      await forAWhile(random, HELD_MS);
    } finally {
      postgres.letGo();
    }
    return {};
  },
};

function targets({ postgres }: SystemUnderFault): readonly string[] {
  return postgres ? ['postgres'] : [];
}

function postgresOf({ postgres }: SystemUnderFault): PostgresUnderFault {
  if (!postgres) throw new Error('this system has no PostgreSQL of its own');
  return postgres;
}
