import type { Contribution } from '../contributions.js';
import { fieldsOf, lastNamed, standing } from '../contributions.js';
import { textOf } from '../fields.js';
import { contributionTable } from '../read-model.js';
import type { ToldRow } from '../told-row.js';

/** A service that is or was involved with a family. */
export interface Involvement {
  /** `registration` and `caseload` where we are told what; `other` where only that. */
  readonly kind: 'registration' | 'caseload' | 'other';
  /** The recipient id of the service; null where that is not told. */
  readonly service: string | null;
  readonly placeId: string | null;
  readonly since: string | null;
  readonly until: string | null;
}

/**
 * The services involved with a family: from its registrations and caseloads where we are told of those,
 * and from what is told of a service's existence, which begins and ends and is never withdrawn.
 */
export const involvementTable = contributionTable({
  name: 'household_involvement',
  columns: {
    line: 'text',
    /** A list of `Involvement`. */
    involvements: 'json',
  },
  indexes: ['line'],
  keysOf: (row) => keysOf(row),
  columnsOf: (held) => ({
    line: held[0]?.line ?? '',
    involvements: JSON.stringify(involvementsOf(held)),
  }),
});

function keysOf({ origin, originName }: ToldRow): string[] {
  const { partitionkey: line, subject } = origin;
  switch (originName) {
    case 'involvement.began':
    case 'involvement.ended':
      return [`${line} involvement`];
    case 'registration.began':
    case 'registration.ended':
    case 'caseload.began':
    case 'caseload.ended':
      return [`${line} ${subject}`];
    default:
      return [];
  }
}

function involvementsOf(held: readonly Contribution[]): Involvement[] {
  if (held.some((c) => c.name.startsWith('involvement.'))) return toldOfExistence(held);
  const kind = held[0]?.name.startsWith('caseload.') ? 'caseload' : 'registration';
  const began = lastNamed(held, `${kind}.began`);
  if (!began) return [];
  const fields = fieldsOf(began);
  return [
    {
      kind,
      service: textOf(fields, kind === 'caseload' ? 'trust' : 'provider'),
      placeId: textOf(fields, 'placeId'),
      since: began.occurredAt,
      until: lastNamed(held, `${kind}.ended`)?.occurredAt ?? null,
    },
  ];
}

function toldOfExistence(held: readonly Contribution[]): Involvement[] {
  const spells: Involvement[] = [];
  for (const contribution of standing(held)) {
    const service = textOf(fieldsOf(contribution), 'service');
    const open = spells.findLastIndex((s) => s.service === service && s.until === null);
    const spell = spells[open];
    if (contribution.name === 'involvement.ended') {
      if (spell) spells[open] = { ...spell, until: contribution.occurredAt };
    } else if (!spell) {
      const since = contribution.occurredAt;
      spells.push({ kind: 'other', service, placeId: null, since, until: null });
    }
  }
  return spells;
}
