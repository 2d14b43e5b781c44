import { recipientOf } from '../../disclosure/county/places.js';
import { modelsOf } from '../../disclosure/running/agency.js';
import type { World } from './world.js';

/**
 * Whether nobody has anything left to do: relay and reactions at the end of the log, each inbox at the
 * head of its feed, each read model at that of its inbox; and nothing set aside or parked, unless
 * those wait for whoever mends them.
 */
export async function isAtRest(world: World, but?: 'but for faults'): Promise<boolean> {
  const { disks, agencies } = world;
  const log = await disks.wholeLog();
  const { ordinal, tasks } = disks.relay.checkpoint;
  if (ordinal !== log.length || tasks.length > 0) return false;
  if ((await disks.journal.checkpoint(disks.log.epoch)) !== log.at(-1)?.cursor) return false;
  if (!but && (await disks.journal.count()).faults > 0) return false;
  for (const recipient of agencies.keys()) {
    if (!(await isAgencyAtRest(world, recipient, but))) return false;
  }
  return true;
}

async function isAgencyAtRest(
  { disks, outdated }: World,
  recipient: string,
  but?: 'but for faults',
): Promise<boolean> {
  if (outdated.has(recipient)) return but !== undefined;
  const { inbox, models } = disks.agency(recipient);
  const { head } = await disks.relay.page(recipient, 0, 1);
  if ((await inbox.head()) !== head || (await inbox.unanswered()).length > 0) return false;
  // A feed set back may have grown to the same head again: then the receiver has yet to find it.
  const [last] = await inbox.rows(head - 1, 1);
  const { rows } = await disks.relay.page(recipient, head - 1, 1);
  if (head > 0 && last?.hash !== rows[0]?.hash) return false;
  for (const model of modelsOf[recipientOf(recipient).audience]) {
    if ((await models.checkpoint(model, 'live')) !== head) return false;
    if (!but && (await models.parked(model, 'live')).length > 0) return false;
  }
  return true;
}
