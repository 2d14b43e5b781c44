import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor, Role } from '@common-thread/platform/actor';
import type { Recorder } from './recording.js';

export const hub = 'fairholme-hub.safeguarding-hub';
export const larkfield = 'larkfield-centres.childrens-centre';
export const brook = 'brook-and-vale.childrens-centre';
export const health = 'fairholme-health.health-visiting';

const roleOf: Readonly<Record<string, Role>> = {
  [hub]: 'hub-triage',
  [larkfield]: 'centre-worker',
  [brook]: 'centre-worker',
  [health]: 'health-visitor',
};

export function workerOf(recipient: string, change: Partial<Actor> = {}): Actor {
  const [organisation, audience] = recipient.split('.') as [string, string];
  const role = roleOf[recipient]!;
  return {
    id: `${organisation}-1`,
    organisation,
    audience,
    recipient,
    role,
    places: [],
    kind: 'person',
    ...change,
  };
}

/** Everybody tells everybody. Gives the stream of the agreement. */
async function agreed(recorder: Recorder, seed: string): Promise<string> {
  const parties = [hub, larkfield, brook, health].map((recipient) => recipient.split('.')[0]!);
  const stream = `agreement-${derivedId('agreement', seed)}`;
  await recorder.record(stream, { type: 'AgreementSigned', data: agreedByAll(parties) });
  const data = { agreementVersion: 1 };
  await recorder.record(stream, { type: 'AgreementTookEffect', data });
  return stream;
}

export interface Household {
  readonly familyId: string;
  readonly childId: string;
  readonly registration: string;
  /** Under which Larkfield is told what the hub recorded. */
  readonly agreement: string;
  /** The boxes of the child's registration, by field. */
  readonly child: Readonly<Record<string, string>>;
  readonly address: string;
}

/** One child in one family registered at Larkfield; `seed` tells households apart. */
export async function household(
  recorder: Recorder,
  seed: string,
  child: {
    readonly givenName?: string;
    readonly familyName?: string;
    readonly dateOfBirth?: string;
    readonly nhsNumber?: string;
    readonly authorityChildId?: string;
  } = {},
): Promise<Household> {
  const agreement = await agreed(recorder, seed);
  const [familyId, childId] = [derivedId('family', seed), derivedId('child', seed)];
  const registered = await recorder.record(`person-${childId}`, {
    type: 'PersonRegistered',
    data: {
      personId: childId,
      kind: 'child',
      authority: '893',
      givenName: 'Ada',
      familyName: 'Quillfeather',
      dateOfBirth: '2024-02-29',
      ...child,
    },
  });
  const joined = await recorder.record(`membership-${derivedId('membership', seed)}`, {
    type: 'MembershipBegan',
    data: { familyId, personId: childId, position: 'child', address: '1 Gorse Lane' },
  });
  const registration = `registration-${derivedId('registration', seed)}`;
  await recorder.record(
    registration,
    {
      type: 'CentreRegistrationBegan',
      data: { familyId, provider: larkfield, placeId: 'oak' },
    },
    { controller: 'larkfield-centres' },
  );
  return {
    familyId,
    childId,
    registration,
    agreement,
    child: registered.data as Readonly<Record<string, string>>,
    address: String(joined.data.address),
  };
}
