import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { FamilySharingEvent } from './events.js';
import type { FamilySharingCommand, RecordConsent } from './family-sharing.js';
import { familySharing } from './family-sharing.js';

const familyId = derivedId('spec', 'family');
const hub = 'fairholme-hub.safeguarding-hub';
const context = contextAt('2026-03-02T10:00:00.000Z', { subjectId: familyId });
const consentId = derivedId(context.commandId, 'consent');
const shared = {
  hub,
  agency: 'school',
  channel: 'email',
  consent: 'not-asked',
  groundOverridden: 'raises-harm',
  reason: 'The school sees him every day.',
  words: 'Please ring us if he does not come.',
} as const;
const terms: RecordConsent['data'] = {
  hub,
  whose: 'parents',
  parties: ['fairholme-health', 'larkfield-centres'],
  content: ['household'],
  words: 'Both said yes.',
};
const consented: FamilySharingEvent = {
  type: 'ConsentRecorded',
  data: { familyId, consentId, ...terms },
};
const decide = (change: object = {}): FamilySharingCommand => ({
  type: 'DecideToShare',
  data: { ...shared, ...change },
  context,
});
const consent = (change: object = {}): FamilySharingCommand => ({
  type: 'RecordConsent',
  data: { ...terms, ...change },
  context,
});
const withdraw = (takesBack: boolean): FamilySharingCommand => ({
  type: 'WithdrawConsent',
  data: { consentId, takesBack },
  context,
});
const withdrawn = (takesBack: boolean): FamilySharingEvent => ({
  type: 'ConsentWithdrawn',
  data: { consentId, takesBack },
});
const when = (command: FamilySharingCommand, past: readonly FamilySharingEvent[] = []) =>
  given(familySharing, past).when(command);

describe('a decision to share', () => {
  it('keeps with whom, why, and the exact words', () => {
    expect(when(decide()).events).toEqual([
      { type: 'SharingDecided', data: { familyId, ...shared } },
    ]);
  });

  it('names a ground unless somebody consented, and none where somebody did', () => {
    expect(when(decide({ groundOverridden: undefined })).refused).toBe('sharing/ground-missing');
    expect(when(decide({ consent: 'given' }), [consented]).refused).toBe(
      'sharing/ground-not-needed',
    );
  });

  it('is made with consent only while one stands', () => {
    const withConsent = decide({ consent: 'given', groundOverridden: undefined });
    expect(when(withConsent).refused).toBe('sharing/no-consent');
    expect(when(withConsent, [consented]).events).toHaveLength(1);
    expect(when(withConsent, [consented, withdrawn(false)]).refused).toBe('sharing/no-consent');
  });

  it('says why and what, or is refused', () => {
    expect(when(decide({ reason: ' ' })).refused).toBe('sharing/reason-missing');
    expect(when(decide({ words: ' ' })).refused).toBe('sharing/words-missing');
    expect(
      when({
        type: 'DecideNotToShare',
        data: { hub, agency: 'housing', because: 'not-necessary', reason: ' ' },
        context,
      }).refused,
    ).toBe('sharing/reason-missing');
  });

  it('is kept by one hub, and by nobody else', () => {
    expect(when(decide({ hub: 'oak.childrens-centre' })).refused).toBe('sharing/not-a-hub');
    const elsewhere = decide({ hub: 'elsewhere.safeguarding-hub' });
    expect(when(elsewhere, [consented]).refused).toBe('sharing/of-another-hub');
  });
});

describe('views', () => {
  const views = (change: object): FamilySharingCommand => ({
    type: 'RecordViews',
    data: { hub, whose: 'parents', informed: 'informed-agree', words: 'Yes.', ...change },
    context,
  });

  it('are what was said, or why nobody was asked', () => {
    expect(when(views({})).events).toHaveLength(1);
    expect(when(views({ words: undefined })).refused).toBe('sharing/words-missing');
    const untold = { informed: 'not-informed', words: undefined };
    expect(when(views(untold)).refused).toBe('sharing/ground-missing');
    expect(when(views({ ...untold, groundNotInformed: 'delay' })).events).toHaveLength(1);
  });
});

describe('a consent', () => {
  it('names who may tell each other what', () => {
    expect(when(consent()).events).toEqual([consented]);
    expect(when(consent({ content: [] })).refused).toBe('list/empty');
    expect(when(consent(), [consented]).events).toEqual([]);
  });

  it('is withdrawn once, and by its id', () => {
    const gone = withdrawn(true);
    expect(when(withdraw(true), [consented]).events).toEqual([gone]);
    expect(when(withdraw(false), [consented, gone]).events).toEqual([]);
    expect(when(withdraw(true)).refused).toBe('sharing/no-such-consent');
  });
});
