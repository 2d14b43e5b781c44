import type { Correction } from '@common-thread/projecting/contributions';
import { withCorrections } from '@common-thread/projecting/contributions';
import type { historyLineTable } from '@common-thread/projecting/family-history/history';
import type { placementTable } from '@common-thread/projecting/family-history/placement';
import type { SelectedOf } from '@common-thread/projecting/read-model';
import type { Fields } from '@common-thread/projecting/told-row';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

export interface HistoryTables {
  history_line: SelectedOf<typeof historyLineTable.columns>;
  history_placement: SelectedOf<typeof placementTable.columns>;
}

/** One line of a history: an event as we were told of it. Personal fields are boxes, unopened. */
export interface HistoryLine {
  /** Public id of the row. */
  readonly id: string;
  readonly sequence: number;
  /** Public name: `contact.rated`, `session.attended`, `involvement.began`. */
  readonly name: string;
  /** `contact/<id>`, `registration/<id>`, …: lines of one matter share it. */
  readonly subject: string;
  readonly occurredAt: Date;
  /** `day` where the source gave a date only. */
  readonly occurredPrecision: 'day' | null;
  /** When the recording agency learned of it, where that is told. */
  readonly learnedAt: Date | null;
  readonly recordedAt: Date;
  /** When we were told. */
  readonly disclosedAt: Date;
  /** Known or recorded long after it happened, by our policy. */
  readonly late: boolean;
  /** Told when we became entitled, not when it happened. */
  readonly joined: boolean;
  /** Backfilled from outside. */
  readonly imported: boolean;
  /** Ours: told as the matter's author, or as whoever asked. */
  readonly author: boolean;
  readonly referrer: boolean;
  /** The organisation that recorded it; null where that is not told (our own is told as `author`). */
  readonly organisation: string | null;
  /** What it tells now, corrections included; empty for a mere notice; null once withdrawn. */
  readonly fields: Fields | null;
  /** What it told first, where that was corrected. */
  readonly firstTold: Fields | null;
  readonly corrections: readonly LineCorrection[];
  readonly withdrawnAt: Date | null;
}

export interface LineCorrection {
  readonly recordedAt: Date;
  /** The changed fields; null once the correction itself is withdrawn. */
  readonly fields: Fields | null;
}

/** What an agency calls late: told with each line, never stored. */
export interface LatenessPolicy {
  readonly lateAfterHours: number;
}

/** Where the next page of a history begins; opaque to pages, safe in an address. */
export type HistoryCursor = string;

export interface HistoryPage {
  /** Newest first. */
  readonly lines: readonly HistoryLine[];
  readonly next: HistoryCursor | null;
}

export interface HistoryRequest {
  /** `family/<id>` or `contact/<id>`. */
  readonly line: string;
  /** Only what we were told as author or referrer: all that is left once we are not entitled. */
  readonly ownOnly: boolean;
  readonly limit: number;
  readonly before?: HistoryCursor;
}

/** Reads the history tables, the same in every agency (libs/projecting/family-history). */
export class HistoryReader {
  constructor(
    private readonly database: Kysely<HistoryTables>,
    private readonly policy: LatenessPolicy,
  ) {}

  /** One page, an event a line however many rows told of it. */
  async page(request: HistoryRequest): Promise<HistoryPage> {
    const { before } = request;
    const told = this.toldOn(await this.linesToldOn(request.line), request);
    const found = await told
      .distinctOn(['l.occurred_at', 'l.occurrence'])
      .select(['l.occurred_at', 'l.occurrence'])
      .$if(before !== undefined, (query) => query.where(olderThan(before ?? '')))
      .orderBy('l.occurred_at', 'desc')
      .orderBy('l.occurrence')
      .limit(request.limit + 1)
      .execute();
    const shown = found.slice(0, request.limit);
    const last = found.length > request.limit ? shown.at(-1) : undefined;
    return {
      lines: await this.linesOf(
        told,
        shown.map(({ occurrence }) => occurrence),
      ),
      next: last ? `${last.occurred_at.toISOString()}_${last.occurrence}` : null,
    };
  }

  private toldOn(toldOn: readonly string[], { line, ownOnly }: HistoryRequest) {
    return this.database
      .selectFrom('history_line as l')
      .leftJoin('history_placement as p', 'p.subject', 'l.subject')
      .where('l.line', 'in', toldOn)
      .where((eb) => eb.fn.coalesce('p.line', 'l.line'), '=', line)
      .$if(ownOnly, (query) => query.where('l.ground', '~', OWN));
  }

  /** An event that reached the family through several of its people was told in a row for each. */
  private async linesOf(
    told: ReturnType<HistoryReader['toldOn']>,
    occurrences: readonly string[],
  ): Promise<HistoryLine[]> {
    if (occurrences.length === 0) return [];
    const records = await told
      .selectAll('l')
      .where('l.occurrence', 'in', occurrences)
      .orderBy('l.occurred_at', 'desc')
      .orderBy('l.occurrence')
      .orderBy('l.sequence')
      .execute();
    const byEvent = new Map<string, LineSelected[]>();
    for (const record of records) {
      const event = `${record.occurrence} ${record.name}`;
      byEvent.set(event, [...(byEvent.get(event) ?? []), record]);
    }
    return [...byEvent.values()].map((rows) => lineOf(rows, this.policy));
  }

  /** The line itself, and those on which the contacts that now belong to it were told. */
  private async linesToldOn(line: string): Promise<string[]> {
    const placed = await this.database
      .selectFrom('history_placement')
      .select('told_on')
      .where('line', '=', line)
      .execute();
    return [...new Set([line, ...placed.flatMap((p) => p.told_on)])];
  }
}

/** A ground for telling that outlasts entitlement. */
const OWN = 'author|referrer';

/** A cursor that is not ours is an error of the caller's making. */
export class HistoryCursorRefused extends Error {
  override readonly name = 'HistoryCursorRefused';
}

function olderThan(cursor: HistoryCursor) {
  const [, occurredAt, occurrence] = /^([0-9TZ:.-]+)_([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (occurredAt === undefined || Number.isNaN(Date.parse(occurredAt))) {
    throw new HistoryCursorRefused('the address names no page of this history');
  }
  return sql<boolean>`(l.occurred_at < ${occurredAt}::timestamptz
    or (l.occurred_at = ${occurredAt}::timestamptz and l.occurrence > ${occurrence}))`;
}

const MS_AN_HOUR = 3_600_000;

type LineSelected = HistoryTables['history_line'];

/** One line from the rows that told of one event: one that stands, with everybody the others name. */
function lineOf(rows: readonly LineSelected[], policy: LatenessPolicy): HistoryLine {
  const standing = rows.filter((row) => row.fields !== null);
  const record = (standing[0] ?? rows[0])!;
  const corrections = (record.corrections ?? []) as readonly Correction[];
  const corrected = corrections.some((c) => c.fields !== null);
  const grounds = record.ground.split('+');
  const fields = togetherNaming(standing.map(fieldsNow));
  const organisation = fields?.organisation;
  return {
    id: record.id,
    sequence: Number(record.sequence),
    name: record.name,
    subject: record.subject,
    occurredAt: record.occurred_at,
    occurredPrecision: record.occurred_precision === 'day' ? 'day' : null,
    learnedAt: record.learned_at,
    recordedAt: record.recorded_at,
    disclosedAt: record.disclosed_at,
    late: isLate(record, policy),
    joined: record.joined,
    imported: record.imported,
    author: grounds.includes('author'),
    referrer: grounds.includes('referrer'),
    organisation: typeof organisation === 'string' ? organisation : null,
    fields,
    firstTold: corrected ? (record.fields as Fields) : null,
    corrections: corrections.map((c) => ({
      recordedAt: new Date(c.recordedAt),
      fields: c.fields,
    })),
    withdrawnAt: record.withdrawn_at,
  };
}

function fieldsNow(record: LineSelected): Fields {
  const corrections = (record.corrections ?? []) as readonly Correction[];
  return withCorrections(record.fields as Fields, corrections);
}

/** The first row's fields, its lists with what the other rows' lists have besides. */
function togetherNaming(told: readonly Fields[]): Fields | null {
  const [first, ...others] = told;
  if (!first || others.length === 0) return first ?? null;
  return Object.fromEntries(
    Object.entries(first).map(([field, value]) => {
      if (!Array.isArray(value)) return [field, value];
      const lists = [first, ...others].map((fields) => fields[field]);
      return [field, [...new Set(lists.filter((list) => Array.isArray(list)).flat())]];
    }),
  );
}

/** An imported line is late by when its source learned of it; when we loaded it says nothing. */
function isLate(record: LineSelected, policy: LatenessPolicy): boolean {
  const known = record.learned_at ?? (record.imported ? null : record.recorded_at);
  if (!known) return false;
  return known.getTime() - record.occurred_at.getTime() > policy.lateAfterHours * MS_AN_HOUR;
}
