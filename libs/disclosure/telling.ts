import type { FactKind } from '@common-thread/domain/code-lists';
import { factKinds } from '@common-thread/domain/code-lists';
import type { RecipientId } from '@common-thread/domain/identifiers';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { agreementBetween } from './agreed.js';
import type { TellingGrade } from './cells.js';
import { rank, union } from './cells.js';
import type { CellsLine, Column, Grade } from './disclosure-table.js';
import { isFollowing } from './disclosure-table.js';
import type { KindOfTelling } from './grounds.js';
import { groundOfCell, kindOfEvent } from './grounds.js';
import type { Policy } from './policy.js';
import { familiesOfPerson, familiesOfStream, isEntitled } from './policy.js';
import { partsOf } from './parts.js';
import type { TableVersion } from './tables.js';
import { lineIn, tableAt, tableNow } from './tables.js';

/** What a row or a reveal rests on where it is an agreement, or a consent. */
export interface RestsOnAgreement {
  readonly id: string;
  readonly kind: FactKind;
}

/** What may be told, and on what ground. */
export interface Telling extends TellingGrade {
  /** The columns that match and what each rests on: `author`, `relation`, `duty:ca-1989-s47`, `consent:<id>` … */
  readonly grounds: readonly string[];
  /** Undefined where it would be told without one. */
  readonly agreement?: RestsOnAgreement;
}

type Part = 'author' | 'referrer';

/** The organisation whose record a stream is: its author's, else that of whoever began it. */
export function keeperOf(policy: Policy, streamId: string): string | undefined {
  const stream = policy.streams.get(streamId);
  return stream?.author === undefined
    ? stream?.organisation
    : partsOfRecipient(stream.author).organisation;
}

/**
 * What a recipient may be told of an event: in the parts it has in the stream, whatever its relationship,
 * and where it is `related` what its audience may be told, as far as a duty, an agreement in force or the
 * consent of one of these families goes. By the cells of the table in force, unless by those of another.
 */
export function tellingOf(
  policy: Policy,
  recipient: RecipientId,
  event: { readonly type: string; readonly streamId: string },
  parts: readonly Part[],
  related: boolean,
  families: readonly string[],
  table: TableVersion = tableNow(policy),
): Telling {
  const line = lineIn(table, event.type);
  if (isFollowing(line)) throw new Error(`${event.type} has no cell of its own`);
  const kind = kindOf(event.type);
  const inParts = union(line, parts);
  const grounds = parts.flatMap((part) => [part, ...wordsOf(kind, part)]);
  if (!related) return { ...inParts, grounds };
  const byAudience = asAudience(policy, recipient, event, { kind, line, families });
  const grade = higher(inParts.grade, byAudience.grade);
  const fields = [...new Set([...inParts.fields, ...byAudience.fields])];
  const { agreement } = byAudience;
  return {
    grade,
    fields,
    grounds: [...grounds, 'relation', ...byAudience.grounds],
    // Whoever has a part in it is told without any agreement, and keeps it without one.
    ...(agreement && parts.length === 0 ? { agreement } : {}),
  };
}

interface Asked {
  readonly kind: KindOfTelling;
  readonly line: CellsLine<string>;
  /** Through which the recipient is related. */
  readonly families: readonly string[];
}

function asAudience(
  policy: Policy,
  recipient: RecipientId,
  { streamId }: { readonly streamId: string },
  { kind, line, families }: Asked,
): Telling {
  const { audience, organisation } = partsOfRecipient(recipient);
  const cell = union(line, [audience]);
  const ground = groundOfCell[kind][audience];
  if (ground.rests !== 'agreement') return { ...cell, grounds: wordsOf(kind, audience) };
  const keeper = keeperOf(policy, streamId);
  // Within one organisation there is nothing to agree.
  if (keeper === organisation) return { ...cell, grounds: ['own'] };
  const granted =
    keeper !== undefined && isFactKind(kind)
      ? agreementBetween(policy.agreements, keeper, organisation, kind, families)
      : undefined;
  if (!granted || !isFactKind(kind)) return { grade: 'withheld', fields: [], grounds: [] };
  const { id, version, familyId } = granted.agreement;
  return {
    ...capped(cell, granted.grade),
    grounds: [familyId === undefined ? `agreement:${id}@${version}` : `consent:${id}`],
    agreement: { id, kind },
  };
}

const kinds: Readonly<Record<string, KindOfTelling>> = kindOfEvent;

export function kindOf(eventType: string): KindOfTelling {
  const kind = kinds[eventType];
  if (kind === undefined) throw new Error(`no ground is declared for ${eventType}`);
  return kind;
}

function isFactKind(kind: KindOfTelling): kind is FactKind {
  return factKinds.some((known) => known === kind);
}

/** The duty a cell rests on, in the words of an envelope; nothing where its column says it all. */
function wordsOf(kind: KindOfTelling, column: Column): string[] {
  const ground = groundOfCell[kind][column];
  return ground.rests === 'duty' ? [`duty:${ground.duty}`] : [];
}

function capped(cell: TellingGrade, cap: Grade): TellingGrade {
  return rank(cell.grade) <= rank(cap) ? cell : { grade: cap, fields: [] };
}

function higher(one: Grade, other: Grade): Grade {
  return rank(one) >= rank(other) ? one : other;
}

/**
 * What a recipient may be told of an event of this type in this stream, for the people named: what
 * command-api's tags rest on. By the table that was in force where it was recorded, or is now where it is
 * yet to be. A following event has its target's cell.
 */
export function gradeFor(
  policy: Policy,
  recipient: RecipientId,
  event: {
    readonly id?: string;
    readonly type: string;
    readonly streamId: string;
    readonly personIds?: readonly string[];
  },
): TellingGrade {
  const parts = partsOf(policy, recipient, event.streamId);
  const families = [
    ...familiesOfStream(policy, event.streamId),
    ...(event.personIds ?? []).flatMap((personId) => familiesOfPerson(policy, personId)),
  ];
  const entitling = families.filter((familyId) => isEntitled(policy, recipient, familyId));
  const entitled = entitling.length > 0;
  const table = event.id === undefined ? tableNow(policy) : tableAt(policy, event.id);
  if (isFollowing(lineIn(table, event.type))) {
    return { grade: entitled || parts.length > 0 ? 'notice' : 'withheld', fields: [] };
  }
  return tellingOf(policy, recipient, event, parts, entitled, entitling, table);
}
