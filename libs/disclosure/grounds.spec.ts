import { lineOf } from './cells.js';
import { columns, isFollowing } from './disclosure-table.js';
import { disclosure } from './disclosure.js';
import { duties, groundOfCell, kindOfEvent } from './grounds.js';

const kinds: Readonly<Record<string, keyof typeof groundOfCell>> = kindOfEvent;
const types = Object.keys(disclosure).filter((type) => !isFollowing(lineOf(type)));

/** `ReferralRaised/safeguarding-hub` and what the cell rests on, for each cell that tells something. */
function cellsThatTell(): readonly (readonly [string, string])[] {
  return types.flatMap((type) => {
    const line = lineOf(type);
    if (isFollowing(line)) return [];
    return columns.flatMap((column) => {
      if (line[column].grade === 'withheld') return [];
      const ground = groundOfCell[kinds[type]!][column];
      return [[`${type}/${column}`, ground.rests] as const];
    });
  });
}

function isAboutShielding(cell: string): boolean {
  return /^Address(MadeConfidential|ConfidentialityEnded)\//.test(cell);
}

describe('the grounds of the disclosure table', () => {
  it('are declared for every event that has cells, and for every cell of it', () => {
    expect(Object.keys(kindOfEvent).sort()).toEqual([...types].sort());
    for (const byColumn of Object.values(groundOfCell)) {
      expect(Object.keys(byColumn).sort()).toEqual([...columns].sort());
    }
  });

  it('let an author be told its own record, and nobody but a hub or a referrer by duty', () => {
    const byDuty = cellsThatTell().filter(([, rests]) => rests === 'duty');
    const others = byDuty.filter(([cell]) => !/\/(referrer|safeguarding-hub)$/.test(cell));
    // That an address is confidential is told to whoever could give it away.
    expect(others.filter(([cell]) => !isAboutShielding(cell))).toEqual([]);
    const asAuthor = cellsThatTell().filter(([cell]) => cell.endsWith('/author'));
    expect(new Set(asAuthor.map(([, rests]) => rests))).toEqual(new Set(['own']));
    expect(Object.values(duties).every((source) => source.includes(','))).toBe(true);
  });

  it('make what a centre or a health visitor is told of others rest on an agreement, always', () => {
    const told = cellsThatTell().filter(
      ([cell]) => /centre$|visiting$/.test(cell) && !isAboutShielding(cell),
    );
    const grounds = new Set(told.map(([, rests]) => rests));
    expect(grounds).toEqual(new Set(['agreement', 'public']));
    const isPublic = told.filter(([, rests]) => rests === 'public').map(([cell]) => cell);
    expect(isPublic.every((cell) => /^(Organisation|Place)Recorded/.test(cell))).toBe(true);
  });

  it('are one and the same for what begins and what ends an involvement', () => {
    const episodes = ['registration', 'caseload', 'referral', 'contact'];
    const marks = types.filter((type) => {
      const line = lineOf(type);
      return !isFollowing(line) && ['begins', 'ends'].includes(line.involvement ?? '');
    });
    expect(marks.map((type) => [type, episodes.includes(kinds[type]!)])).toEqual(
      marks.map((type) => [type, true]),
    );
    const of = (kind: string) => marks.filter((type) => kinds[type] === kind);
    expect(episodes.map(of)).toEqual([
      ['CentreRegistrationBegan', 'CentreRegistrationEnded'],
      ['CaseloadBegan', 'CaseloadEnded'],
      ['ReferralRaised', 'ReferralClosed'],
      ['ContactReceived', 'FeedbackGiven', 'ContactRecordedInError'],
    ]);
  });
});
