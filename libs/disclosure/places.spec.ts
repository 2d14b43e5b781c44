import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { derivedId } from '@common-thread/eventing/identifiers';
import { happened } from './happened.examples.js';
import { hasBeenAtTheirs, isInReach, partsAtPlaces } from './places.js';
import { emptyPolicy, foldPolicy } from './policy.js';

const larkfield = 'larkfield-centres.childrens-centre';
const hub = 'fairholme-hub.safeguarding-hub';
const id = (name: string) => derivedId('places', name);
const home = id('family');

function registeredAt(placeId: string): RecordedCommonThreadEvent {
  return happened(`registration-${id(placeId)}`, {
    type: 'CentreRegistrationBegan',
    data: { familyId: home, provider: larkfield, placeId },
  });
}
const atOak = registeredAt('oak');
const atElm = registeredAt('elm');
const leftOak = happened(atOak.streamId, {
  type: 'CentreRegistrationEnded',
  data: { reason: 'moved-away' },
});
const oakInError = happened(atOak.streamId, {
  type: 'RecordWithdrawn',
  data: { withdraws: atOak.id, reason: 'entered-in-error' },
});
const raised = happened(`referral-${id('referral')}`, {
  type: 'ReferralRaised',
  data: {
    familyId: home,
    childIds: [id('ada')],
    from: larkfield,
    to: hub,
    reference: 'CT-7H2M-19QX',
    need: 'N1',
    level: '4',
    statement: 'witnessed',
    parentsInformed: 'informed-agree',
    concern: 'box.v1.x.y',
  },
});

const folded = (...history: RecordedCommonThreadEvent[]) =>
  history.reduce(foldPolicy, emptyPolicy());
const at = (...places: string[]) => ({ recipient: larkfield, places });

describe('a family is in the reach of', () => {
  it('whoever works at a centre where it is registered now, or everywhere', () => {
    const policy = folded(atOak, atElm);
    expect(isInReach(policy, at('oak'), home)).toBe(true);
    expect(isInReach(policy, at('ash', 'elm'), home)).toBe(true);
    expect(isInReach(policy, at(), home)).toBe(true);
    expect(isInReach(policy, at('ash'), home)).toBe(false);
  });

  it('nobody at a centre it has left, though another centre of theirs has it', () => {
    const policy = folded(atOak, atElm, leftOak);
    expect(isInReach(policy, at('oak'), home)).toBe(false);
    expect(isInReach(policy, at('elm'), home)).toBe(true);
    expect(isInReach(policy, at(), home)).toBe(true);
  });

  it('nobody at a place of the same name that is another organisation’s', () => {
    const brook = { recipient: 'brook-and-vale.childrens-centre', places: ['oak'] };
    expect(isInReach(folded(atOak), brook, home)).toBe(false);
  });
});

describe('authorship stays', () => {
  it('with those of the centre that the family has left', () => {
    const policy = folded(atOak, raised, leftOak);
    expect(partsAtPlaces(policy, at('oak'), raised.streamId)).toEqual(['author', 'referrer']);
    expect(partsAtPlaces(policy, at(), raised.streamId)).toEqual(['author', 'referrer']);
    expect(partsAtPlaces(policy, at('elm'), raised.streamId)).toEqual([]);
  });

  it('with nobody where the registration was recorded in error', () => {
    const policy = folded(atOak, raised, oakInError);
    expect(hasBeenAtTheirs(policy, at('oak'), home)).toBe(false);
    expect(partsAtPlaces(policy, at('oak'), raised.streamId)).toEqual([]);
  });
});
