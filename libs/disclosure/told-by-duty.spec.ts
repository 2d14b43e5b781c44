import { factKinds } from '@common-thread/domain/code-lists';
import { disclosureVersion } from './disclosure.js';
import { toldByAgreement, toldByDuty } from './told-by-duty.js';
import { allTables, tableOf } from './tables.js';

const table = tableOf(allTables, disclosureVersion);
const hub = 'fairholme-hub.safeguarding-hub';
const centre = 'larkfield-centres.childrens-centre';
const visiting = 'fairholme-health.health-visiting';
const board = 'fairholme-board.partnership-board';

/** `referral, audience, ca-1989-s47, content` for each that is told. */
function duties(recipient: string): string[] {
  return [...factKinds, 'protection', 'shielding'].flatMap((kind) =>
    toldByDuty(recipient, kind as (typeof factKinds)[number], table).map(({ as, duty, grade }) =>
      [kind, as, duty, grade].join(', '),
    ),
  );
}

describe('what is told by duty', () => {
  it('is, to a hub, what reaches the front door and what becomes of it, and nothing else of a family', () => {
    expect(duties(hub)).toEqual([
      'referral, audience, ca-1989-s47, content',
      'contact, audience, ca-1989-s47, content',
      'decision, audience, ca-1989-s47, content',
      'protection, audience, ca-2004-s11, content',
      'shielding, audience, ca-2004-s11, content',
    ]);
  });

  it.each([centre, visiting])('is, to %s, what becomes of what it referred', (recipient) => {
    expect(duties(recipient)).toEqual([
      'referral, referrer, working-together, content',
      'contact, referrer, working-together, content',
      'decision, referrer, working-together, content',
      'shielding, audience, ca-2004-s11, notice',
    ]);
  });

  it('names the events, none of which the column is not told', () => {
    const [asked] = toldByDuty(centre, 'contact', table);
    expect(asked?.eventTypes).toEqual([
      'ContactReceived',
      'ContactLinked',
      'FeedbackGiven',
      'ContactRecordedInError',
    ]);
  });

  it('goes by the table that is asked for', () => {
    const line = table.lines['ContactReceived'];
    const silent = { grade: 'withheld' } as const;
    const lines = Object.fromEntries(
      Object.entries(table.lines).map(([type, each]) => [type, { ...each, referrer: silent }]),
    ) as typeof table.lines;
    expect(line).toBeDefined();
    expect(toldByDuty(centre, 'contact', { ...table, lines })).toEqual([]);
  });
});

describe('what is told under an agreement', () => {
  it('is as much as the table tells the audience, and nothing where it tells it by duty', () => {
    const all = (recipient: string) =>
      factKinds.map((kind) => `${kind} ${toldByAgreement(recipient, kind, table)}`);
    expect(all(hub)).toEqual([
      'household content',
      'registration content',
      'attendance content',
      'caseload content',
      'reviews content',
      'referral withheld',
      'contact withheld',
      'decision withheld',
    ]);
    expect(all(centre)).toEqual([
      'household content',
      'registration notice',
      'attendance withheld',
      'caseload existence',
      'reviews withheld',
      'referral notice',
      'contact existence',
      'decision notice',
    ]);
    expect(new Set(all(board).map((each) => each.split(' ')[1]))).toEqual(new Set(['withheld']));
  });
});
