import { County } from './county/county.js';
import { logOf } from './county/happening.js';
import { families, people, recipientOf } from './county/places.js';
import { randomFrom } from './county/random.js';
import { checkRows } from './invariants/rows.js';
import type { Subject } from './invariants/subject.js';
import { subjectOf } from './invariants/subject.js';
import { plainRun } from './running/plain-run.js';
import { Truth } from './truth/truth.js';

const [family = ''] = families;
const [child = ''] = people;

/** A contact about a child of a family, to which they turn out never to have belonged. */
async function toldOfContact(...hubs: readonly string[]): Promise<readonly Subject[]> {
  const county = new County(randomFrom(1), 1);
  county.begin();
  const began = county.put('MembershipBegan', county.newStream('membership'), {
    family,
    people: [child],
    data: { familyId: family, personId: child, position: 'child' },
  });
  const [first = '', ...later] = hubs;
  const receive = (hub: string, childIds: readonly string[]) =>
    county.put('ContactReceived', county.newStream('contact'), {
      owner: hub,
      family,
      people: childIds,
      data: { hub, ...county.words.contact(), familyId: family, childIds },
    });
  receive(first, [child]);
  county.put('RecordWithdrawn', began.streamId, {
    target: began.id,
    data: { withdraws: began.id, reason: 'wrong-person' },
  });
  for (const hub of later) receive(hub, []);
  const log = logOf(county.events);
  const feeds = await plainRun(log);
  const truth = new Truth(log);
  return hubs.map((hub) => subjectOf(truth, recipientOf(hub), feeds.get(hub)!));
}

function childrenNamed({ feed }: Subject): unknown[] {
  return feed.flatMap(({ row }) =>
    row.envelope.type.endsWith('contact.received.v1') ? [row.body?.childIds] : [],
  );
}

describe('a membership that was recorded in error', () => {
  it('leaves what a contact said with whoever was told, and names nobody to who is told later', async () => {
    const [hub, other] = await toldOfContact(
      'council.safeguarding-hub',
      'north-hub.safeguarding-hub',
    );
    expect(childrenNamed(hub!)[0]).toEqual([child]);
    expect(childrenNamed(other!)).toEqual([[], []]);
    for (const subject of [hub!, other!]) checkRows(subject, 'at any time');
  });

  it('is not withdrawn by a careful command side while a contact names its person', async () => {
    const [hub] = await toldOfContact('council.safeguarding-hub');
    expect(() => checkRows(hub!)).toThrow('nobody stays on the page');
  });
});
