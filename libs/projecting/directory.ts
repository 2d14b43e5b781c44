import { fieldsOf, lastNamed } from './contributions.js';
import { textOf, textsOf } from './fields.js';
import { contributionTable, defineReadModel } from './read-model.js';

/** Organisations as they were last recorded, by slug. */
export const organisationTable = contributionTable({
  name: 'directory_organisation',
  columns: { organisation_id: 'text?', name: 'text?', recipients: 'texts', telephone: 'text?' },
  keysOf: ({ origin, originName }) =>
    originName === 'organisation.recorded' ? [origin.subject] : [],
  columnsOf: (held) => {
    const fields = fieldsOf(lastNamed(held, 'organisation.recorded'));
    return {
      organisation_id: textOf(fields, 'organisationId'),
      name: textOf(fields, 'name'),
      recipients: textsOf(fields, 'recipients'),
      telephone: textOf(fields, 'telephone'),
    };
  },
});

/** Centres and clinics as they were last recorded, by slug. */
export const placeTable = contributionTable({
  name: 'directory_place',
  columns: {
    place_id: 'text?',
    organisation_id: 'text?',
    name: 'text?',
    cluster: 'text?',
    district: 'text?',
  },
  keysOf: ({ origin, originName }) => (originName === 'place.recorded' ? [origin.subject] : []),
  columnsOf: (held) => {
    const fields = fieldsOf(lastNamed(held, 'place.recorded'));
    return {
      place_id: textOf(fields, 'placeId'),
      organisation_id: textOf(fields, 'organisationId'),
      name: textOf(fields, 'name'),
      cluster: textOf(fields, 'cluster'),
      district: textOf(fields, 'district'),
    };
  },
});

/** Public reference data, the same in every agency. */
export const directory = defineReadModel({
  name: 'directory',
  version: 1,
  matters: ['organisation', 'place'],
  tables: [organisationTable, placeTable],
});
