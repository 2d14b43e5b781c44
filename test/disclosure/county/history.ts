import { acts, beginCounty } from './acts.js';
import { agreedAtFirst } from './agreements.js';
import { County } from './county.js';
import type { Happening } from './happening.js';
import { randomFrom } from './random.js';

/** A random history of about `size` events. The same seed and size give the same history for ever. */
export function historyOf(seed: number, size = 60): readonly Happening[] {
  const random = randomFrom(seed);
  const county = new County(random, seed);
  beginCounty(county);
  const length = Math.round(size * (0.6 + 0.8 * random.next()));
  const weights = acts.reduce((sum, [weight]) => sum + weight, 0);
  for (let tries = 0; county.events.length < length && tries < length * 20; tries += 1) {
    let at = random.next() * weights;
    for (const [weight, act] of acts) {
      at -= weight;
      if (at >= 0) continue;
      act(county);
      break;
    }
  }
  return [...agreedAtFirst(seed), ...county.events];
}

const beginnings = [
  ...['Began', 'Raised', 'Received', 'Registered', 'Recorded', 'Restricted', 'Signed', 'Switched'],
  ...['PastRedisclosed', 'PastWithdrawn', 'Decided', 'Declined', 'Confidential'],
];

/** Drops what can no longer have happened once other events have been taken away. */
export function consistent(events: readonly Happening[]): readonly Happening[] {
  const seen = new Set<string>();
  const begun = new Set<string>();
  const linked = new Map<string, string>();
  const restricted = new Set<string>();
  return events.filter((event) => {
    const { id, type, streamId, target } = event;
    if (target !== undefined && !seen.has(target)) return false;
    const begins = beginnings.some((ending) => type.endsWith(ending));
    if (begins) begun.add(streamId);
    else if (!begun.has(streamId)) return false;
    if (type === 'ContactLinked') {
      if (linked.has(streamId)) return false;
      linked.set(streamId, id);
    }
    if (type === 'FamilyRestricted') {
      if (restricted.has(streamId)) return false;
      restricted.add(streamId);
    } else if (streamId.startsWith('restriction-') && !restricted.has(streamId)) return false;
    if (type === 'RestrictionLifted') restricted.delete(streamId);
    if (type === 'RecordWithdrawn' && linked.get(streamId) === target) linked.delete(streamId);
    seen.add(id);
    return true;
  });
}
