import { nameOf, organisationOf, recipients } from '../county/places.js';
import { must, nameRow } from './broken.js';
import type { Subject } from './subject.js';
import { isExistence } from './subject.js';

/** That another service is involved is told when it begins and ends, and is so at every position. */
export function checkExistence(subject: Subject): void {
  const rows = subject.told.filter(isExistence).map((each) => {
    const open = each.row.envelope.type.endsWith('involvement.began.v1');
    return { ...each, open, service: String(each.row.body?.['service']) };
  });
  const state = new Map<string, boolean>();
  for (const each of rows) {
    const key = `${each.family} ${each.service}`;
    must((state.get(key) ?? false) !== each.open, 'existence is told once', () => nameRow(each));
    state.set(key, each.open);
  }
  const { truth, recipient } = subject;
  for (const [nth, each] of rows.entries()) {
    // Whoever joins is told what began and ended before, one after the other.
    const goesOn = rows.some(
      ({ family, service, record }, later) =>
        later > nth &&
        family === each.family &&
        service === each.service &&
        record.toldAt === each.record.toldAt,
    );
    must(
      goesOn ||
        each.open === isInvolved(subject, each.family ?? '', each.record.toldAt, each.service),
      'existence is told as it is',
      () => nameRow(each),
    );
  }
  for (const family of truth.families) {
    for (let t = 1; t <= truth.length; t += 1) {
      if (!truth.entitled(recipient, family, t)) continue;
      for (const { id: service } of recipients) {
        // An agreement acts forward only: what it changes is told with the next event of the service.
        const parties = [organisationOf(recipient.id), organisationOf(service)] as const;
        if (truth.agreements.changes(...parties, t)) continue;
        const told = rows.findLast(
          (each) => each.record.toldAt <= t && each.family === family && each.service === service,
        );
        const open = isInvolved(subject, family, t, service);
        must(
          (told?.open ?? false) === open,
          'existence is the state',
          () =>
            `${recipient.id} on ${nameOf(family)} at ${t}: ${service} is ${open ? '' : 'not '}involved`,
        );
      }
    }
  }
}

function isInvolved(
  { truth, recipient }: Subject,
  family: string,
  t: number,
  service: string,
): boolean {
  return truth
    .running(family, t)
    .some(
      (began) =>
        began.owner === service &&
        truth.partsOf(recipient, began).length === 0 &&
        truth.agreements.cellFor(recipient, began, [], t, family).grade === 'existence',
    );
}
