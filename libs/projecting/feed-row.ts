import { hash } from 'node:crypto';

/**
 * The envelope of one row of a recipient's feed: a CloudEvents 1.0 event with our extensions (names
 * lower case, as CloudEvents asks). It is written once and keeps its bytes for ever; `hash` covers it.
 */
export interface FeedEnvelope {
  readonly specversion: '1.0';
  /** Public id: UUIDv5 of event, recipient, line, person and the ground it rests on. Never a private event id. */
  readonly id: string;
  readonly source: '/common-thread';
  /** `uk.common-thread.referral.raised.v1` */
  readonly type: string;
  /** What it is about, by opaque id: `referral/<id>`, `person/<id>`. Rows of one matter share it. */
  readonly subject: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  /** The feed, named for its recipient. */
  readonly feed: string;
  /** From 1, without holes. */
  readonly sequence: number;
  /** The line the row belongs to: `family/<id>`, `contact/<id>` until linked, or `directory`. */
  readonly partitionkey: string;
  /** RFC 3339 UTC instant at which the fact occurred. */
  readonly time: string;
  readonly timeprecision?: 'day';
  /** When the recording agency learned of it, where that is told and differs. */
  readonly learnedtime?: string;
  readonly recordedtime: string;
  /** When this recipient was told; never runs backwards within a feed. */
  readonly disclosedtime: string;
  /** Equal on all rows of one event within this feed: count by it. */
  readonly occurrenceid: string;
  readonly tableversion: number;
  /**
   * Why this recipient is told, joined by `+`: `author`, `referrer`, `relation`, `told`; and what that
   * rests on: `own`, `duty:<code>`, `agreement:<id>@<version>`, `consent:<id>`.
   */
  readonly ground: string;
  /** Told later than it happened because the entitlement began later; folds exactly like live. */
  readonly joined?: true;
  readonly imported?: true;
  /** This row begins or ends the recipient's entitlement to the line. */
  readonly entitlement?: 'begins' | 'ends';
  /** Public id of the row this one corrects. */
  readonly corrects?: string;
  /** Public id of the row this one withdraws. */
  readonly withdraws?: string;
  /** H(body), the salt being inside the body. SHA-256, hex. */
  readonly bodyhash: string;
}

/**
 * What the row tells: its cell's fields (sealed ones still boxes), and the salt that keeps `bodyhash`
 * from being guessed.
 */
export interface FeedBody {
  readonly salt: string;
  readonly [field: string]: unknown;
}

export interface FeedRow {
  readonly envelope: FeedEnvelope;
  /** H(envelope), SHA-256, hex. */
  readonly hash: string;
  /** Absent once the row is withdrawn. */
  readonly body: FeedBody | null;
  /** Public id of the row that withdraws this one; the only excuse for a missing body. */
  readonly withdrawnBy: string | null;
}

/** Canonical bytes for hashing: keys sorted at every depth, no undefined (RFC 8785 for our value range). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member: unknown = Reflect.get(value, key);
    if (member === undefined) continue;
    members += `${members && ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

export function hashOf(value: FeedEnvelope | FeedBody): string {
  return hash('sha256', canonicalJson(value), 'hex');
}
