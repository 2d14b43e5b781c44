import { Temporal } from 'temporal-polyfill';
import type {
  LeftOutMatter,
  SubjectAccessRequest,
  Withholding,
} from '@common-thread/platform/subject-access';
import type { AuditEntry } from '../audit/audit.js';

/** A request with what is kept of it beside: why, sealed. */
export interface KeptRequest extends SubjectAccessRequest {
  readonly organisation: string;
  readonly recipient: string;
  readonly reason: string;
  readonly recordedAt: Date;
}

/** That a copy was made: what it left out is the log of withholding. */
export interface MadePack {
  readonly requestId: string;
  readonly at: Date;
  readonly officer: string;
  readonly facts: number;
  readonly withheld: readonly Withholding[];
}

/** That a copy was put together whole, by whoever made it. */
export interface TakenPack {
  readonly requestId: string;
  readonly packId: string;
  readonly at: Date;
  readonly officer: string;
}

/** That a matter is left out of every copy about the person from now on, or given in those of one request. */
export interface LeftOutChange {
  readonly requestId: string;
  /** `CT-…` */
  readonly number: string;
  readonly isLeftOut: boolean;
  readonly at: Date;
  readonly officer: string;
}

/**
 * Who asked for a copy of what is held about them, and what they were given. Written once. Every method
 * throws VaultUnavailable where it cannot be reached; nothing is opened then.
 */
export abstract class SubjectAccessStore {
  /**
   * The request and its audit entry in one commit. The same id again changes nothing.
   * @returns whether it is new
   */
  abstract record(request: KeptRequest, entry: AuditEntry): Promise<boolean>;
  abstract find(requestId: string): Promise<KeptRequest | undefined>;
  /**
   * The change and its audit entry in one commit; neither where it changes nothing: where the newest word on the
   * matter in any request of the hub about the person is that it is left out, or where this one's copies give it.
   */
  abstract leaveOut(change: LeftOutChange, entry: AuditEntry): Promise<void>;
  /**
   * What is left out of a request's copies by now, in the order in which it was said. What was said in another
   * request of the hub about the same person holds here too; that it is given holds where it was said alone.
   */
  abstract leftOut(requestId: string): Promise<readonly LeftOutMatter[]>;
  /** @returns the number of the pack */
  abstract made(pack: MadePack): Promise<string>;
  /**
   * That it was taken and its audit entry in one commit; neither where that is said already.
   * @returns whether it is a pack of the request that this officer made
   */
  abstract taken(taken: TakenPack, entry: AuditEntry): Promise<boolean>;
  /** When the copy that was put together last was made. */
  abstract lastTaken(requestId: string): Promise<Date | undefined>;
  /** The copy that was made last. */
  abstract lastMade(requestId: string): Promise<MadePack | undefined>;
  /** Of one hub, the soonest due first, with when the last copy that was put together was made. */
  abstract ofHub(
    recipient: string,
  ): Promise<readonly { readonly request: KeptRequest; readonly madeAt: Date | undefined }[]>;
}

/**
 * One calendar month from receipt (UK GDPR Art 12(3)): the same day of the next month, or its last where
 * there is none; one that ends at a weekend goes on to Monday. Bank holidays give no more days here.
 */
export function dueOn(receivedOn: string): string {
  const due = Temporal.PlainDate.from(receivedOn).add({ months: 1 });
  const sinceMonday = due.dayOfWeek - 1;
  return due.add({ days: sinceMonday > 4 ? 7 - sinceMonday : 0 }).toString();
}
