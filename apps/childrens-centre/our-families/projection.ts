import { fieldsOf, lastNamed } from '@common-thread/projecting/contributions';
import { textOf } from '@common-thread/projecting/fields';
import { contributionTable, defineReadModel } from '@common-thread/projecting/read-model';
import { idOfSubject, isOwn } from '@common-thread/projecting/told-row';

/** Our registrations, ended ones too. Who is in the family is told with the household. */
export const registrationTable = contributionTable({
  name: 'our_families_registration',
  columns: {
    registration_id: 'text',
    line: 'text',
    /** It stands and has not ended. */
    registered: 'boolean',
    place_id: 'text?',
    since: 'instant?',
    until: 'instant?',
    end_reason: 'text?',
  },
  indexes: ['line', 'registered, since desc'],
  keysOf: ({ origin, originName }) =>
    isOwn(origin) && inRegistration.has(originName) ? [origin.subject] : [],
  columnsOf: (held, subject) => {
    const began = lastNamed(held, 'registration.began');
    const ended = lastNamed(held, 'registration.ended');
    return {
      registration_id: idOfSubject('registration', subject) ?? subject,
      line: held[0]?.line ?? '',
      registered: began !== undefined && ended === undefined,
      place_id: textOf(fieldsOf(began), 'placeId'),
      since: began?.occurredAt ?? null,
      until: ended?.occurredAt ?? null,
      end_reason: textOf(fieldsOf(ended), 'reason'),
    };
  },
});
const inRegistration = new Set(['registration.began', 'registration.ended']);

export const ourFamilies = defineReadModel({
  name: 'our-families',
  version: 1,
  matters: ['registration'],
  tables: [registrationTable],
});
