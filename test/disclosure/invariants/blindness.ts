import { reachesPeople } from '../county/declared.js';
import type { CountyLog, Happening } from '../county/happening.js';
import { logOf } from '../county/happening.js';
import { nameOf } from '../county/places.js';
import type { Feeds } from '../running/plain-run.js';
import { bytesOf } from '../running/plain-run.js';
import { must } from './broken.js';
import type { Subject } from './subject.js';

/**
 * The county without one family. What is about a contact linked to it goes too; or stays, never linked,
 * because a referrer on the contact's own line must not see the difference.
 */
export function countyWithout(
  { events }: CountyLog,
  family: string,
  contacts: 'go' | 'stay',
): readonly Happening[] {
  const gone = new Set<string>();
  const goneStreams = new Set(
    events
      .filter((event) => event.family === family && isGone(event, contacts))
      .map(({ streamId }) => streamId),
  );
  return events.flatMap((event): readonly Happening[] => {
    const theirs =
      goneStreams.has(event.streamId) ||
      (event.target !== undefined && gone.has(event.target)) ||
      (event.type === 'ContactLinked' && event.family === family);
    const people = event.people.filter((person) => !isOnlyIn(events, person, family));
    const empty = reachesPeople.includes(event.type) && people.length === 0;
    if (theirs || empty) {
      gone.add(event.id);
      return [];
    }
    return [event.family === family ? unnamed(event) : without(event, people)];
  });
}

/** Whether an event takes its whole stream along when its family goes. */
function isGone({ streamId, answersReferral }: Happening, contacts: 'go' | 'stay'): boolean {
  return !streamId.startsWith('contact-') || contacts === 'go' || answersReferral === true;
}

function isOnlyIn(events: readonly Happening[], person: string, family: string): boolean {
  const memberships = events.filter(
    ({ type, people }) => type === 'MembershipBegan' && people[0] === person,
  );
  return memberships.length > 0 && memberships.every((began) => began.family === family);
}

/** A contact whose family the hub did not know when it came. */
function unnamed({ family: _, ...event }: Happening): Happening {
  const { familyId: __, childIds: ___, ...data } = event.data;
  return { ...event, people: [], data };
}

function without(event: Happening, people: readonly string[]): Happening {
  if (event.type !== 'SessionAttended' || people.length === event.people.length) return event;
  return { ...event, people, data: { ...event.data, personIds: people } };
}

/** A family this recipient was not told of leaves no trace in its feed. */
export function checkBlindness(subject: Subject, family: string, other: CountyLog, feeds: Feeds) {
  const { recipient, feed, told } = subject;
  const remaining = new Set(other.events.map(({ id }) => id));
  const toldOfOthers = told.some(({ event }) => !remaining.has(event.id));
  if (toldOfOthers || told.some((each) => each.family === family)) return false;
  const elsewhere = feeds.get(recipient.id)!;
  must(bytesOf(elsewhere) === bytesOf(feed), 'an undisclosed family leaves no trace', () => {
    const at = feed.findIndex(
      (ran, nth) => bytesOf([ran]) !== bytesOf(elsewhere.slice(nth, nth + 1)),
    );
    return `${recipient.id} without ${nameOf(family)}: #${at + 1} differs`;
  });
  return true;
}

export function otherCounty(log: CountyLog, family: string, contacts: 'go' | 'stay') {
  const rest = countyWithout(log, family, contacts);
  return rest.length < log.events.length ? logOf(rest) : undefined;
}
