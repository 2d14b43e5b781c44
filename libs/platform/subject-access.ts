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
