import { derivedId } from '@common-thread/eventing/identifiers';
import type { Random } from '../../apps/standalone/seeding/random.js';
import { HUB } from '../journeys/whole-system.js';
import type { Answered } from './observed.js';
import type { PlannedCommand, Submitter } from './submitter.js';
import { commandIdOf } from './submitter.js';
import { WaitingList } from './waiting-list.js';

interface RegisteredFamily {
  readonly familyId: string;
  readonly childId: string;
  readonly person: object;
}

/** A contact and the tag under which whoever left it here last knew it. */
interface Matter {
  readonly contactId: string;
  readonly tag: string;
}

/** What the writers share. */
export interface Work {
  readonly submitter: Submitter;
  readonly random: Random;
  /** Set where no more new commands are wanted; those sent are still seen through. */
  readonly signal: AbortSignal;
  /** A place of each organisation. */
  readonly places: ReadonlyMap<string, string>;
  readonly forCaseload: WaitingList<RegisteredFamily>;
  readonly forLinking: WaitingList<RegisteredFamily>;
  readonly forRating: WaitingList<Matter>;
  readonly forDecision: WaitingList<Matter>;
}

export function workFor(
  submitter: Submitter,
  random: Random,
  signal: AbortSignal,
  places: ReadonlyMap<string, string>,
): Work {
  const lists = {
    forCaseload: new WaitingList<RegisteredFamily>(),
    forLinking: new WaitingList<RegisteredFamily>(),
    forRating: new WaitingList<Matter>(),
    forDecision: new WaitingList<Matter>(),
  };
  return { submitter, random, signal, places, ...lists };
}

/** Eight people at work until the signal; resolves when the last command of each is answered. */
export async function allWriters(work: Work): Promise<void> {
  await Promise.all([
    centreWorker(work, 'larkfield-worker-1'),
    centreWorker(work, 'larkfield-worker-2'),
    centreWorker(work, 'brook-worker-1'),
    healthVisitor(work, 'health-visitor-1'),
    healthVisitor(work, 'health-visitor-2'),
    telephone(work, 'hub-triage-1'),
    triage(work, 'hub-triage-2'),
    manager(work, 'hub-manager-1'),
  ]);
}

async function centreWorker(work: Work, user: string): Promise<void> {
  for (let nth = 0; !work.signal.aborted; nth += 1) {
    const begun = await registerFamily(work, user, nth);
    await goToSessions(work, user, begun);
    const raised = await refer(work, user, begun);
    if (work.random.chance(0.15)) {
      await work.submitter.submit({
        user,
        path: `/v1/referrals/${idOf(raised)}/withdrawals`,
        key: `${begun.key}-withdraw`,
        body: { record: bare(raised.answer.tag), reason: 'entered-in-error' },
        records: ['RecordWithdrawn'], // and with it whatever the hub had answered by then
        orMore: true,
      });
    }
    const list = work.random.chance(0.5) ? work.forCaseload : work.forLinking;
    list.add(begun);
  }
}

interface Begun extends RegisteredFamily {
  readonly registrationId: string;
  readonly placeId: string;
  readonly key: string;
}

async function registerFamily({ submitter, random, places }: Work, user: string, nth: number) {
  const key = `${user}-family-${nth}`;
  const placeId = places.get(user.startsWith('brook') ? 'brook-and-vale' : 'larkfield-centres');
  const person = {
    kind: 'child',
    givenName: 'Wren',
    familyName: `Thread${lettersOf(user)}${lettersOf(String(nth))}`,
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

async function goToSessions({ submitter }: Work, user: string, begun: Begun): Promise<void> {
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

function refer({ submitter }: Work, user: string, begun: Begun): Promise<Answered> {
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
      concern: 'A bruise on the cheek, third week running',
    },
    records: ['ReferralRaised'],
  });
}

async function healthVisitor(work: Work, user: string): Promise<void> {
  const { submitter, forCaseload, signal } = work;
  for (let nth = 0; ; nth += 1) {
    const family = await forCaseload.take(signal);
    if (!family) return;
    const key = `${user}-caseload-${nth}`;
    const begun = await submitter.submit({
      user,
      path: '/v1/caseloads',
      key,
      body: { person: family.person },
      records: ['CaseloadBegan'],
    });
    const path = `/v1/caseloads/${idOf(begun)}`;
    const review = { childId: family.childId, review: 'one-year' };
    await submitter.submit({
      user,
      path: `${path}/reviews-missed`,
      key: `${key}-missed`,
      body: { ...review, reason: 'no-access' },
      records: ['ReviewMissed'],
    });
    await submitter.submit({
      user,
      path: `${path}/reviews-held`,
      key: `${key}-held`,
      body: { ...review, place: 'home', note: 'Walking already' },
      records: ['ReviewHeld'],
    });
  }
}

/** Takes calls, links some of them to a family, and rates them: once from a stale page. */
async function telephone(work: Work, user: string): Promise<void> {
  const { submitter, forLinking, forDecision, signal } = work;
  for (let nth = 0; !signal.aborted; nth += 1) {
    const key = `${user}-call-${nth}`;
    const received = await submitter.submit({
      user,
      path: '/v1/contacts',
      key,
      body: { channel: 'phone', source: '1A', concern: 'Shouting at night', describedAs: 'No 4' },
      records: ['ContactReceived'],
    });
    const path = `/v1/contacts/${idOf(received)}`;
    const family = await forLinking.take(signal);
    const linked = family
      ? await submitter.submit({
          user,
          path: `${path}/links`,
          key: `${key}-link`,
          body: { familyId: family.familyId, childIds: [family.childId] },
          records: ['ContactLinked'],
        })
      : received;
    const ratings = { path: `${path}/rating`, user, records: ['ContactRated'] };
    const read = String(linked.answer.tag);
    const rated = await submitter.submit({
      ...ratings,
      key: `${key}-rate`,
      body: { rating: 'amber', reason: 'Known to nobody so far' },
      ifMatch: read,
    });
    await submitter.submit(
      {
        ...ratings,
        key: `${key}-stale`,
        body: { rating: 'green', reason: 'Read before it was rated' },
        ifMatch: read,
      },
      [412],
    );
    forDecision.add({ contactId: idOf(received), tag: String(rated.answer.tag) });
  }
}

/** Rates what the feed tells of, as it comes. */
async function triage({ submitter, forRating, forDecision, signal }: Work, user: string) {
  for (;;) {
    const matter = await forRating.take(signal);
    if (!matter) return;
    const { contactId, tag } = matter;
    const rated = await submitter.submit({
      user,
      path: `/v1/contacts/${contactId}/rating`,
      key: `${user}-rate-${contactId}`,
      body: { rating: 'red', reason: 'An injury that nobody explains' },
      ifMatch: tag,
      records: ['ContactRated'],
    });
    forDecision.add({ contactId, tag: String(rated.answer.tag) });
  }
}

async function manager({ submitter, forDecision, signal }: Work, user: string): Promise<void> {
  for (;;) {
    const matter = await forDecision.take(signal);
    if (!matter) return;
    const path = `/v1/contacts/${matter.contactId}`;
    const decided = await submitter.submit({
      user,
      path: `${path}/decision`,
      key: `${user}-decide-${matter.contactId}`,
      body: { outcomes: ['new-referral'], rationale: 'Needs an assessment' },
      ifMatch: matter.tag,
      records: ['ContactDecided'],
    });
    await submitter.submit({
      user,
      path: `${path}/feedback`,
      key: `${user}-tell-${matter.contactId}`,
      body: { channel: 'phone', words: 'A social worker will visit on Friday' },
      ifMatch: String(decided.answer.tag),
      records: ['FeedbackGiven'],
    });
  }
}

function idOf({ answer }: Answered): string {
  return String(answer.body.id);
}

function bare(tag: string | undefined): string {
  return String(tag).replaceAll('"', '');
}

/** A surname holds letters alone: `brook-worker-1` as `brookworkerb`. */
function lettersOf(text: string): string {
  return text.replaceAll('-', '').replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
}
