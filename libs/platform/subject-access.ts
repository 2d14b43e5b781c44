import { derivedId } from '@common-thread/eventing/identifiers';

/** For whom a copy is asked: the person, or somebody who acts for them. */
export const subjectAccessAskers = ['self', 'parent', 'representative'] as const;
export type SubjectAccessAsker = (typeof subjectAccessAskers)[number];

/**
 * Why something held about a person is not in the copy they are given. `other-people` and `source`: DPA 2018
 * Sch 2 para 16; `serious-harm` and `restricted`: Sch 3 paras 5 (health), 11 (social work) and 21 (child
 * abuse data). The last two are no exemptions: what was recorded in error may be somebody else's, and what
 * is erased or damaged cannot be opened.
 */
export const withholdingReasons = [
  'other-people',
  'source',
  'serious-harm',
  'restricted',
  'recorded-in-error',
  'not-readable',
] as const;
export type WithholdingReason = (typeof withholdingReasons)[number];

/** What is asked for: UK GDPR Article 15. */
export interface SubjectAccessAsked {
  readonly personId: string;
  readonly askedBy: SubjectAccessAsker;
  /** London day on which it reached us, `YYYY-MM-DD`. */
  readonly receivedOn: string;
  /** Why it is answered, and how whoever asks was identified; kept sealed. */
  readonly reason: string;
  /** Numbers of referrals and contacts (`CT-…`) that a professional says would do serious harm if told. */
  readonly seriousHarm: readonly string[];
}

/** A request as it is kept. */
export interface SubjectAccessRequest {
  readonly requestId: string;
  readonly personId: string;
  readonly askedBy: SubjectAccessAsker;
  readonly receivedOn: string;
  /** The day by which it is to be answered. */
  readonly dueOn: string;
  /** The `sub` of the officer. */
  readonly officer: string;
}

/** One fact, opened: nothing in it names anybody else, and no opaque id is in it. */
export interface HeldFact {
  /** `session.attended` */
  readonly name: string;
  /** Told apart by it in this copy alone. */
  readonly nth: number;
  /** UTC instants. */
  readonly occurredAt: string;
  readonly occurredPrecision?: 'day';
  readonly recordedAt: string;
  /** By slug; absent where naming it would name whoever raised a concern. */
  readonly recordedBy?: string;
  /** Codes, texts that were sealed, and slugs of places. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly notGiven: readonly NotGiven[];
  /** The fact that this one corrects. */
  readonly corrects?: number;
}

export interface NotGiven {
  readonly field: string;
  readonly reason: WithholdingReason;
}

/** That somebody was told one of the facts. */
export interface HeldTelling {
  /** `larkfield-centres.childrens-centre`; absent where naming it would name whoever raised a concern. */
  readonly recipient?: string;
  readonly toldAt: string;
  /** Of the fact. */
  readonly nth: number;
  readonly grade: string;
  readonly withdrawn: boolean;
}

/** That somebody opened a page about the person, or looked them up. */
export interface HeldLook {
  readonly at: string;
  readonly kind: string;
  readonly purpose: string;
  readonly organisation?: string;
  readonly role?: string;
}

/** For the officer and nobody else: what is left out, and why. */
export interface Withholding {
  readonly reason: WithholdingReason;
  /** A fact of the log, by event id; an audit entry, by number. */
  readonly of: string;
  /** `session.attended` */
  readonly name: string;
  /** The whole of it where it is absent. */
  readonly field?: string;
}

/** What is held of a person, in the two parts it must never be mixed in. */
export interface SubjectAccessPack {
  readonly request: SubjectAccessRequest;
  /** UTC instant up to which the log was read. */
  readonly asOf: string;
  readonly held: readonly HeldFact[];
  readonly looked: readonly HeldLook[];
  /** Stays with the officer. */
  readonly withheld: readonly Withholding[];
}

/** A fact of a copy by the event it is of, for whoever says who was told it. */
export interface GivenFact {
  readonly eventId: string;
  /** Of the fact in its copy. */
  readonly nth: number;
  /** One of our agencies raised the matter, and must not be found by who was told of it. */
  readonly hasSource: boolean;
}

/** Names of the public directory, as the log tells them. */
export interface NamesInLog {
  readonly organisations: readonly { readonly organisationId: string; readonly name: string }[];
  readonly places: readonly { readonly placeId: string; readonly name: string }[];
}

/** What the person may have, with what whoever puts the files together needs and they must not say. */
export interface CopyParts {
  /** By which it is said that the copy was put together whole. */
  readonly packId: string;
  readonly copy: Omit<SubjectAccessPack, 'withheld'>;
  readonly given: readonly GivenFact[];
  /** Pages of agencies on which it may be said to stand: `family/<id>`, `contact/<id>`. */
  readonly lines: readonly string[];
  readonly names: NamesInLog;
}

/** A request as it is sent by a form. */
export interface SubjectAccessSent extends Omit<SubjectAccessAsked, 'seriousHarm'> {
  /** Of the form: sent twice it is one request. */
  readonly key: string;
}

/**
 * What stands for a form where there is none: the same words about the same person are one request, and two
 * parents who ask on one day are two. The reason is in it as a digest.
 */
export function keyOfCommand(asked: Omit<SubjectAccessAsked, 'seriousHarm'>): string {
  const { askedBy, personId, reason, receivedOn } = asked;
  const words = reason.trim().replaceAll(/\s+/g, ' ');
  return derivedId('subject-access', personId, receivedOn, askedBy, words);
}

/** A request, and whether it was recorded now: not where an earlier one is gone on with. */
export interface RecordedRequest {
  readonly request: SubjectAccessRequest;
  readonly isNew: boolean;
}

export interface ListedRequest extends SubjectAccessRequest {
  /** UTC instant at which the last copy that was taken whole was made. */
  readonly madeAt?: string;
}

/** That a professional says of a matter that it would do serious harm if it were told. */
export interface LeftOutMatter {
  /** `CT-…` */
  readonly number: string;
  /** The officer who recorded it, by the id they sign in with. */
  readonly by: string;
  /** UTC instant. */
  readonly at: string;
}

export interface RequestDetail extends ListedRequest {
  readonly leftOut: readonly LeftOutMatter[];
}

/** What the copy that was last made left out: for officers alone. */
export interface WithheldLog {
  readonly request: SubjectAccessRequest;
  /** Absent where none was made yet. */
  readonly made?: {
    /** UTC instant. */
    readonly at: string;
    readonly officer: string;
    readonly facts: number;
    readonly withheld: readonly Withholding[];
  };
}
