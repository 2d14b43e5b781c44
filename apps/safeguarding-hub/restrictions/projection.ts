import { fieldsOf } from '@common-thread/projecting/contributions';
import { textOf } from '@common-thread/projecting/fields';
import { contributionTable, defineReadModel } from '@common-thread/projecting/read-model';
import { idOfSubject } from '@common-thread/projecting/told-row';

/** Each family that is or was restricted: nothing in it is personal. */
export const restrictionTable = contributionTable({
  name: 'restrictions_family',
  columns: {
    family_id: 'text',
    restricted: 'boolean',
    /** Kept by this hub: it reviews and lifts it. */
    ours: 'boolean',
    tag: 'text?',
    ground: 'text?',
    authority: 'text?',
    speak_to: 'text?',
    /** `YYYY-MM-DD` */
    review_on: 'text?',
    restricted_at: 'instant?',
  },
  indexes: ['restricted, review_on'],
  keysOf: ({ origin, originName }) =>
    names.includes(originName) && idOfSubject('restriction', origin.subject) !== null
      ? [origin.subject]
      : [],
  columnsOf: (held, subject) => {
    const told = held.filter(({ fields }) => fields !== null);
    const restricted = told.findLast(({ name }) => name === 'family.restricted');
    const since = told.filter(({ sequence }) => sequence > (restricted?.sequence ?? 0));
    const review = since.findLast(({ name }) => name === 'restriction.reviewed');
    const terms = fieldsOf(restricted);
    return {
      family_id: idOfSubject('restriction', subject) ?? subject,
      restricted:
        restricted !== undefined && !since.some(({ name }) => name === 'restriction.lifted'),
      ours: held.some(({ ground }) => ground.split('+').includes('author')),
      tag: told.at(-1)?.occurrence ?? null,
      ground: textOf(terms, 'ground'),
      authority: textOf(fieldsOf(review), 'authority') ?? textOf(terms, 'authority'),
      speak_to: textOf(terms, 'speakTo'),
      review_on: textOf(fieldsOf(review), 'reviewOn') ?? textOf(terms, 'reviewOn'),
      restricted_at: restricted?.occurredAt ?? null,
    };
  },
});

const names = ['family.restricted', 'restriction.reviewed', 'restriction.lifted'];

export const restrictions = defineReadModel({
  name: 'restrictions',
  version: 1,
  matters: ['family', 'restriction'],
  tables: [restrictionTable],
});
