import { DirectoryNames } from '@common-thread/presenting/directory-names';
import type { QueuedContact } from './queries.js';
import { ratingTag, repeatsInWords, timeLeft, triageQueueView } from './triage-queue.presenter.js';

const now = new Date('2026-03-12T10:00:00Z');
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const names = new DirectoryNames(
  {
    organisations: new Map([
      [
        'larkfield-centres',
        {
          organisationId: 'larkfield-centres',
          name: 'Larkfield Family Centres',
          recipients: [],
          telephone: null,
        },
      ],
    ]),
    places: new Map(),
  },
  'fairholme-hub',
);
const contact: QueuedContact = {
  contactId: '1',
  tag: 'tag',
  line: 'family/1',
  familyId: '1',
  reference: 'CT-4F7K-29QD',
  channel: 'form',
  source: '8',
  receivedAt: inMinutes(-65),
  organisation: 'larkfield-centres',
  referrer: 'larkfield-centres.childrens-centre',
  referralId: '2',
  childIds: ['wren'],
  rating: 'red',
  ratedAt: inMinutes(-60),
  task: 'decide',
  dueAt: inMinutes(-25),
  repeats: [
    { days: 90, earlier: 3, sources: 2 },
    { days: 365, earlier: 5, sources: 3 },
  ],
};

describe('the queue in words', () => {
  it('says how much time is left, or how long it is overdue', () => {
    expect(timeLeft(inMinutes(125), now)).toEqual({
      text: '2 hours 5 minutes left',
      overdue: false,
    });
    expect(timeLeft(inMinutes(-25), now)).toEqual({ text: '25 minutes overdue', overdue: true });
    expect(timeLeft(null, now)).toEqual({ text: 'No limit', overdue: false });
  });

  it('says a rating as a word with its colour', () => {
    expect(ratingTag('amber')).toEqual({ text: 'Amber', classes: 'govuk-tag--orange' });
    expect(ratingTag(null).text).toBe('Not rated');
  });

  it('counts what came before, the last 90 days first', () => {
    expect(repeatsInWords(contact.repeats)).toBe('3 earlier contacts in 90 days from 2 sources');
    expect(
      repeatsInWords([
        { days: 90, earlier: 0, sources: 1 },
        { days: 365, earlier: 1, sources: 1 },
      ]),
    ).toBe('1 earlier contact in 12 months');
    expect(repeatsInWords([{ days: 90, earlier: 0, sources: 1 }])).toBeUndefined();
  });

  it('keeps the order it came in and says how many are overdue', () => {
    const later = { ...contact, contactId: '3', dueAt: inMinutes(30), referrer: null };
    const children = new Map([['1', ['Wren Applegarth']]]);
    const view = triageQueueView([contact, later], children, names, now);
    expect(view).toMatchObject({ summary: '2 contacts in hand', overdue: '1 overdue' });
    expect(view.rows.map(({ from, children: named }) => [from, named])).toEqual([
      ['Larkfield Family Centres', ['Wren Applegarth']],
      ['Other, including children’s centres', []],
    ]);
    expect(triageQueueView([], children, names, now).overdue).toBe('none overdue');
  });
});
