import { derivedId } from '@common-thread/eventing/identifiers';
import type { FeedPage } from '@common-thread/projecting/feed-pages';
import { FeedPages, FeedUnavailable } from '@common-thread/projecting/feed-pages';
import type { FeedBody, FeedEnvelope, FeedRow } from '@common-thread/projecting/feed-row';
import { hashOf } from '@common-thread/projecting/feed-row';
import type { Fields } from '@common-thread/projecting/told-row';

/** What a test says of a row; all the rest is made up so that the row is valid. */
export interface Telling {
  /** `family/<id>`, `contact/<id>` or `directory`. */
  readonly line: string;
  /** `contact/<id>`, `person/<id>`, … */
  readonly subject: string;
  readonly fields?: Fields;
  /** RFC 3339; later rows without one are a minute apart. */
  readonly time?: string;
  readonly recorded?: string;
  readonly learned?: string;
  readonly precision?: 'day';
  /** Rows of one event share it. */
  readonly occurrence?: string;
  /** Default `relation`. */
  readonly ground?: string;
  readonly joined?: true;
  readonly imported?: true;
  readonly entitlement?: 'begins' | 'ends';
  /** Comes redacted; `withdraw` tells its withdrawal later. */
  readonly redacted?: true;
}

interface Row {
  readonly told: FeedRow;
  /** As the pages serve it now. */
  served: FeedRow;
}

const START = Date.parse('2026-01-05T09:00:00.000Z');

/** A feed as a relay would keep it, and its pages: rows made one by one, valid in every hash. */
export class ToldFeed extends FeedPages {
  private readonly kept: Row[] = [];
  private waiting: (() => void)[] = [];
  /** Set to make the pages unreachable. */
  unavailable = false;

  constructor(readonly recipient: string) {
    super();
  }

  get head(): number {
    return this.kept.length;
  }

  /** Rows as they were when they were told. */
  get told(): readonly FeedRow[] {
    return this.kept.map((row) => row.told);
  }

  /** Rows as the pages serve them now: those withdrawn without their bodies. */
  get served(): readonly FeedRow[] {
    return this.kept.map((row) => row.served);
  }

  /** Tells a row of a public type: `contact.rated`. */
  tell(name: string, telling: Telling): FeedRow {
    return this.add(name, telling, {});
  }

  correct(row: FeedRow, fields: Fields, telling: Partial<Telling> = {}): FeedRow {
    const name = corrections[row.envelope.type] ?? 'person.details-corrected';
    const { subject, partitionkey: line } = row.envelope;
    return this.add(
      name,
      { line, subject, ground: 'told', fields, ...telling },
      { corrects: row.envelope.id },
    );
  }

  /** Tells a withdrawal; the pages serve the row it withdraws without its body from then on. */
  withdraw(row: FeedRow, telling: Partial<Telling> = {}): FeedRow {
    const { subject, partitionkey: line, id } = row.envelope;
    const withdrawal = this.add(
      'record.withdrawn',
      { line, subject, ground: 'told', ...telling },
      { withdraws: id },
    );
    const target = this.kept[row.envelope.sequence - 1];
    if (target) {
      const withdrawnBy = target.served.withdrawnBy ?? withdrawal.envelope.id;
      target.served = { ...target.served, body: null, withdrawnBy };
    }
    return withdrawal;
  }

  async page(_recipient: string, after: number, limit: number): Promise<FeedPage> {
    if (this.unavailable) throw new FeedUnavailable('the test made it so');
    return { rows: this.served.slice(after, after + limit), head: this.head };
  }

  async changed(_recipient: string, after: number, signal: AbortSignal): Promise<void> {
    if (this.head > after || signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** The id the withdrawal of a row will have: what a row that comes redacted names. */
  private withdrawalId(id: string): string {
    return derivedId('withdrawal', this.recipient, id);
  }

  private add(
    name: string,
    telling: Telling,
    follows: { readonly corrects?: string; readonly withdraws?: string },
  ): FeedRow {
    const sequence = this.kept.length + 1;
    const id =
      follows.withdraws === undefined
        ? derivedId('row', this.recipient, sequence)
        : this.idOfWithdrawal(follows.withdraws, sequence);
    const body: FeedBody = { ...telling.fields, salt: derivedId('salt', id) };
    const envelope = { ...this.envelopeOf(name, telling, sequence, id), ...follows };
    const signed = { ...envelope, bodyhash: hashOf(body) };
    const row: FeedRow = {
      envelope: signed,
      hash: hashOf(signed),
      body: telling.redacted ? null : body,
      withdrawnBy: telling.redacted ? this.withdrawalId(id) : null,
    };
    this.kept.push({ told: row, served: row });
    for (const resolve of this.waiting.splice(0)) resolve();
    return row;
  }

  /** A row may be withdrawn again, with its membership; only the first has the id it named. */
  private idOfWithdrawal(withdraws: string, sequence: number): string {
    const id = this.withdrawalId(withdraws);
    const taken = this.kept.some((row) => row.told.envelope.id === id);
    return taken ? derivedId('row', this.recipient, sequence) : id;
  }

  private envelopeOf(
    name: string,
    telling: Telling,
    sequence: number,
    id: string,
  ): Omit<FeedEnvelope, 'bodyhash'> {
    const type = `uk.common-thread.${name}.v1`;
    const time = telling.time ?? new Date(START + sequence * 60_000).toISOString();
    const recordedtime = telling.recorded ?? time;
    return {
      specversion: '1.0',
      id,
      source: '/common-thread',
      type,
      subject: telling.subject,
      datacontenttype: 'application/json',
      dataschema: `/v1/schemas/${type}`,
      feed: this.recipient,
      sequence,
      partitionkey: telling.line,
      time,
      recordedtime,
      disclosedtime: new Date(START + sequence * 60_000).toISOString(),
      occurrenceid: telling.occurrence ?? derivedId('occurrence', id),
      tableversion: 1,
      ground: telling.ground ?? 'relation',
      ...(telling.precision ? { timeprecision: telling.precision } : {}),
      ...(telling.learned ? { learnedtime: telling.learned } : {}),
      ...(telling.joined ? { joined: true } : {}),
      ...(telling.imported ? { imported: true } : {}),
      ...(telling.entitlement ? { entitlement: telling.entitlement } : {}),
    };
  }
}

const corrections: Readonly<Record<string, string>> = {
  'uk.common-thread.membership.began.v1': 'address.corrected',
  'uk.common-thread.address.changed.v1': 'address.corrected',
};
