import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { codec } from '@common-thread/domain/event-catalogue';
import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import { derivedId } from '@common-thread/eventing/identifiers';
import { happened } from './happened.examples.js';
import { disclosure } from './disclosure.js';
import { isFollowing } from './disclosure-table.js';
import { emptyPolicy, foldPolicy } from './policy.js';
import type { Origin } from './reading.js';
import { groundToRead, isOnLine } from './reading.js';
import { twoTables } from './two-tables.examples.js';

const hub = 'fairholme-hub.safeguarding-hub';
const larkfield = 'larkfield-centres.childrens-centre';
const brook = 'brook-and-vale.childrens-centre';
const health = 'fairholme-health.health-visiting';
const everyone = [hub, larkfield, brook, health];

const id = (name: string) => derivedId('reading', name);
const [home, other] = [id('family home'), id('family other')];
const [ada, ben] = [id('person ada'), id('person ben')];

const registered = happened(`person-${ada}`, {
  type: 'PersonRegistered',
  data: { personId: ada, kind: 'child' },
});
const joined = happened(`membership-${id('m1')}`, {
  type: 'MembershipBegan',
  data: { familyId: home, personId: ada, position: 'child' },
});
const atOther = happened(`membership-${id('m2')}`, {
  type: 'MembershipBegan',
  data: { familyId: other, personId: ada, position: 'child' },
});
const benJoined = happened(`membership-${id('m3')}`, {
  type: 'MembershipBegan',
  data: { familyId: home, personId: ben, position: 'child' },
});
const atLarkfield = happened(`registration-${id('r1')}`, {
  type: 'CentreRegistrationBegan',
  data: { familyId: home, provider: larkfield, placeId: 'oak' },
});
const atBrook = happened(`registration-${id('r2')}`, {
  type: 'CentreRegistrationBegan',
  data: { familyId: other, provider: brook, placeId: 'elm' },
});
const left = happened(atLarkfield.streamId, {
  type: 'CentreRegistrationEnded',
  data: { reason: 'moved-away' },
});
const received = happened(`contact-${id('c1')}`, {
  type: 'ContactReceived',
  data: { hub, channel: 'phone', source: '1A', reference: 'CT-AAAA-AAAA', referrer: brook },
});
const linked = happened(received.streamId, {
  type: 'ContactLinked',
  data: { familyId: home, childIds: [ada] },
});
const told = happened(received.streamId, {
  type: 'FeedbackGiven',
  data: { channel: 'phone', words: 'box.v1.x.y' },
});
const withdraws = (event: RecordedCommonThreadEvent) =>
  happened(event.streamId, {
    type: 'RecordWithdrawn',
    data: { withdraws: event.id, reason: 'entered-in-error' },
  });

function origin(event: RecordedCommonThreadEvent, field: string, subjects: string[]): Origin {
  return { eventId: event.id, eventType: event.type, streamId: event.streamId, field, subjects };
}
const name = origin(registered, 'familyName', [ada]);

const organisations = [...everyone.map((recipient) => recipient.split('.')[0] ?? ''), 'x'];
const agreement = `agreement-${id('agreement')}`;
const agreed = [
  happened(agreement, { type: 'AgreementSigned', data: agreedByAll(organisations) }),
  happened(agreement, { type: 'AgreementTookEffect', data: { agreementVersion: 1 } }),
];

function grounds(history: readonly RecordedCommonThreadEvent[], of: Origin) {
  const policy = history.reduce(foldPolicy, emptyPolicy());
  return everyone.flatMap((recipient) => {
    const ground = groundToRead(policy, { recipient, places: [] }, of);
    return ground === undefined ? [] : [[recipient, ground] as const];
  });
}

function readers(history: readonly RecordedCommonThreadEvent[], of: Origin): string[] {
  return grounds([...agreed, ...history], of).map(([recipient]) => recipient);
}

describe('who may read a sealed field', () => {
  it('is nobody before anybody is related to a family of the person', () => {
    expect(readers([], name)).toEqual([]);
    expect(readers([registered, joined], name)).toEqual([]);
    expect(readers([registered, joined, atBrook], name)).toEqual([]);
  });

  it('is whoever is entitled to a family of the person, as far as its cell names the field', () => {
    const history = [registered, joined, atOther, atLarkfield, atBrook];
    expect(readers(history, name)).toEqual([larkfield, brook]);
    expect(readers(history, { ...name, field: 'nhsNumber' })).toEqual([]);
    expect(readers([...history, received, linked], { ...name, field: 'nhsNumber' })).toEqual([
      hub,
    ]);
  });

  it('of an address is whoever is entitled to that household, not to another of the same child', () => {
    const history = [registered, joined, atOther, atLarkfield, atBrook];
    expect(readers(history, origin(joined, 'address', [ada]))).toEqual([larkfield]);
    expect(readers(history, origin(atOther, 'address', [ada]))).toEqual([brook]);
  });

  it('of a correction is whoever may read what it corrects', () => {
    const corrected = { ...name, eventType: 'PersonDetailsCorrected', eventId: id('correction') };
    expect(readers([registered, joined, atLarkfield], corrected)).toEqual([larkfield]);
    expect(readers([registered, joined], corrected)).toEqual([]);
    const moved = { ...origin(joined, 'postcode', [ada]), eventType: 'AddressCorrected' };
    expect(readers([registered, joined, atLarkfield], moved)).toEqual([larkfield]);
  });

  it('ends with the relationship', () => {
    const history = [registered, joined, atLarkfield];
    expect(readers([...history, left], name)).toEqual([]);
    expect(readers([...history, withdraws(atLarkfield)], name)).toEqual([]);
  });

  it('stays with whoever wrote it, and with whoever asked as far as they are told', () => {
    const history = [registered, joined, received, linked, told];
    expect(readers(history, name)).toEqual([]);
    expect(readers(history, origin(told, 'words', [id('c1')]))).toEqual([hub, brook]);
    expect(readers(history, origin(received, 'callerDetails', [id('c1')]))).toEqual([hub]);
  });

  it('of a withdrawn event is nobody', () => {
    const history = [registered, joined, atLarkfield, withdraws(registered)];
    expect(readers(history, name)).toEqual([]);
    expect(readers([received, withdraws(told)], origin(told, 'words', [id('c1')]))).toEqual([]);
  });

  it('says on what ground, and what rests on an agreement ends with it', () => {
    const history = [...agreed, registered, joined, atLarkfield, received];
    const under = `relation+agreement:${id('agreement')}`;
    expect(grounds(history, name)).toEqual([[larkfield, `${under}@1`]]);
    const narrowed = happened(agreement, {
      type: 'AgreementNarrowed',
      data: {
        agreementVersion: 2,
        content: [],
        notice: ['household'],
        existence: [],
        reason: 'more-than-needed',
        signatories: agreedByAll(organisations).signatories,
        takesBack: false,
      },
    });
    expect(grounds([...history, narrowed], name)).toEqual([]);
    const ended = happened(agreement, {
      type: 'AgreementEnded',
      data: { reason: 'expired', takesBack: false },
    });
    expect(grounds([...history, ended], name)).toEqual([]);
    const caller = origin(received, 'callerDetails', [id('c1')]);
    expect(grounds([...history, ended], caller)).toEqual([[hub, 'author']]);
  });

  it('reaches no further than a membership that stands; one that ended keeps its history', () => {
    const history = [registered, joined, atLarkfield];
    const ended = happened(joined.streamId, { type: 'MembershipEnded', data: { personId: ada } });
    expect(readers([...history, ended], name)).toEqual([larkfield]);
    expect(readers([...history, withdraws(joined)], name)).toEqual([]);
  });

  it('of a text about several is whoever is entitled to a family of each', () => {
    const elsewhere = happened(`caseload-${id('k')}`, {
      type: 'CaseloadBegan',
      data: { familyId: other, trust: 'x.health-visiting' },
    });
    const held = happened(elsewhere.streamId, {
      type: 'ReviewDue',
      data: { childId: ada, review: 'one-year', dueWeek: '2026-W07', dueOn: 'box.v1.x.y' },
    });
    const onCaseload = happened(`caseload-${id('other trust')}`, {
      type: 'CaseloadBegan',
      data: { familyId: other, trust: health },
    });
    const history = [registered, joined, atOther, benJoined, elsewhere, onCaseload];
    expect(readers(history, origin(held, 'dueOn', [ada]))).toEqual([health]);
    expect(readers(history, origin(held, 'dueOn', [ada, ben]))).toEqual([]);
  });

  it('of a type the log does not know is nobody', () => {
    expect(readers([atLarkfield], { ...name, eventType: 'draft' })).toEqual([]);
    expect(readers([atLarkfield], { ...name, eventType: 'toString' })).toEqual([]);
  });

  it('is decided for every sealed field of every event by a line that tells fields', () => {
    for (const type of codec.types) {
      if (codec.personalFieldsOf(type).length === 0) continue;
      const line = disclosure[type as keyof typeof disclosure];
      const history = [registered, joined, atLarkfield, received, linked];
      const fields = codec.personalFieldsOf(type).map(({ field }) => field);
      if (!isFollowing(line)) continue;
      for (const field of fields) {
        const stream = type === 'AddressCorrected' ? joined.streamId : registered.streamId;
        const of = { ...name, eventType: type, streamId: stream, field };
        expect([type, field, readers(history, of).includes(hub)]).toEqual([type, field, true]);
      }
    }
  });
});

describe('the page a sealed field has a place on', () => {
  const policy = [registered, joined, atOther, received, linked].reduce(foldPolicy, emptyPolicy());

  it.each([
    ['a name on the page of the family', name, `family/${home}`, true],
    ['a name on the page of the other home', name, `family/${other}`, true],
    ['a name on a stranger’s page', name, `family/${id('stranger')}`, false],
    [
      'an address on its own family’s page',
      origin(joined, 'address', [ada]),
      `family/${home}`,
      true,
    ],
    [
      'an address on the other home’s page',
      origin(joined, 'address', [ada]),
      `family/${other}`,
      false,
    ],
    ['a name on the page of a contact about the family', name, `contact/${id('c1')}`, true],
    ['a contact’s words on its own page', origin(told, 'words', []), `contact/${id('c1')}`, true],
    ['a contact’s words on its family’s page', origin(told, 'words', []), `family/${home}`, true],
    ['a contact’s words on another’s', origin(told, 'words', []), `contact/${id('c2')}`, false],
    ['anything on no line', name, 'directory', false],
  ])('%s', (_, of, line, placed) => expect(isOnLine(policy, of, line)).toBe(placed));
});

describe('a sealed field under several versions of the disclosure table', () => {
  const to = (tableVersion: number, insteadOf: number) =>
    happened('table-county', {
      type: 'TableSwitched',
      data: { tableVersion, insteadOf, signedBy: 'x/caldicott-guardian' },
    });
  const decided = () =>
    happened(received.streamId, {
      type: 'ContactDecided',
      data: { outcomes: ['advice'], rationale: 'box.v1.x.y', decidedBy: 'x' },
    });
  const readsRationale = (history: readonly RecordedCommonThreadEvent[], of = history.at(-1)) => {
    const policy = [...agreed, received, linked, ...history].reduce(
      foldPolicy,
      emptyPolicy(twoTables),
    );
    const worker = { recipient: brook, places: [] };
    return of && groundToRead(policy, worker, origin(of, 'rationale', [received.streamId]));
  };

  it('is read by the one in force where it was recorded', () => {
    expect(readsRationale([decided()])).toBeUndefined();
    expect(readsRationale([to(2, 1), decided()])).toContain('referrer');
    expect(readsRationale([to(2, 1), to(1, 2), decided()])).toBeUndefined();
  });

  it('is read on by whoever was told, whichever came since', () => {
    const told = decided();
    expect(readsRationale([to(2, 1), told, to(1, 2)], told)).toContain('referrer');
  });

  describe('once the past was withdrawn', () => {
    const takenFrom = (recipient: string, tableVersion: number, recordedUnder = [2]) =>
      happened('table-county', {
        type: 'PastWithdrawn',
        data: {
          tableVersion,
          ...{ recordedUnder, kinds: ['decision'], recipients: [recipient] },
          signedBy: 'x/caldicott-guardian',
          reason: 'told-in-error',
        },
      });
    const told = decided();

    it('is not read by the tables before that, unless one is in force again', () => {
      const taken = [to(2, 1), told, to(1, 2), takenFrom(brook, 1)];
      expect(readsRationale(taken, told)).toBeUndefined();
      expect(readsRationale([...taken, to(2, 1)], told)).toContain('referrer');
    });

    it('is read on by others, and where it was not meant or came after that', () => {
      const others = [takenFrom(larkfield, 1), takenFrom(brook, 1, [1])];
      const histories = others.map((other) => [told, to(1, 2), other]);
      for (const history of [...histories, [takenFrom(brook, 2), told, to(1, 2)]]) {
        expect(readsRationale([to(2, 1), ...history], told)).toContain('referrer');
      }
    });
  });
});
