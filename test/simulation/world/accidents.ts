import type { World } from './world.js';
import { restoreAgency, restoreJournal, restoreLog, restoreRelay } from './restoring.js';

/** Between two turns something may go wrong with a process, its clock or its disk. */
export async function goWrong(world: World): Promise<void> {
  const { weather, random, everybody } = world;
  if (weather.isCalm) return;
  if (weather.happens('kills', 0.003)) {
    const killed = random.pick(everybody);
    world.trace.add(`${world.schedule.now} ${killed.name} is killed`);
    killed.kill();
  }
  if (weather.happens('two owners', 0.001)) random.pick(everybody).overlap();
  if (weather.happens('clock jumps', 0.0015)) world.jumpClock(someClock(world));
  if (weather.happens('bad broker', 0.001)) spoilTopic(world);
  if (weather.happens('restores', 0.0008)) await restoreSomething(world);
  if (weather.happens('log restores', 0.0001)) await restoreLog(world);
}

function someClock({ random, agencies }: World): string {
  return random.chance(0.6) ? 'command-api' : random.pick(['feed-relay', ...agencies.keys()]);
}

/** Retention, a topic made anew, or a group's offsets set to the latest. */
function spoilTopic({ disks, random, agencies }: World): void {
  const recipient = random.pick([...agencies.keys()]);
  const { broker } = disks;
  random.pick([
    () => broker.expire(recipient, random.below(3)),
    () => broker.recreate(recipient),
    () => broker.resetToLatest(recipient),
  ])();
}

async function restoreSomething(world: World): Promise<void> {
  const { random, agencies } = world;
  const drawn = random.below(4);
  if (drawn === 0) await restoreRelay(world);
  else if (drawn === 1) await restoreJournal(world);
  else await restoreAgency(world, random.pick([...agencies.keys()]));
}
