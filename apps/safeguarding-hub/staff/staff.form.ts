import { isDay } from '@common-thread/domain/london-day';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import type { StaffDetails, StaffQuery } from '@common-thread/platform/staff';
import type { PartOfWork } from '@common-thread/platform/standing';
import { staffRoles, workParts } from '@common-thread/platform/standing';

const messages = {
  id: 'Give the id somebody signs in as: letters, digits and - _ . |',
  organisation: 'Choose for whom they work',
  familyName: 'Enter a surname',
  dateOfBirth: 'Give a day like 1985-03-27, or leave it empty',
  nhsNumber: 'Give ten digits, or leave it empty',
  part: 'Choose what is taken away',
};

const ID = /^[\w.|-]{1,100}$/;
const ORGANISATION = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const AFTER = /^[a-z0-9-]{1,60}\/[\w.|-]{1,100}$/;
const DETAILS_MAX = { name: 100, address: 300, postcode: 10 };

/** Whom of the register to show, from the address. */
export function checkStaffQuery(typed: TypedFields): Checked<StaffQuery> {
  const answers = new Answers(typed);
  const organisation = answers.optionalText('organisation', 60);
  const id = answers.optionalText('id', 100);
  const after = answers.optionalText('after', 161);
  if (id !== undefined && !ID.test(id)) answers.wrong('id', messages.id);
  return answers.checked(() => ({
    ...(organisation !== undefined && ORGANISATION.test(organisation) ? { organisation } : {}),
    ...(id === undefined ? {} : { id }),
    ...(after !== undefined && AFTER.test(after) ? { after } : {}),
  }));
}

/** What is known of a member of staff; kept as keyed hashes alone. */
export function checkStaffDetails(typed: TypedFields): Checked<StaffDetails> {
  const answers = new Answers(typed);
  const id = answers.text('id', messages.id, 100);
  const organisation = answers.text('organisation', messages.organisation, 60);
  const givenName = answers.optionalText('givenName', DETAILS_MAX.name);
  const familyName = answers.text('familyName', messages.familyName, DETAILS_MAX.name);
  const dateOfBirth = answers.optionalText('dateOfBirth', 10);
  const nhsNumber = answers.optionalText('nhsNumber', 14);
  const address = answers.optionalText('address', DETAILS_MAX.address);
  const postcode = answers.optionalText('postcode', DETAILS_MAX.postcode);
  if (id !== '' && !ID.test(id)) answers.wrong('id', messages.id);
  if (organisation !== '' && !ORGANISATION.test(organisation)) {
    answers.wrong('organisation', messages.organisation);
  }
  if (dateOfBirth !== undefined && !isDay(dateOfBirth)) {
    answers.wrong('dateOfBirth', messages.dateOfBirth);
  }
  if (nhsNumber !== undefined && !/^[0-9 -]{10,14}$/.test(nhsNumber)) {
    answers.wrong('nhsNumber', messages.nhsNumber);
  }
  const rest = { givenName, dateOfBirth, nhsNumber, address, postcode };
  const known = Object.fromEntries(Object.entries(rest).filter(([, text]) => text !== undefined));
  return answers.checked(() => ({ id, organisation, familyName, ...known }));
}

/** The part of somebody's work that a choice stands for: `everything`, `role/<role>`, `place/<place>`. */
export function checkPart(typed: TypedFields, places: readonly string[]): Checked<PartOfWork> {
  const answers = new Answers(typed);
  const parts = choosableParts(places);
  const chosen = answers.oneOf('part', parts.map(choiceOf), messages.part);
  return answers.checked(() => parts.find((part) => choiceOf(part) === chosen));
}

export function choosableParts(places: readonly string[]): readonly PartOfWork[] {
  const names = { everything: [''], role: staffRoles, place: places };
  return workParts.flatMap((what) => names[what].map((named) => ({ what, named })));
}

export function choiceOf({ named, what }: PartOfWork): string {
  return what === 'everything' ? what : `${what}/${named}`;
}
