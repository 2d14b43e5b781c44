import type { County } from './county.js';
import type { Restricted } from './hiding.js';
import { hide } from './hiding.js';

/** A child by the details that a form asks for. */
export interface Child {
  readonly kind: 'child';
  readonly givenName: string;
  readonly familyName: string;
  readonly dateOfBirth: string;
  readonly nhsNumber?: string;
}

/** Of a day: the families, and the children who are in them. */
export interface Day {
  /** Known to everybody. */
  readonly known: Child;
  /** Known to the hub alone, where it is there at all. */
  readonly hidden: Child;
  /** Registered at a centre and then taken back: restricted by the hub, or withdrawn by the centre. */
  readonly takenBack: Child;
}

const givenNames = ['Teasel', 'Sorrel', 'Bramble', 'Clover', 'Fern', 'Hazel', 'Linnet', 'Wren'];
const familyNames = ['Harebell', 'Thistledown', 'Quillfeather', 'Copperkettle', 'Marshwiggle'];

/** As many days as wanted: each with other children. */
export function daysOf(many: number): Day[] {
  return Array.from({ length: many }, (_, nth) => {
    const child = (of: number, nhsNumber?: string): Child => ({
      kind: 'child',
      givenName: givenNames[(nth * 3 + of) % givenNames.length] ?? '',
      familyName: familyNames[(nth + of) % familyNames.length] ?? '',
      dateOfBirth: `202${of}-0${1 + (nth % 9)}-1${nth % 10}`,
      ...(nth === 0 && nhsNumber !== undefined ? { nhsNumber } : {}),
    });
    return { known: child(1, '9998887062'), hidden: child(2, '9998887070'), takenBack: child(3) };
  });
}

/** What came of it, by which it can be asked for. */
export interface Happened {
  readonly known: string;
  readonly hidden?: Restricted;
  readonly takenBack: Omit<Restricted, 'contactId' | 'goesOn'> & {
    readonly registrationId: string;
  };
}

/**
 * A day in the county: with the restricted family, and the other restricted when it had been told of; or
 * exactly the same without the one, and with the other withdrawn by its own centre.
 */
export async function whatHappens(
  county: County,
  { known, hidden, takenBack }: Day,
  restricted: boolean,
): Promise<Happened> {
  const brooks = await placeOf(county, 'brook-and-vale');
  const larkfields = await placeOf(county, 'larkfield-centres');
  const atBrook = await county.record('brook-worker-1', '/v1/registrations', {
    person: known,
    address: '1 Oak Lane',
    placeId: brooks,
  });
  county.moveOn();
  const atLarkfield = await county.record('larkfield-worker-1', '/v1/registrations', {
    person: takenBack,
    address: '2 Elm Road',
    placeId: larkfields,
  });
  county.moveOn();
  const there = restricted ? await hide(county, hidden) : undefined;
  await county.record('health-visitor-1', '/v1/caseloads', { person: known });
  county.moveOn();
  await takeBack(county, atLarkfield.body, restricted);
  county.moveOn();
  // Whoever is asked for the hidden child types what they know, and is answered as if nobody did.
  await county.record('health-visitor-2', '/v1/caseloads', { person: hidden });
  const { nhsNumber: _, ...withoutNumber } = hidden;
  await county.record('larkfield-worker-1', '/v1/registrations', {
    person: withoutNumber,
    placeId: larkfields,
  });
  county.moveOn();
  if (there) await there.goesOn();
  county.moveOn();
  const familyId = String(atBrook.body.familyId);
  const { childId } = await onlyMember(county, familyId);
  await county.record('brook-worker-1', '/v1/referrals', {
    familyId,
    childIds: [childId],
    to: 'fairholme-hub.safeguarding-hub',
    need: 'N1',
    level: '4',
    statement: 'witnessed',
    parentsInformed: 'informed-agree',
    concern: 'Bruises that nobody explains',
  });
  return {
    known: familyId,
    ...(there ? { hidden: there } : {}),
    takenBack: {
      ...(await onlyMember(county, String(atLarkfield.body.familyId))),
      registrationId: String(atLarkfield.body.id),
    },
  };
}

/** Restricted by the hub, and then what its centre recorded cannot be withdrawn; or withdrawn by its centre. */
async function takeBack(
  county: County,
  { familyId, id }: Readonly<Record<string, unknown>>,
  restricted: boolean,
): Promise<void> {
  if (restricted) {
    await county.record('hub-manager-1', `/v1/restrictions/${String(familyId)}`, {
      ground: 'witness-protection',
      authority: 'service-manager',
      speakTo: 'service-manager',
      reviewOn: '2027-01-20',
    });
  }
  const { rows } = await county.pool.query<{ occurrence: string }>(
    `select envelope->>'occurrenceid' as occurrence from relay.feed_rows
     where recipient = 'larkfield-centres.childrens-centre' and envelope->>'subject' = $1
     order by sequence limit 1`,
    [`registration/${String(id)}`],
  );
  const withdrawal = { record: rows[0]?.occurrence, reason: 'entered-in-error' };
  const path = `/v1/registrations/${String(id)}/withdrawals`;
  const { status } = await county.ask('larkfield-worker-2', path, withdrawal);
  if (status !== (restricted ? 404 : 201)) throw new Error(`it was answered ${status}`);
}

export async function placeOf(county: County, organisation: string): Promise<string> {
  const { rows } = await county.pool.query<{ place: string }>(
    `select data->>'placeId' as place from log.events
     where type = 'PlaceRecorded' and data->>'organisationId' = $1 order by 1 limit 1`,
    [organisation],
  );
  return rows[0]?.place ?? '';
}

/** The child of a family, and a sealed name of theirs as the log holds it. */
export async function onlyMember(county: County, familyId: string) {
  const { rows } = await county.pool.query<{ person: string; membership: string; box: string }>(
    `select m.data->>'personId' as person, m.stream as membership, p.data->>'givenName' as box
     from log.events m join log.events p on p.data->>'personId' = m.data->>'personId'
     where m.type = 'MembershipBegan' and p.type = 'PersonRegistered' and m.data->>'familyId' = $1`,
    [familyId],
  );
  const [found] = rows;
  if (!found) throw new Error(`nobody is in ${familyId}`);
  const membershipId = found.membership.replace('membership-', '');
  return { familyId, childId: found.person, membershipId, box: found.box };
}
