import type { Command, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { partsOfRecipient } from '../identifiers.js';
import { limits, lineRefusal, listRefusal, sameMembers } from '../limits.js';
import { occurrenceRefusal } from '../occurrence.js';
import type { OrganisationEvent } from './events.js';
import { slugRefusal } from './slug.js';

type Recorded = Omit<DataOf<OrganisationEvent, 'OrganisationRecorded'>, 'organisationId'>;

/**
 * The whole record as it should read from now on; the organisation's short name is the stream's
 * id.
 */
export type RecordOrganisation = Command<'RecordOrganisation', Recorded>;
export type OrganisationCommand = RecordOrganisation;

export interface Organisation {
  readonly recorded: Recorded | undefined;
}

export const organisation: Decider<OrganisationCommand, OrganisationEvent, Organisation> = {
  category: 'organisation',
  initialState: { recorded: undefined },

  decide({ data, context }, { recorded }) {
    if (recorded && isSame(recorded, data)) return [];
    const refusal =
      occurrenceRefusal(context) ??
      slugRefusal(context.subjectId, '/organisationId') ??
      lineRefusal(data.name, '/name') ??
      lineRefusal(data.telephone, '/telephone', limits.telephoneCharactersMax) ??
      recipientsRefusal(data.recipients, context.subjectId, recorded?.recipients ?? []);
    return (
      refusal ?? [
        {
          type: 'OrganisationRecorded',
          data: { ...data, organisationId: context.subjectId },
        },
      ]
    );
  },

  evolve(_state, event) {
    const { organisationId: _, ...recorded } = event.data;
    return { recorded };
  },
};

function isSame(recorded: Recorded, asked: Recorded): boolean {
  return (
    recorded.name === asked.name &&
    recorded.telephone === asked.telephone &&
    sameMembers(recorded.recipients, asked.recipients)
  );
}

function recipientsRefusal(
  recipients: readonly string[],
  organisationId: string,
  held: readonly string[],
): Refusal | undefined {
  if (recipients.some((each) => partsOfRecipient(each).organisation !== organisationId)) {
    return new Refusal(
      'organisation/recipient-of-another',
      "A recipient is named after its organisation: the organisation's short name, a dot and " +
        'the audience.',
      '/recipients',
    );
  }
  if (held.some((each) => !recipients.includes(each))) {
    return new Refusal(
      'organisation/recipient-dropped',
      'A recipient once recorded keeps its feed for ever. Name it again; close its ' +
        'registrations or caseload instead.',
      '/recipients',
    );
  }
  // A commissioning body may act as none itself.
  return recipients.length === 0 ? undefined : listRefusal(recipients, '/recipients');
}
