import { dayText } from './calendar.js';
import { trust } from './directory.js';
import { addressIn, mobileNumber, nhsNumber } from './fictional-people.js';
import type { FamilyScript } from './family-script.js';
import type { Adult, Child } from './household.js';
import { rates } from './rates.js';
import { systemOf, workerOf } from './workers.js';

/** Who is who in a family's streams, for the chapters that follow. */
export interface FamilyRecord {
  readonly adults: readonly { readonly id: string; readonly adult: Adult }[];
  readonly children: readonly KnownChild[];
  /** Event ids of the memberships in the first home, by person. */
  readonly memberships: ReadonlyMap<string, Membership>;
  readonly secondFamilyId: string | undefined;
}

export interface KnownChild {
  readonly id: string;
  readonly child: Child;
  /** From which day there is a record of the child. */
  readonly since: number;
  readonly registeredEventId: string;
}

interface Membership {
  readonly id: string;
  readonly beganEventId: string;
  readonly since: number;
}

/**
 * Registers everybody and says who lives where and who is whose; moves house; puts mistakes
 * right.
 */
export function recordFamily(script: FamilyScript): FamilyRecord {
  const { household, setting } = script;
  const random = script.random('people');
  const records = systemOf(trust);
  const memberships = new Map<string, Membership>();
  let numbers = 0;
  const nextNumber = () => nhsNumber(household.number, numbers++);

  const join = (personId: string, position: 'child' | 'parent' | 'other-adult', day: number) => {
    const id = script.id(`membership/${personId}`);
    const data = { familyId: script.familyId, personId, position, ...household.address };
    const beganEventId = script.fact(
      'membership',
      id,
      { type: 'BeginMembership', data },
      records,
      day,
    );
    memberships.set(personId, { id, beganEventId, since: day });
  };

  const adults = household.adults.map((adult, nth) => {
    const id = script.id('adult', nth);
    script.fact(
      'person',
      id,
      {
        type: 'RegisterPerson',
        data: {
          kind: 'adult',
          sex: adult.sex,
          givenName: adult.givenName,
          familyName: adult.familyName,
          dateOfBirth: dayText(adult.bornOn),
          nhsNumber: nextNumber(),
          ...(nth === 0 ? { telephone: mobileNumber(random) } : {}),
        },
      },
      records,
      household.knownSince,
    );
    if (adult.home === 'first') join(id, adult.position, household.knownSince);
    return { id, adult };
  });

  const children = household.children.map((child, nth): KnownChild => {
    const id = script.id('child', nth);
    // Notified within days of birth; an unborn child at booking, some months before.
    const since = Math.max(
      household.knownSince,
      child.kind === 'unborn' ? setting.today - random.integer(9, 60) : child.bornOn + 2,
    );
    const number = child.kind === 'child' ? nextNumber() : undefined;
    const registeredEventId = registerChild(script, id, child, since, number);
    join(id, 'child', since);
    return { id, child, since, registeredEventId };
  });

  const secondFamilyId = household.secondAddress ? script.id('family', 1) : undefined;
  const record = { adults, children, memberships, secondFamilyId };
  if (secondFamilyId !== undefined) beginSecondHome(script, record, secondFamilyId);
  relate(script, record);
  moveHouse(script, record);
  putAddressRight(script, record);
  return record;
}

function registerChild(
  script: FamilyScript,
  id: string,
  child: Child,
  since: number,
  number: string | undefined,
): string {
  const records = systemOf(trust);
  if (child.kind === 'unborn') {
    const data = {
      kind: 'unborn' as const,
      sex: 'U' as const,
      familyName: child.familyName,
      expectedDate: dayText(child.bornOn),
    };
    return script.fact('person', id, { type: 'RegisterPerson', data }, records, since);
  }
  const random = script.random(`details/${id}`);
  const mistaken = random.chance(rates.detailsCorrected);
  const corrected = since + random.integer(3, 120);
  const wrong = mistaken && corrected < script.setting.today - 7;
  const spelled = child.givenName.slice(0, -1);
  const registered = script.fact(
    'person',
    id,
    {
      type: 'RegisterPerson',
      data: {
        kind: 'child',
        sex: child.sex,
        givenName: wrong ? spelled : child.givenName,
        familyName: child.familyName,
        dateOfBirth: dayText(wrong ? child.bornOn - 1 : child.bornOn),
        ...(number === undefined ? {} : { nhsNumber: number }),
      },
    },
    records,
    since,
  );
  if (!wrong) return registered;
  const data = {
    corrects: registered,
    givenName: child.givenName,
    dateOfBirth: dayText(child.bornOn),
  };
  script.fact('person', id, { type: 'CorrectPersonDetails', data }, workerOf(trust, 1), corrected);
  return registered;
}

/**
 * The parent who lives apart, and the children who are there part of the week, as a family of its
 * own.
 */
function beginSecondHome(script: FamilyScript, record: FamilyRecord, familyId: string): void {
  const { household } = script;
  const records = systemOf(trust);
  const parents = record.adults.filter(({ adult }) => adult.home === 'second');
  const people = [
    ...parents.map(({ id }) => ({ id, position: 'parent' as const, since: household.knownSince })),
    ...record.children
      .filter(({ child }) => child.atBoth)
      .map(({ id, since }) => ({ id, position: 'child' as const, since })),
  ];
  for (const { id, position, since } of people) {
    const data = { familyId, personId: id, position, ...household.secondAddress };
    const membershipId = script.id(`second membership/${id}`);
    script.fact('membership', membershipId, { type: 'BeginMembership', data }, records, since);
  }
}

function relate(script: FamilyScript, record: FamilyRecord): void {
  const random = script.random('relations');
  const parents = record.adults.filter(({ adult }) => adult.position === 'parent');
  for (const { id, adult } of parents) {
    const familyId = adult.home === 'first' ? script.familyId : record.secondFamilyId;
    // A mother has parental responsibility; a father where he is married to her, named or ordered.
    const responsible = adult.sex === 'F' || random.chance(0.92);
    for (const known of record.children) {
      if (familyId === undefined || (adult.home === 'second' && !known.child.atBoth)) continue;
      if (known.child.kind === 'unborn') continue;
      const data = {
        personId: id,
        relatedPersonId: known.id,
        relationship: 'parent' as const,
        parentalResponsibility: responsible,
      };
      script.fact(
        'family',
        familyId,
        { type: 'RecordRelationship', data },
        systemOf(trust),
        known.since,
      );
    }
  }
  const [one, other] = parents.filter(({ adult }) => adult.home === 'first');
  if (!one || !other) return;
  const data = {
    personId: one.id,
    relatedPersonId: other.id,
    relationship: random.chance(0.5) ? ('spouse' as const) : ('partner' as const),
    parentalResponsibility: false,
  };
  const { knownSince } = script.household;
  script.fact(
    'family',
    script.familyId,
    { type: 'RecordRelationship', data },
    systemOf(trust),
    knownSince,
  );
}

/**
 * Everybody at the first home moves within the district on one day; some of it is heard of late.
 */
function moveHouse(script: FamilyScript, record: FamilyRecord): void {
  const random = script.random('moves');
  const { household, setting } = script;
  const day = random.integer(household.knownSince + 30, setting.today - 10);
  const moves = random.chance(rates.movedHouse) && day > household.knownSince + 29;
  if (!moves || day >= setting.today - 9) return;
  const data = addressIn(random, household.district);
  const learnedOn = random.chance(0.2) ? day + random.integer(10, 60) : day + 1;
  for (const { id, since } of record.memberships.values()) {
    if (since >= day) continue;
    const actor = workerOf(trust, random.integer(1, 6));
    script.fact('membership', id, { type: 'ChangeAddress', data }, actor, day, learnedOn);
  }
}

function putAddressRight(script: FamilyScript, record: FamilyRecord): void {
  const random = script.random('address');
  const { household, setting } = script;
  const day = household.knownSince + random.integer(5, 40);
  if (!random.chance(rates.addressCorrected) || day > setting.today - 8) return;
  const { postcode } = addressIn(random, household.district);
  for (const { id, beganEventId, since } of record.memberships.values()) {
    if (since > day) continue;
    const data = { corrects: beganEventId, postcode };
    script.fact('membership', id, { type: 'CorrectAddress', data }, workerOf(trust, 1), day);
  }
}
