import { must, nameRow } from './broken.js';
import type { Subject, Told } from './subject.js';
import { fieldsOf, isNeutralBeginning, isToldAgain } from './subject.js';

/** What the envelope of every withdrawal holds, and no more. */
const SHAPE = [
  'bodyhash', 'datacontenttype', 'dataschema', 'disclosedtime', 'feed', 'ground', 'id', 'occurrenceid',
  'partitionkey', 'recordedtime', 'sequence', 'source', 'specversion', 'subject', 'tableversion', 'time', 'type',
  'withdraws',
]; // prettier-ignore
const SOMETIMES = ['entitlement', 'imported', 'joined'];

/** A restriction looks like any withdrawal, its lifting like any beginning, and both only when they happen. */
export function checkRestriction(subject: Subject): void {
  const { recipient, told } = subject;
  const withdrawals = told.filter(({ row }) => row.envelope.withdraws !== undefined);
  for (const each of withdrawals) {
    const keys = Object.keys(each.row.envelope).filter((key) => !SOMETIMES.includes(key));
    must(
      keys.sort().join() === SHAPE.join() && each.row.envelope.ground === 'told',
      'withdrawals are of one shape',
      () => `${nameRow(each)}: ${keys.join(' ')}`,
    );
  }
  if (recipient.audience === 'safeguarding-hub') return;
  for (const each of told.filter(({ event }) => event.streamId.startsWith('restriction-'))) {
    const { entitlement, withdraws } = each.row.envelope;
    must(
      each.record.toldAt === each.event.position && entitlement !== undefined,
      'restrictions are never joined',
      () => nameRow(each),
    );
    if (isNeutralBeginning(each)) {
      checkToldAgain(subject, each);
      continue;
    }
    const begun = told.findLast(
      (row) =>
        row.family === each.family &&
        row.row.envelope.entitlement === 'begins' &&
        row.row.envelope.withdraws === undefined &&
        row.row.envelope.sequence < each.row.envelope.sequence,
    );
    must(
      begun !== undefined && begun.record.id === withdraws && isAboutTheSame(each, begun),
      'a restriction withdraws what began the entitlement',
      () => nameRow(each),
    );
  }
  const text = JSON.stringify(told.map(({ row }) => [row.envelope, row.body]));
  must(!/restrict/i.test(text), 'nobody but a hub reads of restrictions', recipient.id);
}

function isAboutTheSame(one: Told, other: Told): boolean {
  return one.row.envelope.subject === other.row.envelope.subject;
}

/** What a restriction took back comes again when it is lifted, unless that has been withdrawn itself. */
function checkToldAgain({ truth, told }: Subject, shared: Told): void {
  const { toldAt } = shared.record;
  const here = told.filter(({ family }) => family === shared.family);
  const taken = here.findLast(
    ({ event, row, record }) =>
      event.type === 'FamilyRestricted' &&
      row.envelope.withdraws !== undefined &&
      record.toldAt < toldAt,
  );
  const was = here.find(({ record }) => record.id === taken?.row.envelope.withdraws);
  const due = was && !isNeutralBeginning(was) && truth.stands(was.event.id, toldAt);
  const again = here.filter((each) => isToldAgain(each, truth) && each.record.toldAt === toldAt);
  must(
    again.length === (due ? 1 : 0) && again.every(({ event }) => event === was?.event),
    'what a restriction took back is told again',
    () => nameRow(shared),
  );
  for (const each of again.filter(({ row }) => row.body !== null)) {
    must(
      fieldsOf(each).every((field) => was?.record.fields.includes(field)),
      'it is told again in the same fields',
      () => nameRow(each),
    );
  }
}
