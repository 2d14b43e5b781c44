import {
  calendarDayInWords,
  counted,
  dayInWords,
} from '@common-thread/platform/pages/london-time';
import type {
  HeldFact,
  HeldLook,
  HeldTelling,
  SubjectAccessPack,
} from '@common-thread/platform/subject-access';
import { auditPurposeWords, auditRoleWords } from '../audit-words.js';
import {
  asSentence,
  inWords,
  positionWords,
  relationshipWords,
  reviewWords,
} from '../code-words.js';
import type { DirectoryNames } from '../directory-names.js';
import { ownHeadings } from '../event-headings.js';
import { lineInWords } from '../history-words.js';
import { askerWords, labels, reasonsInLaw, reasonWords, sexWords } from './copy-words.js';

const UNNAMED = 'An agency that is not named here';
const days = new Set(['dateOfBirth', 'expectedDate', 'dueOn']);
const details = [
  'givenName', 'familyName', 'knownAs', 'dateOfBirth', 'expectedDate', 'sex', 'nhsNumber', 'telephone',
  'authorityChildId', 'address', 'postcode',
]; // prettier-ignore

/** A copy of what is held about somebody, in plain words: no id and no code is left in it. */
export function copyView(
  { asOf, held, looked, request }: Omit<SubjectAccessPack, 'withheld'>,
  told: readonly HeldTelling[],
  names: DirectoryNames,
) {
  const facts = held.map((fact) => factInWords(fact, names));
  const heading = new Map(held.map(({ nth }, at) => [nth, facts[at]!.heading]));
  const given = detailsOf(held);
  return {
    name: nameFrom(given),
    asked: askerWords[request.askedBy],
    receivedOn: calendarDayInWords(request.receivedOn),
    dueOn: calendarDayInWords(request.dueOn),
    asOf: dayInWords(new Date(asOf)),
    details: details.flatMap((field) => {
      const value = given.get(field);
      return value === undefined ? [] : [{ label: labels[field], text: value }];
    }),
    facts: facts.toReversed(),
    factsInWords: counted(facts.length, 'entry', 'entries'),
    told: toldInWords(told, heading, names),
    looked: looked.toReversed().map((look) => lookInWords(look, names)),
    lookedInWords: counted(looked.length, 'time'),
    reasons: reasonsInLaw,
  };
}

/** The last word given on each detail of the person. */
function detailsOf(held: readonly HeldFact[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const { fields } of held) {
    for (const field of details) {
      const text = fields[field];
      if (typeof text === 'string') given.set(field, valueInWords(field, text));
    }
  }
  return given;
}

function nameFrom(given: ReadonlyMap<string, string>): string {
  const name = [given.get('givenName'), given.get('familyName')].filter(Boolean).join(' ');
  return name === '' ? 'this person' : name;
}

function factInWords(fact: HeldFact, names: DirectoryNames) {
  const { fields, name, notGiven, occurredAt, recordedAt, recordedBy } = fact;
  // What was taken back keeps its heading: codes of which nothing is given would read "not said".
  const said = lineInWords({ name, fields });
  const happened = dayInWords(new Date(occurredAt));
  const recorded = dayInWords(new Date(recordedAt));
  const shorts = [...(said?.shorts ?? []), ...(said?.texts ?? [])].map(([field]) => field);
  const coded = (said?.facts ?? []).map(([label, text]) => ({ label, text }));
  const shown = Object.entries(fields).flatMap(([field, value]) => {
    const isShown = said === undefined || shorts.includes(field) || field === 'placeId';
    const text = isShown ? textOf(field, value, names) : undefined;
    const label = labels[field];
    return text === undefined || label === undefined ? [] : [{ label, text }];
  });
  return {
    heading: headingOf(fact, said?.heading),
    happened,
    recorded: recorded === happened ? undefined : recorded,
    by: recordedBy === undefined ? UNNAMED : names.organisation(recordedBy),
    facts: [...coded, ...shown],
    notGiven: notGivenInWords(notGiven),
  };
}

function headingOf({ fields, name, notGiven }: HeldFact, said: string | undefined): string {
  const taken = notGiven.some(({ reason }) => reason === 'recorded-in-error');
  const own = Object.hasOwn(ownHeadings, name) ? ownHeadings[name] : undefined;
  const heading = own ?? said ?? asSentence(name.replaceAll(/[.-]/g, ' '));
  const review = typeof fields.review === 'string' ? inWords(reviewWords, fields.review) : '';
  const whole = name === 'review.due' && review !== '' ? `${review} was planned` : heading;
  return taken ? `${whole.replace('not said ', 'A review was ')} (taken back)` : whole;
}

/** Each reason once, with everything that is held back for it. */
function notGivenInWords(notGiven: HeldFact['notGiven']): string[] {
  const byReason = new Map<string, string[]>();
  for (const { field, reason } of notGiven) {
    const label = labels[field];
    if (label === undefined) continue;
    const words = reasonWords[reason];
    byReason.set(words, [...(byReason.get(words) ?? []), label]);
  }
  return [...byReason].map(
    ([words, held]) => `${[...new Set(held)].join(', ')}: not given, because ${words}.`,
  );
}

function textOf(field: string, value: unknown, names: DirectoryNames): string | undefined {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value !== 'string') return undefined;
  return field === 'placeId' ? names.place(value) : valueInWords(field, value);
}

function valueInWords(field: string, value: string): string {
  if (days.has(field)) return calendarDayInWords(value);
  if (field === 'sex') return inWords(sexWords, value);
  if (field === 'position') return inWords(positionWords, value);
  if (field === 'relationship') return asSentence(inWords(relationshipWords, value));
  return value;
}

/** Who was told, agency by agency in order of name; each thing once, with the day it was first told. */
function toldInWords(
  told: readonly HeldTelling[],
  heading: ReadonlyMap<number, string>,
  names: DirectoryNames,
) {
  const agencies = new Map<string, { service: string; rows: Map<string, Date> }>();
  for (const { grade, nth, recipient, toldAt, withdrawn } of told) {
    const agency = recipient === undefined ? UNNAMED : names.organisation(recipient);
    const service = recipient === undefined ? '' : names.service(recipient);
    const held = agencies.get(agency) ?? { service, rows: new Map<string, Date>() };
    agencies.set(agency, held);
    const what = grade === 'existence' ? 'That another service is involved' : heading.get(nth);
    if (what === undefined) continue;
    const only = grade === 'notice' ? ' (that it happened, and when)' : '';
    const since = withdrawn ? ' (taken back since)' : '';
    const [key, at] = [`${what}${only}${since}`, new Date(toldAt)];
    const first = held.rows.get(key);
    if (!first || at < first) held.rows.set(key, at);
  }
  return [...agencies]
    .sort(([a], [b]) => a.localeCompare(b, 'en-GB'))
    .map(([agency, { rows, service }]) => ({
      agency,
      service,
      rows: [...rows]
        .sort(([, a], [, b]) => a.getTime() - b.getTime())
        .map(([what, at]) => ({ what, at: dayInWords(at) })),
    }));
}

function lookInWords({ at, kind, organisation, purpose, role }: HeldLook, names: DirectoryNames) {
  const post = role === undefined ? '' : asSentence(inWords(auditRoleWords, role));
  return {
    at: dayInWords(new Date(at)),
    who: organisation === undefined ? UNNAMED : `${post}, ${names.organisation(organisation)}`,
    what: kind === 'look-up' ? 'Looked for the record' : 'Opened a page',
    why: asSentence(inWords(auditPurposeWords, purpose)),
  };
}
