import type {
  CommonThreadEvent,
  RecordedCommonThreadEvent,
} from '@common-thread/domain/event-catalogue';
import { derivedId } from '@common-thread/eventing/identifiers';
import { lineOf, ofThePast, union } from './cells.js';
import { gradeOfHistory } from './disclosure.js';
import { isFollowing } from './disclosure-table.js';
import type { Policy } from './policy.js';
import { emptyPolicy, entitledTo, familiesOfPerson, foldPolicy, isEntitled } from './policy.js';
import { everMember, peopleOfFamily } from './members.js';
import { gradeFor } from './telling.js';

const HUB = 'council.safeguarding-hub';
const ELM = 'elm-centres.childrens-centre';
const TRUST = 'east-trust.health-visiting';
const id = (name: string) => derivedId('policy', name);
const [F, P] = [id('family'), id('person')];

type Step = readonly [stream: string, event: CommonThreadEvent];

const registered: Step = [
  'registration-r',
  { type: 'CentreRegistrationBegan', data: { familyId: F, provider: ELM, placeId: 'elm' } },
];
const left: Step = [
  'registration-r',
  { type: 'CentreRegistrationEnded', data: { reason: 'moved-away' } },
];
const onCaseload: Step = [
  'caseload-c',
  { type: 'CaseloadBegan', data: { familyId: F, trust: TRUST } },
];
const received: Step = [
  'contact-c',
  {
    type: 'ContactReceived',
    data: { hub: HUB, channel: 'phone', source: '3A', reference: 'CT-0000-0000', referrer: ELM },
  },
];
const linked: Step = [
  'contact-c',
  { type: 'ContactLinked', data: { familyId: F, childIds: [P] } },
];
const fedBack: Step = [
  'contact-c',
  { type: 'FeedbackGiven', data: { channel: 'phone', words: 'box.v1.w' } },
];
const inError: Step = [
  'contact-c',
  { type: 'ContactRecordedInError', data: { reason: 'duplicate' } },
];
const joined: Step = [
  'membership-m',
  { type: 'MembershipBegan', data: { familyId: F, personId: P, position: 'child' } },
];
const parted: Step = ['membership-m', { type: 'MembershipEnded', data: { personId: P } }];
const nthId = (nth: number) => id(`event ${nth}`);
/** Withdraws the event at a place of the history, from 0. */
const withdrawn = (stream: string, nth: number): Step => [
  stream,
  { type: 'RecordWithdrawn', data: { withdraws: nthId(nth), reason: 'duplicate' } },
];

function after(...steps: readonly Step[]): Policy {
  const now = '2026-01-05T09:00:00.000Z';
  return steps.reduce<Policy>((policy, [streamId, event], nth) => {
    const recorded: RecordedCommonThreadEvent = {
      ...event,
      id: nthId(nth),
      streamId,
      version: 1,
      revision: nth,
      cursor: String(nth),
      metadata: {
        commandId: id('command'),
        fingerprint: 'f',
        correlationId: id('correlation'),
        organisation: 'somebody',
        recordedBy: 'worker-1',
        role: 'worker',
        occurredAt: now,
        recordedAt: now,
      },
    };
    return foldPolicy(policy, recorded);
  }, emptyPolicy());
}

const none: readonly string[] = [];

describe('who is entitled to a family', () => {
  it.each([
    ['nobody, before anything', [], none],
    ['a centre that has it registered', [registered], [ELM]],
    ['not once the registration has ended', [registered, left], none],
    [
      'again once that end is withdrawn',
      [registered, left, withdrawn('registration-r', 1)],
      [ELM],
    ],
    [
      'not by a registration that was withdrawn',
      [registered, withdrawn('registration-r', 0)],
      none,
    ],
    ['a trust that has it on caseload', [onCaseload], [TRUST]],
    ['each of several', [registered, onCaseload], [ELM, TRUST]],
    ['no hub by a contact about nobody yet', [received], none],
    ['a hub by a contact linked to it', [received, linked], [HUB]],
    ['not once the link is withdrawn', [received, linked, withdrawn('contact-c', 1)], none],
    ['not once the referrer has been told', [received, linked, fedBack], none],
    ['not once the contact is in error', [received, linked, inError], none],
  ] satisfies readonly (readonly [string, readonly Step[], readonly string[]])[])(
    '%s',
    (_, steps, entitled) => {
      expect([...entitledTo(after(...steps), F)]).toEqual(entitled);
    },
  );

  it('is asked of one recipient at a time too', () => {
    const policy = after(registered);
    expect([isEntitled(policy, ELM, F), isEntitled(policy, TRUST, F)]).toEqual([true, false]);
  });
});

describe('who belongs to a family', () => {
  it('is whoever has a membership that is open', () => {
    expect(peopleOfFamily(after(joined), F)).toEqual([P]);
    expect(familiesOfPerson(after(joined), P)).toEqual([F]);
    expect(peopleOfFamily(after(joined, parted), F)).toEqual([]);
  });

  it('was once whoever had one, and never whose was withdrawn', () => {
    expect(everMember(after(joined, parted), P, F)).toBe(true);
    expect(everMember(after(joined, withdrawn('membership-m', 0)), P, F)).toBe(false);
  });
});

describe('what may be told', () => {
  const decided = { type: 'ContactDecided', streamId: 'contact-c' };

  it('is the union of the columns that match', () => {
    const policy = after(received, linked, registered);
    const { grade, fields } = gradeFor(policy, ELM, decided);
    expect([grade, fields]).toEqual(['content', ['outcomes', 'returnReason']]); // as the referrer
    expect(gradeFor(policy, HUB, decided).fields).toContain('recordedBy'); // as the author
    expect(gradeFor(policy, TRUST, decided).grade).toBe('withheld'); // unrelated
  });

  it('is of the past no more than the grade of history, save of the household', () => {
    const cells = (type: string) => {
      const line = lineOf(type);
      if (isFollowing(line)) throw new Error(`${type} has no cells`);
      return line;
    };
    const past = (type: string) =>
      ofThePast(
        cells(type),
        gradeOfHistory['health-visiting'],
        union(cells(type), ['health-visiting']),
      ).grade;
    expect(past('ReviewHeld')).toBe('notice');
    expect(past('MembershipBegan')).toBe('content');
    expect(past('PlaceRecorded')).toBe('content');
    expect(past('CentreRegistrationBegan')).toBe('existence');
  });
});
