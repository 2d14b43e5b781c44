import type { Command, Decider } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { lineRefusal } from '../limits.js';
import { occurrenceRefusal } from '../occurrence.js';
import type { PlaceEvent } from './events.js';
import { slugRefusal } from './slug.js';

type Recorded = Omit<DataOf<PlaceEvent, 'PlaceRecorded'>, 'placeId'>;

/**
 * The whole record as it should read from now on; the place's short name is the stream's id. A
 * place may pass from one organisation to another: contracts end, centres stay.
 */
export type RecordPlace = Command<'RecordPlace', Recorded>;
export type PlaceCommand = RecordPlace;

export interface Place {
  readonly recorded: Recorded | undefined;
}

export const place: Decider<PlaceCommand, PlaceEvent, Place> = {
  category: 'place',
  initialState: { recorded: undefined },

  decide({ data, context }, { recorded }) {
    if (recorded && isSame(recorded, data)) return [];
    return (
      occurrenceRefusal(context) ??
      slugRefusal(context.subjectId, '/placeId') ??
      slugRefusal(data.organisationId, '/organisationId') ??
      lineRefusal(data.name, '/name') ??
      slugRefusal(data.cluster, '/cluster') ??
      slugRefusal(data.district, '/district') ?? [
        { type: 'PlaceRecorded', data: { ...data, placeId: context.subjectId } },
      ]
    );
  },

  evolve(_state, event) {
    const { placeId: _, ...recorded } = event.data;
    return { recorded };
  },
};

function isSame(recorded: Recorded, asked: Recorded): boolean {
  return (
    recorded.organisationId === asked.organisationId &&
    recorded.name === asked.name &&
    recorded.cluster === asked.cluster &&
    recorded.district === asked.district
  );
}
