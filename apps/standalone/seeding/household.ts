import { districts, centresOf } from './directory.js';
import type { Centre, District } from './directory.js';
import type { Address, Sex } from './fictional-people.js';
import { addressIn, familyName, givenName } from './fictional-people.js';
import { Random } from './random.js';
import { rates } from './rates.js';

/** Years of history that go-live brings. */
export const HISTORY_DAYS = 3 * 365 + 1;
const DAYS_IN_YEAR = 365.25;
const CHILD_UNTIL_DAYS = 5 * DAYS_IN_YEAR;

export interface Adult {
  readonly kind: 'adult';
  readonly givenName: string;
  readonly familyName: string;
  readonly sex: Sex;
  readonly bornOn: number;
  readonly position: 'parent' | 'other-adult';
  /** `second` for a parent who lives apart. */
  readonly home: 'first' | 'second';
}

export interface Child {
  readonly kind: 'child' | 'unborn';
  readonly givenName: string;
  readonly familyName: string;
  readonly sex: Sex | 'U';
  /** Day of birth, or the day expected. */
  readonly bornOn: number;
  /** Lives at both homes. */
  readonly atBoth: boolean;
}

/** One family as it is on the last day of history; days are counted from 1970. */
export interface Household {
  /** From 0; the first ones have parts to play in the live week. */
  readonly number: number;
  readonly district: District;
  readonly centre: Centre;
  readonly familyName: string;
  /** From which day anybody has records of it. */
  readonly knownSince: number;
  readonly address: Address;
  /** Oldest first. */
  readonly children: readonly Child[];
  readonly adults: readonly Adult[];
  /** Of the parent who lives apart, where there is one. */
  readonly secondAddress: Address | undefined;
  readonly inNeed: boolean;
}

/**
 * Those who play a part in the live week were known from the beginning, with a child at the
 * centre.
 */
export const SCRIPTED_FAMILIES = 50;

/** The family of that number, as of `today`. */
export function householdOf(seed: string, number: number, today: number): Household {
  const random = new Random(seed, 'household', number);
  const scripted = number < SCRIPTED_FAMILIES;
  const district = districtOf(random);
  const name = familyName(random);
  const began = today - HISTORY_DAYS;
  const fromTheStart = random.chance(0.55) || scripted;
  const knownSince = fromTheStart
    ? began + random.integer(0, 45)
    : random.integer(began + 46, today - 20);
  const apart = random.chance(rates.twoHomes) || number === 0;
  const children = childrenOf(random, { name, today, knownSince, apart, scripted });
  return {
    number,
    district,
    centre: random.pick(centresOf(district)),
    familyName: name,
    knownSince,
    address: addressIn(random, district),
    children,
    adults: adultsOf(random, name, children[0]?.bornOn ?? today, apart),
    secondAddress: apart ? addressIn(random, districtOf(random)) : undefined,
    inNeed: random.chance(rates.inNeed) || number === 0,
  };
}

function districtOf(random: Random): District {
  const slug = random.weighted(
    Object.fromEntries(districts.map(({ slug: each, weight }) => [each, weight])),
  );
  return districts.find((each) => each.slug === slug) ?? random.pick(districts);
}

function childrenOf(
  random: Random,
  family: {
    name: string;
    today: number;
    knownSince: number;
    apart: boolean;
    scripted: boolean;
  },
): Child[] {
  const { name, today, knownSince, apart, scripted } = family;
  const count = Number(random.weighted({ '1': 35, '2': 40, '3': 17, '4': 6, '5': 2 }));
  // The youngest was under five while the family was known, for centres and health visitors see
  // no others.
  const earliest = Math.max(knownSince - CHILD_UNTIL_DAYS + 200, today - 7 * DAYS_IN_YEAR);
  const youngest = Math.round(
    scripted ? today - random.integer(120, 1_300) : random.integer(earliest, today - 20),
  );
  const taken: string[] = [];
  const births = [youngest];
  while (births.length < count) {
    const twins = random.chance(0.02);
    births.push((births.at(-1) ?? youngest) - (twins ? 0 : random.integer(380, 1_500)));
  }
  const born = births.reverse().map((bornOn): Child => {
    const sex = random.chance(0.512) ? 'M' : 'F';
    const given = givenName(random, sex, taken);
    taken.push(given);
    const atBoth = apart && random.chance(0.8);
    return { kind: 'child', givenName: given, familyName: name, sex, bornOn, atBoth };
  });
  // A child is expected only where the youngest is old enough.
  if (random.chance(rates.expectingChild) && today - youngest > 300) {
    const bornOn = today + random.integer(15, 200);
    born.push({
      kind: 'unborn',
      givenName: '',
      familyName: name,
      sex: 'U',
      bornOn,
      atBoth: false,
    });
  }
  return born;
}

function adultsOf(random: Random, name: string, eldestBorn: number, apart: boolean): Adult[] {
  const taken: string[] = [];
  const adult = (sex: Sex, change: Partial<Adult>, yearsOlder: readonly [number, number]) => {
    const given = givenName(random, sex, taken);
    taken.push(given);
    const age = random.integer(yearsOlder[0] * 365, yearsOlder[1] * 365);
    return {
      kind: 'adult' as const,
      givenName: given,
      familyName: random.chance(0.7) ? name : familyName(random),
      sex,
      bornOn: eldestBorn - age,
      position: 'parent' as const,
      home: 'first' as const,
      ...change,
    };
  };
  const adults: Adult[] = [];
  if (random.chance(0.95) || apart) adults.push(adult('F', {}, [18, 40]));
  if (apart) adults.push(adult('M', { home: 'second' }, [18, 45]));
  else if (random.chance(0.62) || adults.length === 0) adults.push(adult('M', {}, [18, 45]));
  if (random.chance(0.06)) adults.push(adult('F', { position: 'other-adult' }, [42, 62]));
  return adults;
}
