import type {
  ContactChannel,
  ContactOutcome,
  ContactSource,
} from '@common-thread/domain/code-lists';
import type { PrimaryNeed } from '@common-thread/domain/code-lists';
import type { Household } from './household.js';
import type { Random } from './random.js';

/** What people say, by need; invented, short, and of nobody. */
const concerns: Readonly<Record<PrimaryNeed, readonly string[]>> = {
  N1: [
    'Arrived in the same clothes three days running, hungry; nobody had been at home last night.',
    'A bruise on the upper arm the child could not explain; explanations differ.',
    'Shouting heard through the wall most evenings, and the little one crying for a long time.',
    'Mum has been hit by her partner again; the children were upstairs.',
  ],
  N2: ['Appointments for the hearing test missed three times. Parents worn out by the nights.'],
  N3: ['Mum is in hospital again and the eldest is looking after the younger ones.'],
  N4: ['Rent three months behind, notice to leave, and a baby due.'],
  N5: [
    'Constant quarrels between the parents about where the children sleep.',
    'The eldest has been told to leave twice this month.',
  ],
  N6: ['Found in the precinct during school hours, third time this term.'],
  N7: ['No food in the house from Thursday until payday.'],
  N8: ['Left with an older cousin for a week; nobody knows when the parents are back.'],
  N9: ['Asks what support there is; no concern about the child.'],
  N0: ['Caller rang off before saying more.'],
};

const rationales: Readonly<Partial<Record<ContactOutcome, readonly string[]>>> = {
  'new-referral': [
    'Pattern over several months and no earlier help has held. Needs an assessment.',
  ],
  'child-protection-enquiry': [
    'Reasonable cause to suspect significant harm; strategy discussion to be held today.',
  ],
  'existing-referral': ['Already open to a social worker; passed on the same day.'],
  'no-further-action': [
    'Checked with health and the school: no wider concern, parents are acting on it.',
  ],
  advice: ['Advice given to the caller; the family has the number of their centre.'],
  'early-help': ['Parents agree to help now; a lead practitioner will be named.'],
  other: ['Passed to the right service.'],
};

export function concernOf(random: Random, need: PrimaryNeed): string {
  return random.pick(concerns[need]);
}

export function rationaleOf(random: Random, [first]: readonly ContactOutcome[]): string {
  return random.pick(rationales[first ?? 'other'] ?? rationales.other ?? ['']);
}

/** The children a caller knows of on that day, as callers say it. */
export function describedAs(
  { familyName, address, children }: Household,
  day = Number.POSITIVE_INFINITY,
): string {
  const names = children
    .filter(({ kind, bornOn }) => kind === 'child' && bornOn <= day)
    .map(({ givenName }) => givenName);
  return `${names.join(', ')} ${familyName}, of ${address.address}`.trim();
}

const callers: Readonly<Partial<Record<ContactSource, string>>> = {
  '2A': 'Designated safeguarding lead, Quarry Hill Primary, 01632 960 511',
  '3A': 'Duty doctor, Weir Street Surgery, 01632 960 522',
  '3E': 'Nurse in charge, emergency department, 01632 960 533',
  '6': 'Police notice desk, 01632 960 544',
  '4': 'Tenancy officer, Fairholme Homes, 01632 960 555',
};

export function callerDetails(source: ContactSource): { callerDetails?: string } {
  const caller = callers[source];
  return caller === undefined ? {} : { callerDetails: caller };
}

export function channelOf(random: Random, source: ContactSource): ContactChannel {
  if (source === '6') return random.chance(0.85) ? 'police-notice' : 'out-of-hours';
  if (source === '9') return 'phone';
  return random.weighted({
    phone: 50,
    form: 24,
    email: 16,
    'out-of-hours': 6,
    letter: 2,
    'in-person': 2,
  });
}
