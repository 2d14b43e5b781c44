import type { CommandContext } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { lineRefusal, limits } from '../limits.js';
import { daysAfter, isDay, londonDay } from '../london-day.js';
import { readNhsNumber } from '../nhs-number.js';
import type { PersonEvent } from './events.js';

type Kind = DataOf<PersonEvent, 'PersonRegistered'>['kind'];
type Born = Omit<DataOf<PersonEvent, 'ChildBorn'>, 'personId'>;
type Details = Omit<DataOf<PersonEvent, 'PersonDetailsCorrected'>, 'personId' | 'corrects'>;

/** Nobody alive was born earlier. */
const EARLIEST_BIRTH = '1900-01-01';
/**
 * A pregnancy is counted as 40 weeks and may run two over: no child is expected later than this
 * from now.
 */
const EXPECTED_WITHIN_DAYS = 42 * 7;

/** The details with identifiers in the one form in which they are kept. */
export function normalised({ nhsNumber }: Details): Pick<Details, 'nhsNumber'> {
  const digits = nhsNumber === undefined ? undefined : readNhsNumber(nhsNumber);
  return digits === undefined ? {} : { nhsNumber: digits };
}

/** Refuses details that no person of this kind can have. */
export function detailsRefusal(
  details: Details,
  kind: Kind,
  context: CommandContext,
): Refusal | undefined {
  return (
    lineRefusal(details.givenName, '/givenName') ??
    lineRefusal(details.familyName, '/familyName') ??
    lineRefusal(details.knownAs, '/knownAs') ??
    lineRefusal(details.authorityChildId, '/authorityChildId') ??
    telephoneRefusal(details.telephone) ??
    nhsNumberRefusal(details.nhsNumber) ??
    (kind === 'unborn' ? unbornRefusal(details) : bornRefusal(details)) ??
    dateOfBirthRefusal(details.dateOfBirth, context) ??
    expectedDateRefusal(details.expectedDate, context)
  );
}

/** Refuses a birth that an expected child, registered at `registeredAt`, cannot have had. */
export function birthRefusal(
  details: Born,
  registeredAt: string,
  context: CommandContext,
): Refusal | undefined {
  const { dateOfBirth } = details;
  const refusal = detailsRefusal(details, 'child', context);
  if (refusal) return refusal;
  if (dateOfBirth < daysAfter(londonDay(registeredAt), -EXPECTED_WITHIN_DAYS)) {
    return new Refusal(
      'person/birth-implausible',
      'The child was still expected 42 weeks after that day. Check the year.',
      '/dateOfBirth',
    );
  }
  const happened = londonDay(context.occurredAt);
  if (happened === dateOfBirth && happened < londonDay(context.now)) {
    return new Refusal(
      'person/birth-in-clear',
      'Give the day on which the birth was made known to you, or leave it out: the day of birth is ' +
        'kept sealed, and this is not.',
      '/occurredAt',
    );
  }
  return undefined;
}

/**
 * An unborn child has an expected date and sex U (children in need census); the NHS number comes
 * with birth.
 */
function unbornRefusal(details: Details): Refusal | undefined {
  if (details.dateOfBirth !== undefined) {
    return new Refusal(
      'person/unborn-with-date-of-birth',
      'An unborn child has an expected date and no date of birth. Give the expected date, or ' +
        'register the child as born.',
      '/dateOfBirth',
    );
  }
  if (details.sex !== undefined && details.sex !== 'U') {
    return new Refusal(
      'person/unborn-with-sex',
      'The sex of an unborn child is recorded as U until birth.',
      '/sex',
    );
  }
  if (details.nhsNumber !== undefined) {
    return new Refusal(
      'person/unborn-with-nhs-number',
      "An NHS number is given at birth. Leave it out, and do not use the mother's.",
      '/nhsNumber',
    );
  }
  return undefined;
}

function bornRefusal(details: Details): Refusal | undefined {
  if (details.expectedDate === undefined) return undefined;
  return new Refusal(
    'person/born-with-expected-date',
    'Only an unborn child has an expected date. Give the date of birth instead.',
    '/expectedDate',
  );
}

function dateOfBirthRefusal(
  day: string | undefined,
  context: CommandContext,
): Refusal | undefined {
  if (day === undefined) return undefined;
  if (!isDay(day)) return noDay('/dateOfBirth');
  if (day > londonDay(context.now)) {
    return new Refusal(
      'person/born-in-the-future',
      'The date of birth lies in the future. Check it, or record an unborn child with an ' +
        'expected date.',
      '/dateOfBirth',
    );
  }
  if (day < EARLIEST_BIRTH) {
    return new Refusal(
      'person/born-too-long-ago',
      'The date of birth lies before 1900. Check the year.',
      '/dateOfBirth',
    );
  }
  return undefined;
}

function expectedDateRefusal(
  day: string | undefined,
  context: CommandContext,
): Refusal | undefined {
  if (day === undefined) return undefined;
  if (!isDay(day)) return noDay('/expectedDate');
  if (context.imported) return undefined; // was plausible when its source recorded it
  const today = londonDay(context.now);
  const latest = daysAfter(today, EXPECTED_WITHIN_DAYS);
  if (day > latest || day < daysAfter(today, -EXPECTED_WITHIN_DAYS)) {
    return new Refusal(
      'person/expected-date-implausible',
      'The expected date must lie within 42 weeks of today. Check the year.',
      '/expectedDate',
    );
  }
  return undefined;
}

function noDay(pointer: string): Refusal {
  return new Refusal('person/no-such-day', 'Give a day of the calendar as YYYY-MM-DD.', pointer);
}

function nhsNumberRefusal(number: string | undefined): Refusal | undefined {
  if (number === undefined || readNhsNumber(number) !== undefined) return undefined;
  return new Refusal(
    'person/nhs-number-invalid',
    'This is not a valid NHS number. Check all ten digits against a letter from the NHS, or ' +
      'leave it out.',
    '/nhsNumber',
  );
}

/** Digits enough to ring, with the signs people write between them. */
function telephoneRefusal(number: string | undefined): Refusal | undefined {
  if (number === undefined) return undefined;
  const rings =
    number.length <= limits.telephoneCharactersMax &&
    /^\+?[0-9 ()x-]+$/.test(number) &&
    number.replace(/[^0-9]/g, '').length >= 5;
  if (rings) return undefined;
  return new Refusal(
    'person/telephone-invalid',
    'Give a telephone number in digits, such as 01632 960 001.',
    '/telephone',
  );
}
