import type { HistoryLine } from '@common-thread/adapters/postgres/history-reader';
import { DirectoryNames } from './directory-names.js';
import { askForHistory, historyEntries } from './history-entries.js';
import type { OpenedBoxes } from './page-reveal.js';
import { PageReveal } from './page-reveal.js';

const line = 'family/1';
const names = new DirectoryNames(
  {
    organisations: new Map([
      [
        'larkfield-centres',
        {
          organisationId: 'larkfield-centres',
          name: 'Larkfield Family Centres',
          recipients: ['larkfield-centres.childrens-centre'],
          telephone: null,
        },
      ],
      [
        'fairholme-hub',
        {
          organisationId: 'fairholme-hub',
          name: 'Fairholme Safeguarding Hub',
          recipients: ['fairholme-hub.safeguarding-hub'],
          telephone: null,
        },
      ],
    ]),
    places: new Map(),
  },
  'larkfield-centres',
);
const opened: OpenedBoxes = {
  reachable: true,
  of: (_line, _field, box) =>
    box === null ? { withheld: 'not-told' } : { text: box.replace('box.v1.', '') },
};
const context = { line, opened, names, people: new Map([['wren', 'Wren Applegarth']]) };

function told(changes: Partial<HistoryLine>): HistoryLine {
  return {
    id: 'row',
    sequence: 1,
    name: 'session.attended',
    subject: 'registration/1',
    occurredAt: new Date('2026-03-12T10:00:00Z'),
    occurredPrecision: null,
    learnedAt: null,
    recordedAt: new Date('2026-03-12T10:05:00Z'),
    disclosedAt: new Date('2026-03-12T10:05:00Z'),
    late: false,
    joined: false,
    imported: false,
    author: true,
    referrer: false,
    organisation: null,
    fields: { personIds: ['wren'], activity: 'stay-and-play', note: 'box.v1.Played well' },
    firstTold: null,
    corrections: [],
    withdrawnAt: null,
    ...changes,
  };
}

const entry = (changes: Partial<HistoryLine> = {}) => historyEntries([told(changes)], context)[0];

describe('an entry of a history', () => {
  it('says that a text is erased, and why, where it stood', () => {
    const erased = { on: '2056-03-03', ground: 'retention-ended' };
    const gone = { reachable: true, of: () => ({ withheld: 'erased', erased }) as const };
    const [entry] = historyEntries([told({})], { ...context, opened: gone });
    const text = 'Erased on 3 March 2056, because the time to keep it is over';
    expect(entry?.texts).toEqual([{ label: 'Note', text }]);
  });

  it('says what happened, to whom, when, and who recorded it', () => {
    expect(entry()).toMatchObject({
      heading: 'Came to a children’s centre session',
      happened: '12 March 2026 at 10am',
      recorded: undefined,
      source: 'Larkfield Family Centres',
      people: 'Wren Applegarth',
      facts: [{ label: 'Activity', text: 'Stay and play' }],
      texts: [{ label: 'Note', text: 'Played well' }],
      tags: [],
    });
  });

  it('says when it was recorded where that is another day, and that it was late', () => {
    const late = entry({ recordedAt: new Date('2026-03-30T10:00:00Z'), late: true });
    expect(late?.recorded).toBe('30 March 2026');
    expect(late?.tags.map(({ text }) => text)).toEqual(['Recorded late']);
  });

  it('is dated to the day where its source knew no more', () => {
    expect(entry({ occurredPrecision: 'day' })?.happened).toBe('12 March 2026');
  });

  it('shows how it read before it was corrected', () => {
    const corrected = entry({
      fields: { activity: 'weaning', note: 'box.v1.Corrected' },
      firstTold: { activity: 'weaning', note: 'box.v1.First told' },
      corrections: [{ recordedAt: new Date(), fields: { note: 'box.v1.Corrected' } }],
    });
    expect(corrected?.texts).toEqual([{ label: 'Note', text: 'Corrected' }]);
    expect(corrected?.before).toEqual([{ label: 'Note', text: 'First told' }]);
    expect(corrected?.tags.map(({ text }) => text)).toEqual(['Corrected']);
  });

  it('says that it was withdrawn, and nothing of what it told', () => {
    const withdrawn = entry({ fields: null, withdrawnAt: new Date() });
    expect(withdrawn).toMatchObject({
      heading: 'Came to a children’s centre session (withdrawn)',
      people: undefined,
      facts: [],
      texts: [],
      withdrawn: true,
    });
  });

  it('gives what the hub did to the hub, whoever raised the referral', () => {
    const accepted = entry({ name: 'referral.accepted', fields: { outcomes: ['advice'] } });
    expect(accepted?.source).toBe('Fairholme Safeguarding Hub');
  });

  it('names nobody it does not know', () => {
    expect(entry({ fields: { personIds: ['somebody'] } })?.people).toBe('somebody else');
  });

  it('is one where several people did the same on one day', () => {
    const joined = (id: string, personId: string) =>
      told({ id, name: 'membership.began', fields: { personId }, author: false });
    const entries = historyEntries([joined('1', 'wren'), joined('2', 'other')], context);
    expect(entries.map(({ people }) => people)).toEqual(['Wren Applegarth, somebody else']);
  });

  it('asks for every box, also as first told', () => {
    const asked: string[] = [];
    class Watched extends PageReveal {
      override ask(_line: string, field: string, box: string | null): void {
        asked.push(`${field} ${String(box)}`);
      }
    }
    const firstTold = { note: 'box.v1.First' };
    askForHistory(new Watched('triage', 'hub/contact'), line, [told({ firstTold })]);
    expect(asked).toEqual(['note box.v1.Played well', 'note box.v1.First']);
  });
});
