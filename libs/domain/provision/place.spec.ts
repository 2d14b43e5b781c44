import { contextAt, given } from '@common-thread/eventing/given-when-then';
import type { RecordPlace } from './place.js';
import { place } from './place.js';

const millLane = {
  organisationId: 'larkfield-centres',
  name: 'Mill Lane Family Centre',
  cluster: 'larkfield-north',
  district: 'larkfield',
};
const record = (change: Partial<RecordPlace['data']> = {}): RecordPlace => ({
  type: 'RecordPlace',
  data: { ...millLane, ...change },
  context: contextAt('2026-03-02T10:00:00.000Z', { subjectId: 'mill-lane' }),
});
const recorded = { type: 'PlaceRecorded', data: { ...millLane, placeId: 'mill-lane' } } as const;

describe('recording a place', () => {
  it('records it under its short name, in its cluster and district', () => {
    expect(given(place, []).when(record()).events).toEqual([recorded]);
  });

  it('records nothing when it reads so already', () => {
    expect(given(place, [recorded]).when(record())).toEqual({ events: [], refused: undefined });
  });

  it('records the whole anew when it passes to another provider', () => {
    const organisationId = 'brook-and-vale';
    expect(given(place, [recorded]).when(record({ organisationId })).events).toEqual([
      { ...recorded, data: { ...recorded.data, organisationId } },
    ]);
  });

  it('refuses a cluster that is no short name and a name on two lines', () => {
    expect(given(place, []).when(record({ cluster: 'Larkfield North' })).refused).toBe(
      'provision/short-name-invalid',
    );
    expect(given(place, []).when(record({ name: 'Mill\nLane' })).refused).toBe(
      'text/several-lines',
    );
  });
});
