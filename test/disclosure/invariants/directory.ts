import { declaredFor, forEverybody } from '../county/declared.js';
import { organisationOf } from '../county/places.js';
import { must, nameRow } from './broken.js';
import type { Subject } from './subject.js';
import { fieldsOf } from './subject.js';

/** Public reference data goes to every recipient in order; a later one is first told what there is. */
export function checkDirectory({ truth, recipient, feed }: Subject): void {
  const rows = feed.filter(({ row }) => row.envelope.partitionkey === 'directory');
  const organisation = organisationOf(recipient.id);
  const events = truth.events.filter(({ type }) => forEverybody.includes(type));
  const recorded = events.find(
    ({ type, data }) => type === 'OrganisationRecorded' && data['organisationId'] === organisation,
  );
  const expected = recorded ? events : [];
  must(
    rows.length === expected.length,
    'every recipient is told the directory',
    () => `${recipient.id} is told ${rows.length} of ${expected.length}`,
  );
  expected.forEach((event, nth) => {
    const ran = rows[nth]!;
    const { envelope } = ran.row;
    const [category, id] = [
      event.streamId.split('-')[0],
      event.streamId.slice(event.streamId.indexOf('-') + 1),
    ];
    const joined = event.position < recorded!.position;
    must(
      envelope.subject === `${category}/${id}` && (envelope.joined ?? false) === joined,
      'every recipient is told the directory',
      () => nameRow(ran),
    );
    const { fields } = declaredFor(event.type, [recipient.audience]);
    const there = fields.filter((field) => field in event.data);
    must(
      fieldsOf(ran).sort().join() === [...there].sort().join(),
      'no undeclared field leaves',
      () => nameRow(ran),
    );
  });
  const first = feed.findIndex(({ row }) => row.envelope.partitionkey !== 'directory');
  const told = feed.findIndex(
    ({ row }) => row.envelope.subject === `organisation/${organisation}`,
  );
  must(first < 0 || (told >= 0 && told < first), 'a feed begins with the directory', recipient.id);
}
