import type { FeedEnvelope } from './feed-row.js';
import type { Fields, ToldRow } from './told-row.js';

/** That something told no longer counts. */
export interface Withdrawal {
  /** Public id of the withdrawing row. */
  readonly id: string;
  readonly sequence: number;
  readonly subject: string;
  readonly occurrence: string;
  readonly recordedAt: string;
}

export interface Correction {
  readonly id: string;
  readonly sequence: number;
  readonly subject: string;
  readonly occurrence: string;
  readonly recordedAt: string;
  /** The changed fields alone; null once withdrawn. */
  readonly fields: Fields | null;
  readonly withdrawn: Withdrawal | null;
}

/** What one row contributes to a document. Documents keep these, never a bare count or a last value. */
export interface Contribution {
  readonly id: string;
  readonly sequence: number;
  /** Public name: `contact.rated`. */
  readonly name: string;
  readonly subject: string;
  readonly line: string;
  readonly occurrence: string;
  readonly ground: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly joined: boolean;
  readonly imported: boolean;
  /** As first told; null once withdrawn. */
  readonly fields: Fields | null;
  readonly corrections: readonly Correction[];
  readonly withdrawn: Withdrawal | null;
}

/** A correction or withdrawal reached a document that does not hold what it follows. */
export class FollowsNothing extends Error {
  override readonly name = 'FollowsNothing';
  constructor(envelope: FeedEnvelope) {
    super(`row ${envelope.sequence} follows a row that is not in this document`);
  }
}

/**
 * Folds one row into the contributions of a document, oldest sequence first. A withdrawn contribution
 * keeps its envelope and loses what it told, so that original + withdrawal = redacted + withdrawal.
 * @throws FollowsNothing
 */
export function foldContributions(
  held: readonly Contribution[],
  row: ToldRow,
): readonly Contribution[] {
  const { corrects, withdraws } = row.envelope;
  if (corrects === undefined && withdraws === undefined) {
    return inserted(held, contributionOf(row));
  }
  const index = held.findIndex((c) => c.id === row.origin.id);
  const target = held[index];
  if (!target) throw new FollowsNothing(row.envelope);
  return held.with(index, followed(target, row));
}

function followed(target: Contribution, row: ToldRow): Contribution {
  if (row.envelope.withdraws === target.id) {
    return { ...target, fields: null, withdrawn: first(target.withdrawn, row) };
  }
  return { ...target, corrections: foldCorrections(target.corrections, row) };
}

/** Adds a correction, or withdraws one of them. @throws FollowsNothing */
export function foldCorrections(held: readonly Correction[], row: ToldRow): readonly Correction[] {
  if (row.envelope.corrects !== undefined) return inserted(held, correctionOf(row));
  const index = held.findIndex((c) => c.id === row.envelope.withdraws);
  const target = held[index];
  if (!target) throw new FollowsNothing(row.envelope);
  const withdrawn = first(target.withdrawn, row);
  return held.with(index, { ...target, fields: null, withdrawn });
}

/** Withdrawn twice (with its membership, say), it was withdrawn by the first. */
function first(known: Withdrawal | null, row: ToldRow): Withdrawal {
  return known && known.sequence < row.sequence ? known : withdrawalOf(row);
}

/** In order of sequence. Only a line retried after others went on tells of something earlier. */
function inserted<T extends { readonly sequence: number }>(held: readonly T[], added: T): T[] {
  const after = held.findLastIndex((one) => one.sequence < added.sequence);
  return held.toSpliced(after + 1, 0, added);
}

function contributionOf(row: ToldRow): Contribution {
  const { envelope } = row;
  return {
    id: envelope.id,
    sequence: envelope.sequence,
    name: row.name,
    subject: envelope.subject,
    line: envelope.partitionkey,
    occurrence: envelope.occurrenceid,
    ground: envelope.ground,
    occurredAt: instant(envelope.time),
    recordedAt: instant(envelope.recordedtime),
    joined: envelope.joined === true,
    imported: envelope.imported === true,
    fields: row.fields,
    corrections: [],
    withdrawn: null,
  };
}

function correctionOf(row: ToldRow): Correction {
  const { id, sequence, subject, occurrenceid, recordedtime } = row.envelope;
  return {
    id,
    sequence,
    subject,
    occurrence: occurrenceid,
    recordedAt: instant(recordedtime),
    fields: row.fields,
    withdrawn: null,
  };
}

function withdrawalOf(row: ToldRow): Withdrawal {
  const { id, sequence, subject, occurrenceid, recordedtime } = row.envelope;
  return {
    id,
    sequence,
    subject,
    occurrence: occurrenceid,
    recordedAt: instant(recordedtime),
  };
}

/** RFC 3339 UTC with milliseconds, whatever precision was told. @throws RangeError on no instant */
export function instant(text: string): string {
  // Most instants come in this very form: do not build a Date for each.
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return text;
  return new Date(text).toISOString();
}

/** Those that stand, oldest sequence first. A row that came redacted stands no more than a withdrawn one. */
export function standing(held: readonly Contribution[]): readonly Contribution[] {
  return held.filter((c) => c.fields !== null);
}

/** What a contribution tells now: as first told, then each standing correction in order. */
export function fieldsOf(contribution: Contribution | undefined): Fields | null {
  if (!contribution?.fields) return null;
  return withCorrections(contribution.fields, contribution.corrections);
}

export function withCorrections(fields: Fields, corrections: readonly Correction[]): Fields {
  return corrections.reduce<Fields>((told, c) => ({ ...told, ...c.fields }), fields);
}

export function isCorrected(contribution: Contribution): boolean {
  return contribution.corrections.some((c) => c.fields !== null);
}

/** The last contribution of one name that stands. */
export function lastNamed(
  held: readonly Contribution[],
  ...names: readonly string[]
): Contribution | undefined {
  return held.findLast((c) => c.fields !== null && names.includes(c.name));
}

/**
 * The entity tag of the thing a document is about: the occurrence of the last event of its own stream
 * told here. Rows of other streams that follow one of these (a membership withdrawn) do not count.
 */
export function tagOf(subject: string, held: readonly Contribution[]): string | null {
  const told = held
    .flatMap((c) => [c, c.withdrawn, ...c.corrections.flatMap((x) => [x, x.withdrawn])])
    .filter((entry) => entry?.subject === subject)
    .sort((a, b) => (a?.sequence ?? 0) - (b?.sequence ?? 0));
  return told.at(-1)?.occurrence ?? null;
}
