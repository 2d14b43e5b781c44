import type { HouseholdMember } from '@common-thread/adapters/postgres/household-reader';
import { calendarDayInWords, counted } from '@common-thread/platform/pages/london-time';
import type { Opened, OpenedBoxes, PageReveal } from './page-reveal.js';
import { erasedWhen, insteadOf, textIn } from './page-reveal.js';

/** Fields that name somebody, by their names in the events. */
const nameFields = ['givenName', 'familyName', 'knownAs'] as const;
const bornFields = ['dateOfBirth', 'expectedDate'] as const;

/** Asks for what is needed to name somebody and say how old they are. */
export function askForPerson(reveal: PageReveal, line: string, member: HouseholdMember): void {
  for (const field of [...nameFields, ...bornFields]) reveal.ask(line, field, member[field]);
}

/** `Wren Applegarth (known as Birdie)`; in place of a name that cannot be seen, why. */
export function nameInWords(opened: OpenedBoxes, line: string, member: HouseholdMember): string {
  const [given, family, known] = nameFields.map((field) =>
    opened.of(line, field, member[field]),
  ) as [Opened, Opened, Opened];
  const name = [textIn(given), textIn(family)].filter((part) => part !== undefined).join(' ');
  if (name === '') return missingName(given) ?? missingName(family) ?? unnamed(member);
  const knownAs = textIn(known);
  return knownAs ? `${name} (known as ${knownAs})` : name;
}

/** Short where it is erased: it stands in sentences, and beside it the page says why. */
function missingName(name: Opened): string | undefined {
  const erased = erasedWhen(name);
  return erased === undefined ? insteadOf(name) : `Name ${erased}`;
}

function unnamed(member: HouseholdMember): string {
  if (member.kind === 'unborn') return 'Unborn child';
  return member.kind === 'adult' ? 'Adult, name not told' : 'Child, name not told';
}

/**
 * `3 years, born 12 March 2023`, or when a child is expected, or that it is erased; undefined where it is not
 * told.
 */
export function ageInWords(
  opened: OpenedBoxes,
  line: string,
  member: HouseholdMember,
  today: string,
): string | undefined {
  const birth = opened.of(line, 'dateOfBirth', member.dateOfBirth);
  const born = textIn(birth);
  if (born) return `${ageOn(today, born)}, born ${calendarDayInWords(born)}`;
  const expectation = opened.of(line, 'expectedDate', member.expectedDate);
  const expected = textIn(expectation);
  if (expected) return `expected ${calendarDayInWords(expected)}`;
  const erased = erasedWhen(birth) ?? erasedWhen(expectation);
  return erased && `date of birth ${erased}`;
}

/** `3 years`, without the date: for lists. */
export function shortAge(
  opened: OpenedBoxes,
  line: string,
  member: HouseholdMember,
  today: string,
): string | undefined {
  const born = textIn(opened.of(line, 'dateOfBirth', member.dateOfBirth));
  if (born) return ageOn(today, born);
  return member.kind === 'unborn' ? 'not born yet' : undefined;
}

export function isChild(member: HouseholdMember): boolean {
  const position = member.memberships.at(-1)?.position ?? null;
  return position === 'child' || member.kind === 'child' || member.kind === 'unborn';
}

/** Children first, the eldest first among them, then everybody else in the order they came. */
export function inReadingOrder(
  opened: OpenedBoxes,
  line: string,
  members: readonly HouseholdMember[],
): readonly HouseholdMember[] {
  const born = (member: HouseholdMember) =>
    textIn(opened.of(line, 'dateOfBirth', member.dateOfBirth)) ?? '9999';
  const children = members.filter(isChild);
  const eldestFirst = [...children].sort((a, b) => born(a).localeCompare(born(b)));
  return [...eldestFirst, ...members.filter((member) => !isChild(member))];
}

/**
 * Weeks to 12, months to two years, then years: how people who work with children say it.
 * @param today and `born`: `YYYY-MM-DD`
 */
export function ageOn(today: string, born: string): string {
  const days = Math.floor((Date.parse(today) - Date.parse(born)) / 86_400_000);
  if (Number.isNaN(days) || days < 0) return 'not born yet';
  if (days < 14) return counted(days, 'day');
  if (days < 7 * 12) return counted(Math.floor(days / 7), 'week');
  const months = monthsBetween(born, today);
  return months < 24 ? counted(months, 'month') : counted(Math.floor(months / 12), 'year');
}

function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) - (toDay < fromDay ? 1 : 0);
}
