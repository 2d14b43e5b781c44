import type { StoredEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { ExampleCounty, people, trust } from '../examples/example-county.js';
import { mustRecord, nthId, robin, tagFor } from '../examples/example-family.js';
import { opened } from '../examples/fake-vault.js';

const { visitor } = people;

function due({ data }: StoredEvent) {
  return [data.review, data.dueWeek, opened(data.dueOn)];
}

describe('the reviews of the children on a caseload', () => {
  let county: ExampleCounty;
  beforeEach(async () => {
    county = await ExampleCounty.open();
    county.api.start();
  });
  afterEach(() => county.close());

  async function taken(person: object = robin) {
    const { body } = await mustRecord(county.post(visitor, '/v1/caseloads', { person }));
    return { caseloadId: String(body.id), familyId: String(body.familyId) };
  }

  /** Everything due, once the last of it is. */
  async function scheduledUpTo(review: string, childId?: string): Promise<StoredEvent[]> {
    await county.until(
      'ReviewDue',
      ({ data }) => data.review === review && (childId ?? data.childId) === data.childId,
    );
    return (await county.events()).filter(({ type }) => type === 'ReviewDue');
  }

  it('are scheduled when the family is taken on, those of the past left out', async () => {
    const { caseloadId } = await taken(); // born 20 October, taken on 25 November
    const scheduled = await scheduledUpTo('two-to-two-and-a-half-years');
    expect(scheduled.map(due)).toEqual([
      ['six-to-eight-weeks', '2026-W51', '2026-12-15'],
      ['one-year', '2027-W42', '2027-10-20'],
      ['two-to-two-and-a-half-years', '2029-W16', '2029-04-20'],
    ]);
    expect(scheduled[0]).toMatchObject({
      streamId: `caseload-${caseloadId}`,
      metadata: { organisation: 'fairholme-health', recordedBy: 'reactions' },
    });
  });

  it('are scheduled for a child who joins later, born or expected, and for no adult', async () => {
    const kim = { kind: 'adult', givenName: 'Kim', familyName: 'Fenwick' } as const;
    const { familyId } = await taken({ ...kim, dateOfBirth: '1998-03-02' });
    const path = `/v1/families/${familyId}/members`;
    const expected = { kind: 'unborn', expectedDate: '2027-02-01' };
    const join = (person: object) =>
      mustRecord(county.post(visitor, path, { person, position: 'child' }));
    const unborn = await join(expected);
    const [antenatal] = await scheduledUpTo('antenatal');
    expect(antenatal && due(antenatal)).toEqual(['antenatal', '2027-W01', '2027-01-04']);
    const born = await join({ ...robin, kind: 'child' });
    const all = await scheduledUpTo('one-year', String(born.body.personId));
    expect(new Set(all.map(({ data }) => data.childId))).toEqual(
      new Set([unborn.body.personId, born.body.personId]),
    );
  });

  it('follow from a birth, and move when the birth is corrected', async () => {
    const kim = { kind: 'adult', givenName: 'Kim', familyName: 'Fenwick' } as const;
    const { familyId } = await taken({ ...kim, dateOfBirth: '1998-03-02' });
    const { body } = await mustRecord(
      county.post(visitor, `/v1/families/${familyId}/members`, {
        person: { kind: 'unborn', expectedDate: '2026-11-30' },
        position: 'child',
      }),
    );
    const childId = String(body.personId);
    const before = await scheduledUpTo('antenatal', childId);
    const birth = { dateOfBirth: '2026-11-24', givenName: 'Sorrel' };
    await mustRecord(county.post(visitor, `/v1/people/${childId}/birth`, birth));
    const all = await scheduledUpTo('two-to-two-and-a-half-years', childId);
    expect(all.slice(before.length).map(due)).toEqual([
      ['new-birth', '2026-W50', '2026-12-08'],
      ['six-to-eight-weeks', '2027-W03', '2027-01-19'],
      ['one-year', '2027-W47', '2027-11-24'],
      ['two-to-two-and-a-half-years', '2029-W21', '2029-05-24'],
    ]);
    const read = { 'if-match': `"${await tagFor(county, trust, 'person', childId)}"` };
    const path = `/v1/people/${childId}/corrections`;
    await mustRecord(county.post(visitor, path, { dateOfBirth: '2026-11-10' }, read));
    await county.until('ReviewDue', ({ data }) => opened(data.dueOn) === '2026-11-24');
  });

  it('move with a corrected date of birth', async () => {
    await taken();
    const before = await scheduledUpTo('two-to-two-and-a-half-years');
    const childId = await nthId(county, 'PersonRegistered', 'person');
    const read = { 'if-match': `"${await tagFor(county, trust, 'person', childId)}"` };
    const path = `/v1/people/${childId}/corrections`;
    await mustRecord(county.post(visitor, path, { dateOfBirth: '2026-09-20' }, read));
    await county.until('ReviewDue', ({ data }) => opened(data.dueOn) === '2029-03-20');
    const moved = (await county.events()).filter(({ type }) => type === 'ReviewDue');
    expect(moved.slice(before.length).map(due)).toEqual([
      ['six-to-eight-weeks', '2026-W46', '2026-11-15'],
      ['one-year', '2027-W38', '2027-09-20'],
      ['two-to-two-and-a-half-years', '2029-W12', '2029-03-20'],
    ]);
  });

  it('wait for the vault, and nothing is passed over meanwhile', async () => {
    county.deriving.reachable = false;
    await taken();
    await taken({ ...robin, givenName: 'Ash', familyName: 'Fenwick' });
    expect(await county.journal.count()).toMatchObject({ faults: 0 });
    county.deriving.reachable = true;
    const ash = await nthId(county, 'PersonRegistered', 'person');
    const all = await scheduledUpTo('two-to-two-and-a-half-years', ash);
    expect(all).toHaveLength(6);
  });

  it('are not scheduled by an imported caseload, whose source has scheduled them', async () => {
    const familyId = derivedId('imported family');
    const childId = derivedId('imported child');
    const imported = async (intent: Parameters<typeof county.api.commands.execute>[0]) => {
      const commandId = derivedId('import', intent.category, intent.id);
      const answer = await county.api.commands.execute(
        intent,
        {
          commandId,
          correlationId: commandId,
          body: {},
          expects: 'additive',
          occurredAt: '2026-10-27T12:00:00.000Z',
          imported: true,
        },
        { kind: 'import', actor: visitor },
      );
      expect(answer.outcome).toBe('recorded');
    };
    const { kind, givenName, dateOfBirth } = robin;
    const data = { kind, givenName, dateOfBirth };
    await imported({ category: 'person', id: childId, type: 'RegisterPerson', data });
    await imported({
      category: 'membership',
      id: derivedId('imported membership'),
      type: 'BeginMembership',
      data: { familyId, personId: childId, position: 'child' },
    });
    const id = derivedId('imported caseload');
    await imported({ category: 'caseload', id, type: 'BeginCaseload', data: { familyId, trust } });
    await taken({ ...robin, givenName: 'Ash', familyName: 'Fenwick' });
    const scheduled = await scheduledUpTo('two-to-two-and-a-half-years');
    expect(scheduled.map(({ data: { childId: of } }) => of)).not.toContain(childId);
  });
});
