import type { Pool } from 'pg';
import type { Standalone } from '../../apps/standalone/standalone.js';
import { demonstrationAgencies } from '../../apps/standalone/agencies.js';
import { wholeLog } from '../faults/final-state.js';
import { eventually } from '../journeys/whole-system.js';

interface Standing {
  readonly log: string | undefined;
  readonly relay: string | null;
  readonly reactions: string | null;
  readonly waiting: number;
  readonly behind: readonly string[];
}

/** Resolves once everything that follows from what was recorded has followed, and every read model shows it. */
export async function settled(standalone: Standalone, pool: Pool): Promise<void> {
  await eventually(
    () => standingOf(standalone, pool),
    ({ log, relay, reactions, waiting, behind }) =>
      relay === (log ?? null) && reactions === relay && waiting === 0 && behind.length === 0,
  );
}

async function standingOf(standalone: Standalone, pool: Pool): Promise<Standing> {
  const { rows } = await pool.query<{ relay: string | null; tasks: unknown[]; reactions: string }>(
    `select log_cursor as relay, tasks, (select cursor from command_api.reaction_checkpoint) as reactions
     from relay.checkpoint`,
  );
  const behind: string[] = [];
  for (const { recipient } of demonstrationAgencies) {
    const { head } = await standalone.relay.pages.page(recipient, Number.MAX_SAFE_INTEGER, 1);
    const models = standalone.agencies.get(recipient)?.feed.status.readModels ?? [];
    behind.push(...models.filter(({ sequence }) => sequence < head).map(({ name }) => name));
  }
  const [standing] = rows;
  // Read last: had a reaction recorded anything meanwhile, it is behind and asked again.
  const log = (await wholeLog(standalone.engines.eventLog)).at(-1)?.cursor;
  return {
    log,
    relay: standing?.relay ?? null,
    reactions: standing?.reactions ?? null,
    waiting: standing?.tasks.length ?? 0,
    behind,
  };
}
