import { nameOf } from '../county/places.js';
import { must, nameRow } from './broken.js';
import type { Subject, Told } from './subject.js';
import { isExistence } from './subject.js';

/** An entitlement begins and ends with one marked row, the last of its event for that family. */
export function checkEntitlement(subject: Subject): void {
  const { truth, recipient, told } = subject;
  for (const family of truth.families) {
    for (let t = 1; t <= truth.length; t += 1) {
      const had = truth.entitled(recipient, family, t - 1);
      const has = truth.entitled(recipient, family, t);
      if (had !== has) checkMark(subject, family, t, has ? 'begins' : 'ends');
    }
  }
  for (const each of told) {
    if (!each.row.envelope.ground.split('+').includes('relation')) continue;
    must(
      each.family !== null && truth.entitledAround(recipient, each.family, each.record.toldAt),
      'no row under an ended entitlement',
      () => nameRow(each),
    );
  }
  const marks = told.filter(({ row }) => row.envelope.entitlement !== undefined);
  for (const each of marks) {
    const { toldAt } = each.record;
    const had = truth.entitled(recipient, each.family ?? '', toldAt - 1);
    const has = truth.entitled(recipient, each.family ?? '', toldAt);
    must(had !== has, 'a mark only where an entitlement changes', () => nameRow(each));
  }
  checkOrder(subject);
}

function checkMark(
  { truth, recipient, told }: Subject,
  family: string,
  t: number,
  change: 'begins' | 'ends',
): void {
  const event = truth.events[t - 1]!;
  const now = told.filter((each) => each.family === family && each.record.toldAt === t);
  const marked = now.filter(({ row }) => row.envelope.entitlement === change);
  const [mark] = marked;
  const where = () => `${recipient.id} on ${nameOf(family)} at e${event.serial} ${event.type}`;
  must(
    marked.length === 1 && mark?.event === event,
    'an entitlement begins and ends with one marked row',
    () => `${where()}: ${marked.length} rows are marked`,
  );
  must(now.at(-1) === mark, 'the marked row is the last', where);
}

/** Whatever is told late comes in the order of the log. */
function checkOrder({ truth, told }: Subject): void {
  const last = new Map<string, readonly [number, number]>();
  for (const each of told) {
    const at = attachedAt(each, truth);
    if (at === undefined || each.row.envelope.ground === 'told' || isExistence(each)) continue;
    const key = `${each.family} ${each.record.toldAt}`;
    const was = last.get(key);
    const [attached, position] = [at, each.event.position];
    must(
      !was || was[0] < attached || (was[0] === attached && was[1] <= position),
      'joined rows keep the order of the log',
      () => nameRow(each),
    );
    last.set(key, [attached, position]);
  }
}

function attachedAt({ record, family, event }: Told, truth: Subject['truth']) {
  return truth.attachments.find(
    (each) =>
      each.event === event &&
      each.family === family &&
      each.person === record.personId &&
      each.via === record.via,
  )?.at;
}
