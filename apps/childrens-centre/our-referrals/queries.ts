import type { SelectedOf } from '@common-thread/projecting/read-model';
import { idOfSubject } from '@common-thread/projecting/told-row';
import type { Kysely } from 'kysely';
import type { registrationTable } from '../our-families/projection.js';
import type { contactTable, ReferralStatus, referralTable } from './projection.js';

export interface OurReferralsTables {
  our_families_registration: SelectedOf<typeof registrationTable.columns>;
  our_referrals_referral: SelectedOf<typeof referralTable.columns>;
  our_referrals_contact: SelectedOf<typeof contactTable.columns>;
}

/** A referral we raised and what we are told of it. */
export interface OurReferral {
  readonly referralId: string;
  readonly tag: string;
  /** The line the referral was told on: `family/<id>`. */
  readonly line: string;
  readonly familyId: string | null;
  readonly reference: string | null;
  readonly status: ReferralStatus;
  readonly childIds: readonly string[];
  readonly need: string | null;
  readonly level: string | null;
  /** The hub it was sent to, by recipient id. */
  readonly to: string | null;
  /** Opaque id of who recorded it. */
  readonly raisedBy: string | null;
  /** Box. */
  readonly concern: string | null;
  readonly raisedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly answer: {
    readonly kind: 'accepted' | 'returned';
    readonly outcomes: readonly string[];
    readonly returnReason: string | null;
    readonly at: Date;
  } | null;
  readonly toldAt: Date | null;
  readonly closedAt: Date | null;
  /** The hub's contact that answers it; null until we are told of one. */
  readonly contact: {
    readonly contactId: string;
    /** The line to reveal the words on. */
    readonly line: string;
    readonly decision: {
      readonly outcomes: readonly string[];
      readonly returnReason: string | null;
      readonly at: Date;
    } | null;
    readonly feedback: {
      readonly channel: string | null;
      /** Box: the hub's words to us. */
      readonly words: string | null;
      readonly at: Date;
    } | null;
    readonly inErrorAt: Date | null;
  } | null;
}

export interface OurReferralsRequest {
  /** Referrals a page, default 50. */
  readonly limit?: number;
  readonly offset?: number;
  /** Only those about this family. */
  readonly familyId?: string;
  /** Only those about families that are or were registered at these places. */
  readonly places?: readonly string[];
}

export interface OurReferralsPage {
  /** The latest raised first. */
  readonly referrals: readonly OurReferral[];
  readonly total: number;
}

const REFERRALS_A_PAGE = 50;

/** Whoever asked hears what became of it, registered family or not. */
export class OurReferralsQueries {
  constructor(private readonly database: Kysely<OurReferralsTables>) {}

  async list(request: OurReferralsRequest = {}): Promise<OurReferralsPage> {
    const { limit = REFERRALS_A_PAGE, offset = 0, familyId, places } = request;
    const ours = this.raised(places).$if(familyId !== undefined, (query) =>
      query.where('line', '=', `family/${familyId}`),
    );
    const [found, counted] = await Promise.all([
      ours
        .selectAll()
        .orderBy('raised_at', (order) => order.desc().nullsLast())
        .orderBy('key')
        .limit(limit)
        .offset(offset)
        .execute(),
      ours.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow(),
    ]);
    return { referrals: await this.withContacts(found), total: Number(counted.total) };
  }

  /** One of ours; undefined, to be answered *not found*, where it is not, or not about such a family. */
  async findReferral(
    referralId: string,
    places?: readonly string[],
  ): Promise<OurReferral | undefined> {
    const found = await this.raised(places)
      .selectAll()
      .where('key', '=', `referral/${referralId}`)
      .execute();
    return (await this.withContacts(found))[0];
  }

  private raised(places: readonly string[] | undefined) {
    return this.database.selectFrom('our_referrals_referral').$if(places !== undefined, (query) =>
      query.where((eb) =>
        eb.exists(
          eb
            .selectFrom('our_families_registration as r')
            .select('r.key')
            .whereRef('r.line', '=', 'our_referrals_referral.line')
            .where('r.place_id', 'in', [...(places ?? [])]),
        ),
      ),
    );
  }

  private async withContacts(referrals: readonly ReferralSelected[]): Promise<OurReferral[]> {
    if (referrals.length === 0) return [];
    const ids = referrals.map((r) => r.referral_id);
    const contactIds = referrals.flatMap((r) => r.contact_id ?? []);
    const contacts = await this.database
      .selectFrom('our_referrals_contact')
      .selectAll()
      .where((eb) =>
        eb.or([
          eb('referral_id', 'in', ids),
          eb('contact_id', '=', eb.fn.any(eb.val(contactIds))),
        ]),
      )
      .orderBy('received_at', 'desc')
      .execute();
    return referrals.map((referral) =>
      referralFrom(
        referral,
        contacts.find((c) => c.referral_id === referral.referral_id) ??
          contacts.find((c) => c.contact_id === referral.contact_id),
      ),
    );
  }
}

type ReferralSelected = OurReferralsTables['our_referrals_referral'];
type ContactSelected = OurReferralsTables['our_referrals_contact'];

function referralFrom(
  referral: ReferralSelected,
  contact: ContactSelected | undefined,
): OurReferral {
  return {
    referralId: referral.referral_id,
    tag: referral.tag ?? '',
    line: referral.line,
    familyId: idOfSubject('family', referral.line),
    reference: referral.reference,
    status: referral.status as ReferralStatus,
    childIds: referral.child_ids,
    need: referral.need,
    level: referral.level,
    to: referral.to_recipient,
    raisedBy: referral.raised_by,
    concern: referral.concern,
    raisedAt: referral.raised_at,
    acknowledgedAt: referral.acknowledged_at,
    answer: referral.answered_at && {
      kind: referral.answer === 'accepted' ? 'accepted' : 'returned',
      outcomes: referral.outcomes,
      returnReason: referral.return_reason,
      at: referral.answered_at,
    },
    toldAt: referral.told_at,
    closedAt: referral.closed_at,
    contact: contact ? contactFrom(contact) : null,
  };
}

function contactFrom(contact: ContactSelected): OurReferral['contact'] {
  return {
    contactId: contact.contact_id,
    line: contact.line,
    decision: contact.decided_at && {
      outcomes: contact.outcomes,
      returnReason: contact.return_reason,
      at: contact.decided_at,
    },
    feedback: contact.feedback_at && {
      channel: contact.feedback_channel,
      words: contact.feedback_words,
      at: contact.feedback_at,
    },
    inErrorAt: contact.in_error_at,
  };
}
