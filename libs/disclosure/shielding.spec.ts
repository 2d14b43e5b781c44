import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { derivedId } from '@common-thread/eventing/identifiers';
import { happened } from './happened.examples.js';
import { emptyPolicy, foldPolicy } from './policy.js';
import { isShielded, withoutConfidential } from './shielding.js';
import { tellingOf } from './telling.js';

const hub = 'fairholme-hub.safeguarding-hub';
const larkfield = 'larkfield-centres.childrens-centre';
const health = 'fairholme-health.health-visiting';
const id = (name: string) => derivedId('shielding', name);
const [home, other, ada] = [id('family home'), id('family other'), id('person ada')];

const lives = happened(`membership-${id('m1')}`, {
  type: 'MembershipBegan',
  data: { familyId: home, personId: ada, position: 'child' },
});
const made = happened(`shielding-${home}`, {
  type: 'AddressMadeConfidential',
  data: { familyId: home, ground: 'domestic-abuse' },
});
const ended = happened(`shielding-${home}`, {
  type: 'AddressConfidentialityEnded',
  data: { reason: 'no-longer-a-risk' },
});
const received = happened(`contact-${id('c1')}`, {
  type: 'ContactReceived',
  data: {
    hub,
    channel: 'form',
    source: '8',
    reference: 'CT-AAAA-AAAA',
    familyId: home,
    childIds: [ada],
  },
});
const told = happened(received.streamId, {
  type: 'FeedbackGiven',
  data: { channel: 'phone', words: 'box.v1.x.y' },
});
const consentId = id('consent');
const consented = happened(`sharing-${home}`, {
  type: 'ConsentRecorded',
  data: {
    familyId: home,
    hub,
    consentId,
    whose: 'parents',
    parties: ['fairholme-health', 'larkfield-centres'],
    content: ['attendance'],
    words: 'box.v1.x.y',
  },
});
const withdrawn = happened(`sharing-${home}`, {
  type: 'ConsentWithdrawn',
  data: { consentId, takesBack: false },
});

const after = (...events: RecordedCommonThreadEvent[]) => events.reduce(foldPolicy, emptyPolicy());
const working = { isInHand: true, isManager: false };
const lookingUp = { isInHand: false, isManager: false };
const address = { eventType: 'MembershipBegan', streamId: lives.streamId, field: 'address' };
const caller = {
  eventType: 'ContactReceived',
  streamId: received.streamId,
  field: 'callerDetails',
};

describe('a confidential address', () => {
  it('is for a hub that works on the matter, and for nobody else, until it is one no longer', () => {
    const asked = [
      [hub, true],
      [hub, false],
      [larkfield, true],
      [health, true],
    ] as const;
    const shielded = (...events: RecordedCommonThreadEvent[]) =>
      asked.map(([who, isInHand]) =>
        isShielded(after(lives, ...events), who, address, { isInHand, isManager: false }),
      );
    expect(shielded()).toEqual([false, false, false, false]);
    expect(shielded(made)).toEqual([false, true, true, true]);
    expect(shielded(made, ended)).toEqual([false, false, false, false]);
    const again = { ...made, id: id('made again') };
    expect(shielded(made, ended, again)).toEqual([false, true, true, true]);
  });

  it('is told to hubs alone, of that family alone', () => {
    const policy = after(lives, made);
    const fields = ['personId', 'address', 'postcode'];
    expect(withoutConfidential(policy, hub, home, fields)).toEqual(fields);
    expect(withoutConfidential(policy, larkfield, home, fields)).toEqual(['personId']);
    expect(withoutConfidential(policy, larkfield, other, fields)).toEqual(fields);
  });
});

describe('who referred', () => {
  it('is shown to the hub while the matter is in hand, and to no look-up', () => {
    const policy = after(received);
    expect(isShielded(policy, hub, caller, working)).toBe(false);
    expect(isShielded(policy, hub, caller, lookingUp)).toBe(true);
    expect(isShielded(after(received, told), hub, caller, working)).toBe(true);
  });

  it('is shown to a manager alone where they asked that nobody be told', () => {
    const { streamId } = received;
    const asked = happened(streamId, { type: 'AnonymityRequested', data: { source: '1B' } });
    const manager = { ...working, isManager: true };
    const policy = after(received, asked);
    expect(isShielded(policy, hub, caller, working)).toBe(true);
    expect(isShielded(policy, hub, caller, manager)).toBe(false);
    expect(isShielded(policy, hub, caller, { ...lookingUp, isManager: true })).toBe(true);
    expect(isShielded(after(received, asked, told), hub, caller, manager)).toBe(true);
  });

  it('is known to the referrer, and to no other agency', () => {
    const raised = happened(`referral-${id('r1')}`, {
      type: 'ReferralRaised',
      data: {
        familyId: home,
        childIds: [ada],
        from: larkfield,
        to: hub,
        reference: 'CT-AAAA-AAAA',
        need: 'N1',
        level: '4',
        statement: 'witnessed',
        parentsInformed: 'informed-agree',
        concern: 'box.v1.x.y',
      },
    });
    const { streamId } = raised;
    const field = { eventType: 'ReferralRaised', streamId, field: 'referrerContact' };
    expect(isShielded(after(raised), larkfield, field, lookingUp)).toBe(false);
    expect(isShielded(after(raised), health, field, working)).toBe(true);
  });
});

describe('a consent', () => {
  const session = { type: 'SessionAttended', streamId: `registration-${id('r')}` } as const;
  const began = happened(session.streamId, {
    type: 'CentreRegistrationBegan',
    data: { familyId: home, provider: larkfield, placeId: 'oak' },
  });
  const toldTo = (families: readonly string[], ...events: RecordedCommonThreadEvent[]) =>
    tellingOf(after(began, ...events), health, session, [], true, families);

  it('lets be told what it names, of its own family, until it is withdrawn', () => {
    expect(toldTo([home]).grade).toBe('withheld');
    expect(toldTo([home], consented)).toMatchObject({
      grade: 'content',
      grounds: ['relation', `consent:${consentId}`],
      agreement: { id: consentId, kind: 'attendance' },
    });
    expect(toldTo([other], consented).grade).toBe('withheld');
    expect(toldTo([home], consented, withdrawn).grade).toBe('withheld');
  });
});
