import { MemoryProjectionStore } from '@common-thread/adapters/memory/projection-store';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import { MemoryReactionJournal } from '../../../apps/command-api/reactions/memory-reaction-journal.js';
import { MemoryPublishedMarks } from '../../../apps/feed-relay/publishing/memory-published-marks.js';
import { Relay } from '../../../apps/feed-relay/relay/relay.js';
import { recipientOf, recipients } from '../../disclosure/county/places.js';
import { modelsOf } from '../../disclosure/running/agency.js';
import { saltOf } from '../../disclosure/running/plain-run.js';
import { WatchedInbox, WatchedRelayStore } from './disks.js';
import type { World } from './world.js';

/*
 * Stores put back to what a backup held. Whoever uses one is stopped before and started after, as a
 * restore is done; nobody else is told.
 */

/** An agency's database, with fewer rows than it has been told. */
export async function restoreAgency(world: World, recipient: string): Promise<void> {
  const { disks, random, agencies } = world;
  const { inbox } = disks.agency(recipient);
  const kept = random.below((await inbox.head()) + 1);
  world.trace.add(`${world.schedule.now} ${recipient} is restored to ${kept} rows`);
  agencies.get(recipient)?.stop();
  const older = new WatchedInbox();
  await older.append(await inbox.rows(0, kept));
  const models = new MemoryProjectionStore();
  for (const model of modelsOf[recipientOf(recipient).audience]) {
    await models.prepare(model);
    await new ProjectionRunner(older, models, model).catchUp({ to: random.below(kept + 1) });
  }
  disks.agencies.set(recipient, { inbox: older, models });
  agencies.get(recipient)?.restartLater();
}

/** How far the reactions had got some time ago, with what they had set aside. */
export async function restoreJournal(world: World): Promise<void> {
  const { disks, random, commandApi } = world;
  const log = await disks.wholeLog();
  const { epoch } = disks.log;
  const reached = await disks.journal.checkpoint(epoch);
  const place = log.findIndex(({ cursor }) => cursor === reached);
  const kept = log[random.below(place + 2) - 1];
  world.trace.add(`${world.schedule.now} the journal is restored to ${kept?.cursor ?? 'nothing'}`);
  commandApi.stop();
  const older = new MemoryReactionJournal();
  await older.advance(epoch, kept?.cursor);
  const acted = new Set(log.slice(0, kept ? log.indexOf(kept) + 1 : 0).map(({ id }) => id));
  for (const fault of await disks.journal.due('9999', Number.MAX_SAFE_INTEGER)) {
    if (acted.has(fault.causeId)) await older.setAside(fault);
  }
  disks.journal = older;
  commandApi.restartLater();
}

/** The relay's feeds, which agencies may be ahead of until it has told the rest again. */
export async function restoreRelay(world: World, eventsMax = Infinity): Promise<void> {
  const { disks, random, relay, publisher } = world;
  const told = Math.min(disks.relay.checkpoint.ordinal, eventsMax);
  const kept = random.below(told + 1);
  world.trace.add(`${world.schedule.now} the relay is restored to ${kept} events`);
  world.isSetBack = true;
  relay.stop();
  publisher.stop();
  const older = new WatchedRelayStore();
  const restored = new Relay(older, { saltOf });
  await restored.takeOver();
  await restored.handle((await disks.wholeLog()).slice(0, kept));
  if (eventsMax === Infinity) {
    for (const [id, row] of disks.relay.firstServed) older.firstServed.set(id, row);
  }
  disks.relay = older;
  disks.marks = new MemoryPublishedMarks(older); // what was published is published again
  // Agencies read what was restored from now on: whoever holds the old store is stopped.
  for (const agency of world.agencies.values()) {
    agency.stop();
    agency.restartLater();
  }
  relay.restartLater();
  if (world.hasBroker) publisher.restartLater();
}

/**
 * The log with everything that is kept beside it, to a backup that lacks the last events: a new epoch.
 * What had been acknowledged since is lost, and whoever restores says so; agencies are ahead of it.
 */
export async function restoreLog(world: World): Promise<void> {
  const { disks, random, commandApi } = world;
  const log = await disks.wholeLog();
  // Organisations are in every backup: nobody acts for one that is not recorded.
  const least = log.findLastIndex(({ type }) => type === 'OrganisationRecorded') + 1;
  const { length } = log;
  const kept = Math.max(least, length - random.below(8));
  world.trace.add(`${world.schedule.now} the log is restored to ${kept} of ${length} events`);
  commandApi.stop();
  world.relay.stop();
  disks.log = disks.log.restored(kept);
  disks.logRestores += 1;
  disks.log.openEpoch(`opened after ${disks.logRestores} restores`);
  await restoreRelay(world, kept);
  for (const { id } of recipients) disks.broker.recreate(id);
  commandApi.restartLater();
}
