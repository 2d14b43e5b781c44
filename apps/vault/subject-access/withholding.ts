import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { codec } from '@common-thread/domain/event-catalogue';
import { peopleFields } from '@common-thread/eventing/event-shapes';
import { categoryOf, idOfStream } from '@common-thread/eventing/identifiers';
import { isBox } from '@common-thread/eventing/sealing';
import type {
  SubjectAccessAsked,
  WithholdingReason,
} from '@common-thread/platform/subject-access';
import type { Gathering } from './gathering.js';
import { peopleNamedBy } from './gathering.js';

/*
 * What of a person's record is not in their copy, and why. Policy, written to be read by whoever answers
 * for it: DPA 2018 Sch 2 para 16 (other people, and whoever raised a concern), Sch 3 paras 5, 11 and 21
 * (serious harm). Names inside a text cannot be seen from here: somebody reads the copy before it is given.
 */

/** Fields that say who raised a concern, or from which that can be told. */
const sourceFields: Readonly<Record<string, readonly string[]>> = {
  ReferralRaised: ['from', 'statement', 'referrerContact'],
  ContactReceived: ['source', 'channel', 'referrer', 'describedAs', 'callerDetails'],
  FeedbackGiven: ['channel', 'words'],
};

/** How a family can be reached without somebody knowing of it. */
const alwaysHarmful: readonly string[] = ['safeContact'];
/** What was thought and written of a matter that became a child protection enquiry. */
const enquiryTexts: readonly string[] = ['concern', 'supportTried', 'rationale', 'reason'];
/** Whoever else lives there is found by it. */
const whereabouts: readonly string[] = ['address', 'postcode'];

/** Ids that say nothing to a reader, and members of staff. */
const leftOut: readonly string[] = [
  'familyId',
  'contactId',
  'referralId',
  'corrects',
  'decidedBy',
  'agreementVersion',
];

export interface JudgedField {
  readonly field: string;
  readonly value: unknown;
  readonly reason?: WithholdingReason;
  /** Not even that it is held back is said: it would say that somebody else was there. */
  readonly isUnsaid?: true;
}

/** What may be given of one person's facts, to whoever asks. */
export class WithholdingRules {
  readonly #harmful = new Set<string>();
  readonly #enquiries = new Set<string>();
  readonly #namedIn = new Map<string, Set<string>>();

  constructor(
    private readonly asked: Pick<SubjectAccessAsked, 'personId' | 'askedBy' | 'seriousHarm'>,
    private readonly gathered: Gathering,
  ) {
    const { facts } = gathered;
    for (const event of facts) this.#note(event);
    // A contact that answers a referral is the same matter, told from the other side.
    for (const event of facts) {
      if (event.type !== 'ContactReceived' || event.data.referralId === undefined) continue;
      const referral = `referral-${event.data.referralId}`;
      for (const marked of [this.#harmful, this.#enquiries]) {
        if (marked.has(referral)) marked.add(event.streamId);
        if (marked.has(event.streamId)) marked.add(referral);
      }
    }
  }

  /** Numbers that no referral or contact about the person has. */
  get unknownNumbers(): readonly string[] {
    const known = this.gathered.facts.map(numberOf);
    return this.asked.seriousHarm.filter((number) => !known.includes(number));
  }

  /** Why nothing at all is said of a fact; undefined where it is given. */
  ofFact(event: RecordedCommonThreadEvent): WithholdingReason | undefined {
    if (this.gathered.isAboutRestricted(event)) return 'restricted';
    if (this.#harmful.has(event.streamId)) return 'serious-harm';
    // That somebody would not be known says that it was nobody in a post.
    return event.type === 'AnonymityRequested' ? 'source' : undefined;
  }

  /** Each field of a fact that is given, with why not where it is held back. */
  fieldsOf(event: RecordedCommonThreadEvent): readonly JudgedField[] {
    const people = peopleFields(codec.shapeOf(event.type));
    return Object.entries(event.data)
      .filter(([field]) => !leftOut.includes(field))
      .flatMap(([field, value]): JudgedField[] => {
        if (people.includes(field)) {
          const isOthers = [value].flat().some((id) => id !== this.asked.personId);
          return isOthers ? [{ field, value, reason: 'other-people', isUnsaid: true }] : [];
        }
        const reason = this.#reasonOf(event, field, value);
        return [{ field, value, ...(reason === undefined ? {} : { reason }) }];
      });
  }

  /** Whether naming who recorded or was told something would name whoever raised a concern. */
  isSource({ streamId }: RecordedCommonThreadEvent, organisationOrRecipient: string): boolean {
    const stream = this.gathered.streamOf(streamId);
    const referrer = stream?.referrer;
    if (referrer === undefined) return false;
    return [referrer, referrer.slice(0, referrer.lastIndexOf('.'))].includes(
      organisationOrRecipient,
    );
  }

  #reasonOf(
    event: RecordedCommonThreadEvent,
    field: string,
    value: unknown,
  ): WithholdingReason | undefined {
    if (!this.gathered.isStanding(event.id)) return 'recorded-in-error';
    if (sourceFields[event.type]?.includes(field)) return 'source';
    if (alwaysHarmful.includes(field)) return 'serious-harm';
    if (this.#enquiries.has(event.streamId) && enquiryTexts.includes(field)) return 'serious-harm';
    if (whereabouts.includes(field) && this.asked.askedBy !== 'self') return 'other-people';
    if (isBox(value) && this.#isAboutOthers(event)) return 'other-people';
    return undefined;
  }

  /** A text about several people is of each of them. */
  #isAboutOthers(event: RecordedCommonThreadEvent): boolean {
    const inMatter = this.#namedIn.get(event.streamId) ?? new Set();
    return [...peopleNamedBy(event), ...inMatter].some((id) => id !== this.asked.personId);
  }

  #note(event: RecordedCommonThreadEvent): void {
    const { streamId } = event;
    const number = numberOf(event);
    const isNamed = number !== undefined && this.asked.seriousHarm.includes(number);
    const isSecret = event.type === 'ReferralRaised' && event.data.groundNotInformed !== undefined;
    if (isNamed || isSecret) this.#harmful.add(streamId);
    if ('outcomes' in event.data && event.data.outcomes.includes('child-protection-enquiry')) {
      this.#enquiries.add(streamId);
    }
    if (['referral', 'contact'].includes(categoryOf(streamId))) {
      const named = this.#namedIn.get(streamId) ?? new Set();
      for (const id of peopleNamedBy(event)) named.add(id);
      this.#namedIn.set(streamId, named);
    }
  }
}

function numberOf(event: RecordedCommonThreadEvent): string | undefined {
  return event.type === 'ReferralRaised' || event.type === 'ContactReceived'
    ? event.data.reference
    : undefined;
}

/** The line on whose page a matter stands, such as `contact/<id>`; undefined where it has none. */
export function lineOfMatter({ streamId }: RecordedCommonThreadEvent): string | undefined {
  return categoryOf(streamId) === 'contact'
    ? `contact/${idOfStream('contact', streamId)}`
    : undefined;
}
