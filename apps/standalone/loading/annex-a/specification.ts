import type { ContactSource } from '@common-thread/domain/code-lists';
import { contactSources } from '@common-thread/domain/code-lists';
import names from './specification.json' with { type: 'json' };

/** What the spellings of lists 1 and 3 stand for (specification.origin.md). */
export type SourceGroup = keyof typeof names.contactSources;
type SexCode = keyof typeof names.sexes;

/**
 * Spellings are compared without regard to case, spaces and the shape of quotation marks and
 * dashes.
 */
function folded(spelling: string): string {
  return spelling
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u0091\u0092'`]/g, "'")
    .replace(/[\u2010-\u2015\u0096\u0097]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

function lookUp<Code extends string>(lists: Readonly<Record<Code, readonly string[]>>) {
  const codes = new Map<string, Code>();
  for (const code of Object.keys(lists) as Code[]) {
    for (const spelling of lists[code]) {
      const key = folded(spelling);
      if (!codes.has(key)) codes.set(key, code);
    }
  }
  return (spelling: string): Code | undefined => codes.get(folded(spelling));
}

const sexNamed = lookUp<SexCode>(names.sexes);
const groupNamed = lookUp<SourceGroup>(names.contactSources);
const noFurtherActionNamed = lookUp<keyof typeof names.noFurtherAction>(names.noFurtherAction);

/** Undefined where the spelling is not the specification's. Neither sex, or transgender, is `U`. */
export function readSex(spelling: string): SexCode | undefined {
  return sexNamed(spelling);
}

/**
 * Whether the referral ended in no further action; undefined where the spelling is not the
 * specification's.
 */
export function readNoFurtherAction(spelling: string): boolean | undefined {
  const code = noFurtherActionNamed(spelling);
  return code === undefined ? undefined : code === 'yes';
}

interface GroupCodes {
  readonly codes: readonly ContactSource[];
  /** The code of a spelling that gives no more than its group. */
  readonly otherwise: ContactSource;
  /** Words by which a spelling says which of the group's codes it means. */
  readonly words?: readonly (readonly [RegExp, ContactSource])[];
}

const groups: Readonly<Record<SourceGroup, GroupCodes>> = {
  individual: {
    codes: ['1A', '1B', '1C', '1D'],
    otherwise: '1D',
    words: [
      [/\bself\b/i, '1C'],
      [/acquaintance|neighbour|friend/i, '1B'],
      [/family|relative|carer|parent|mother|father/i, '1A'],
    ],
  },
  schools: { codes: ['2A'], otherwise: '2A' },
  education: { codes: ['2B'], otherwise: '2B' },
  health: {
    codes: ['3A', '3B', '3C', '3D', '3E', '3F'],
    otherwise: '3F',
    words: [
      [/health visit/i, '3B'],
      [/school nurs/i, '3C'],
      [/\bA ?& ?E\b|accident|emergency dep/i, '3E'],
      [/\bGP\b|general pract/i, '3A'],
      [/primary health|midwi/i, '3D'],
    ],
  },
  housing: { codes: ['4'], otherwise: '4' },
  'local-authority': {
    codes: ['5A', '5B', '5C', '5D'],
    otherwise: '5B',
    words: [
      [/other (la|local auth)|external/i, '5C'],
      [/early help/i, '5D'],
      [/social (care|work)/i, '5A'],
    ],
  },
  police: { codes: ['6'], otherwise: '6' },
  'other-legal': { codes: ['7'], otherwise: '7' },
  other: { codes: ['8'], otherwise: '8' },
  anonymous: { codes: ['9'], otherwise: '9' },
  unknown: { codes: ['10'], otherwise: '10' },
};

/**
 * The census code (domain reference §12) of a source as it is spelled: the group the
 * specification files it under, and within the group the code or the words the spelling gives.
 * Undefined where the specification has no such spelling and it does not begin with a census
 * code.
 */
export function readContactSource(spelling: string): ContactSource | undefined {
  const given = codeIn(spelling);
  const group = groupNamed(spelling);
  if (!group) return /^\W?\d/.test(spelling.trim()) ? given : undefined;
  const { codes, otherwise, words = [] } = groups[group];
  if (given !== undefined && codes.includes(given)) return given;
  return words.find(([word]) => word.test(spelling))?.[1] ?? otherwise;
}

/** `1A`, `6`, `10` where it stands by itself in the spelling. */
function codeIn(spelling: string): ContactSource | undefined {
  const found = /(?:^|[^0-9a-z])(10|[1-9][a-f]?)(?![0-9a-z])/i.exec(spelling)?.[1]?.toUpperCase();
  return contactSources.find((code) => code === found);
}
