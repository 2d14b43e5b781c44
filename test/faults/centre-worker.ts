import { derivedId } from '@common-thread/eventing/identifiers';
import { HUB } from '../journeys/whole-system.js';
import type { Answered } from './observed.js';
import type { PlannedCommand } from './submitter.js';
import { commandIdOf } from './submitter.js';
import type { RegisteredFamily, Work } from './work.js';
import { idOf, orLeaveIt } from './work.js';

/** Registers family after family, takes each to sessions and refers it, and withdraws some referrals. */
export async function centreWorker(work: Work, user: string): Promise<void> {
  for (let nth = 0; !work.signal.aborted; nth += 1) {
    await orLeaveIt(() => oneFamily(work, user, nth));
  }
}

async function oneFamily(work: Work, user: string, nth: number): Promise<void> {
  const begun = await registerFamily(work, user, nth);
  await goToSessions(work, user, begun);
  const raised = await refer(work, user, begun);
  if (work.random.chance(0.15) && raised.answer.tag !== undefined) {
    await withdraw(work, user, begun, raised);
  }
  const list = work.random.chance(0.5) ? work.forCaseload : work.forLinking;
  list.add(begun);
}

export async function withdraw(
  { submitter }: Pick<Work, 'submitter'>,
  user: string,
  begun: Begun,
  raised: Answered,
): Promise<void> {
  await submitter.submit({
    user,
    path: `/v1/referrals/${idOf(raised)}/withdrawals`,
    key: `${begun.key}-withdraw`,
    body: { record: bare(raised.answer.tag), reason: 'entered-in-error' },
    records: ['RecordWithdrawn'], // and with it whatever the hub had answered by then
    orMore: true,
  });
}

export interface Begun extends RegisteredFamily {
  readonly registrationId: string;
  readonly placeId: string;
  readonly key: string;
}

export async function registerFamily(
  { submitter, random, places, shift }: Pick<Work, 'submitter' | 'random' | 'places' | 'shift'>,
  user: string,
  nth: number,
): Promise<Begun> {
  const key = `${user}-${shift}-family-${nth}`;
  const placeId = places.get(user.startsWith('brook') ? 'brook-and-vale' : 'larkfield-centres');
  const person = {
    kind: 'child',
    givenName: 'Wren',
    familyName: `Thread${lettersOf(user)}${lettersOf(shift)}x${lettersOf(String(nth))}`,
    dateOfBirth: `202${random.integer(2, 4)}-0${random.integer(1, 9)}-1${random.integer(0, 9)}`,
  };
  const planned: PlannedCommand = {
    user,
    path: '/v1/registrations',
    key,
    body: { person, placeId, address: `${nth} Sparrow Row` },
    records: ['CentreRegistrationBegan'],
    steps: { person: ['PersonRegistered'], membership: ['MembershipBegan'] },
  };
  const answered = await submitter.submit(planned);
  return {
    key,
    placeId: placeId ?? '',
    person,
    registrationId: idOf(answered),
    familyId: String(answered.answer.body.familyId),
    childId: derivedId(commandIdOf(planned), 'person'),
  };
}

export async function goToSessions(
  { submitter }: Pick<Work, 'submitter'>,
  user: string,
  begun: Begun,
): Promise<void> {
  const { registrationId, placeId, childId, key } = begun;
  const path = `/v1/registrations/${registrationId}`;
  for (const activity of ['stay-and-play', 'weaning']) {
    await submitter.submit({
      user,
      path: `${path}/attendances`,
      key: `${key}-${activity}`,
      body: { activity, placeId, personIds: [childId], note: 'Came with an older sibling' },
      records: ['SessionAttended'],
    });
  }
  await submitter.submit({
    user,
    path: `${path}/not-brought`,
    key: `${key}-not-brought`,
    body: { activity: 'home-visit', placeId, childId },
    records: ['ChildNotBrought'],
  });
}

export function refer(
  { submitter }: Pick<Work, 'submitter'>,
  user: string,
  begun: Begun,
): Promise<Answered> {
  return submitter.submit({
    user,
    path: '/v1/referrals',
    key: `${begun.key}-refer`,
    body: {
      familyId: begun.familyId,
      childIds: [begun.childId],
      to: HUB,
      need: 'N1',
      level: '4',
      statement: 'witnessed',
      parentsInformed: 'informed-agree',
      concern: `A bruise on the cheek, as told under ${begun.key}`,
    },
    records: ['ReferralRaised'],
  });
}

function bare(tag: string | undefined): string {
  return String(tag).replaceAll('"', '');
}

/** A surname holds letters alone: `brook-worker-1` as `brookworkerb`. */
function lettersOf(text: string): string {
  return text.replaceAll('-', '').replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
}
