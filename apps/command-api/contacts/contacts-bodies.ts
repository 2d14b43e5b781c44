import {
  contactChannels,
  contactOutcomes,
  contactSources,
  primaryNeeds,
  ratings,
  returnReasons,
  withdrawalReasons,
} from '@common-thread/domain/code-lists';
import { limits } from '@common-thread/domain/limits';
import type {
  DecideContact,
  GiveFeedback,
  RateContact,
  ReceiveContact,
  RecordContactInError,
} from '@common-thread/domain/safeguarding/contact';
import { Code, Codes, Flag, Id, Ids, Line, Part, Words } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';
import {
  HouseholdBody,
  IdentifyingAdult,
  IdentifyingPerson,
} from '../identification/household-body.js';

type Received = ReceiveContact['data'];
type Decided = DecideContact['data'];
const optional = { optional: true } as const;

export class ContactBody extends RecordedWhen {
  @Code(contactChannels)
  channel!: Received['channel'];

  @Code(contactSources, { description: 'Source code of the children in need census.' })
  source!: Received['source'];

  @Id({ optional: true, description: 'As the hub’s look-up gives it, together with `childIds`.' })
  familyId?: string;

  @Ids(optional)
  childIds?: string[];

  @Code(primaryNeeds, optional)
  need?: NonNullable<Received['need']>;

  @Words(optional)
  concern?: string;

  @Words({ optional: true, description: 'Whom it is about, in the caller’s words.' })
  describedAs?: string;

  @Words({ optional: true, description: 'Who got in touch: told to no other agency.' })
  callerDetails?: string;

  @Flag({
    optional: true,
    description:
      'Whether they asked that nobody be told who they are: a member of the public may. Who they are is ' +
      'then opened for a manager of the hub alone.',
  })
  wishesAnonymity?: boolean;
}

/** By ids as the hub’s look-up gives them, or by identifying details of a child. */
export class LinkBody extends RecordedWhen {
  @Id({ optional: true, description: 'Together with `childIds`; or `person` in place of both.' })
  familyId?: string;

  @Ids(optional)
  childIds?: string[];

  @Part(IdentifyingPerson, { optional: true, description: 'The child it is about.' })
  person?: IdentifyingPerson;

  @Part(IdentifyingAdult, { optional: true, description: 'Tells apart two homes of one child.' })
  adult?: IdentifyingAdult;

  @Line(limits.addressCharactersMax, { optional: true, description: 'Of a new family.' })
  address?: string;

  @Line(12, optional)
  postcode?: string;
}

/** A link by details, as the enrolment of a household takes it. */
export function householdOf(body: LinkBody, person: IdentifyingPerson): HouseholdBody {
  return Object.assign(new HouseholdBody(), { ...body, person });
}

export class RatingBody extends RecordedWhen {
  @Code(ratings)
  rating!: RateContact['data']['rating'];

  @Words()
  reason!: string;
}

export class DecisionBody extends RecordedWhen {
  @Codes(contactOutcomes, { description: 'Several may hold at once.' })
  outcomes!: Decided['outcomes'];

  @Words()
  rationale!: string;

  @Line(limits.nameCharactersMax, {
    optional: true,
    description: 'Opaque id of the manager whose decision it is; absent: the caller.',
  })
  decidedBy?: string;

  @Code(returnReasons, {
    optional: true,
    description: 'Needed where the outcomes return a referral.',
  })
  returnReason?: NonNullable<Decided['returnReason']>;
}

export class FeedbackBody extends RecordedWhen {
  @Code(contactChannels)
  channel!: GiveFeedback['data']['channel'];

  @Words({ description: 'What the referrer was told: told to the referrer in these words.' })
  words!: string;
}

export class ErrorBody extends RecordedWhen {
  @Code(withdrawalReasons)
  reason!: RecordContactInError['data']['reason'];
}
