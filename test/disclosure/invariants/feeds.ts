import type { RanRow } from '../running/plain-run.js';
import { must, nameRow } from './broken.js';
import type { Subject } from './subject.js';

/** What holds of any feed, whatever it tells. That hashes match, the receiver checks row by row. */
export function checkFeed({ truth, recipient, feed }: Subject): void {
  const ids = new Set<string>();
  let last = '';
  feed.forEach((ran, nth) => {
    const { envelope } = ran.row;
    must(envelope.sequence === nth + 1, 'sequences without holes', () => nameRow(ran));
    must(envelope.feed === recipient.id, 'a row names its own feed', () => nameRow(ran));
    must(!ids.has(envelope.id), 'public ids are unique', () => nameRow(ran));
    ids.add(envelope.id);
    must(last <= envelope.disclosedtime, 'disclosedtime never runs backwards', () => nameRow(ran));
    last = envelope.disclosedtime;
  });
  const text = JSON.stringify(feed.map(({ row }) => row.envelope));
  for (const { id, serial } of truth.events) {
    must(!text.includes(id), 'no private event id is carried', `${recipient.id}, e${serial}`);
  }
  checkOccurrences(feed);
}

/** Rows of one event share an occurrence, and no other row has it. */
function checkOccurrences(feed: readonly RanRow[]): void {
  const events = new Map<string, string>();
  for (const ran of feed) {
    if (!ran.record) continue;
    const { occurrenceid } = ran.row.envelope;
    const event = events.get(occurrenceid) ?? ran.record.event.eventId;
    must(event === ran.record.event.eventId, 'one event, one occurrence', () => nameRow(ran));
    events.set(occurrenceid, event);
  }
  must(
    new Set(events.values()).size === events.size,
    'one event, one occurrence',
    'an event has two occurrences',
  );
}
