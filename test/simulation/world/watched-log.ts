import type { MemoryStore } from '@common-thread/adapters/memory/event-store';
import { placeOf } from '@common-thread/adapters/memory/event-store';
import type {
  EventLog,
  Followed,
  FollowOptions,
  StoredEvent,
} from '@common-thread/eventing/event-log';
import { over } from '../../planted/over.js';

/** Told of what a follower was not handed, or of what it was handed out of turn. */
type OnWrong = (event: StoredEvent) => void;

/** The log as its users have it, each follower held against what is stored: nothing is passed over. */
export function watchedLog(log: EventLog, store: MemoryStore, onWrong: OnWrong): EventLog {
  return over(log, (inner) => ({
    follow: (options) => followed(inner, store, options, onWrong),
  }));
}

async function* followed(
  log: EventLog,
  store: MemoryStore,
  options: FollowOptions,
  onWrong: OnWrong,
): AsyncGenerator<Followed> {
  const { prefixes, after } = options;
  const isWanted = ({ streamId }: StoredEvent) =>
    !prefixes?.length || prefixes.some((prefix) => streamId.startsWith(prefix));
  let place = after === undefined ? store.start : placeOf(after);
  // Whoever is caught up has been handed all that was there when it asked.
  let there = store.after(place, Infinity);
  for await (const each of log.follow(options)) {
    const handed = each.kind === 'events' ? each.events : [];
    const last = handed.at(-1)?.cursor;
    const since = store.after(place, Infinity);
    const passed = last
      ? since.slice(0, since.findIndex(({ cursor }) => cursor === last) + 1)
      : there;
    const due = passed.filter(isWanted);
    const wrong = due.find(({ id }, nth) => id !== handed[nth]?.id);
    if (wrong) onWrong(wrong);
    const reached = passed.at(-1);
    if (reached) place = placeOf(reached.cursor);
    yield each;
    there = store.after(place, Infinity);
  }
}
