import {
  caseloadEndReasons,
  centreActivities,
  mandatedReviews,
  registrationEndReasons,
  reviewMissedReasons,
  reviewPlaces,
} from '@common-thread/domain/code-lists';
import type {
  EndCaseload,
  RecordReviewHeld,
  RecordReviewMissed,
} from '@common-thread/domain/engagement/caseload';
import type {
  EndCentreRegistration,
  RecordAttendance,
} from '@common-thread/domain/engagement/registration';
import { Code, Id, Ids, ShortName, Words } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';
import { HouseholdBody } from '../identification/household-body.js';

const optional = { optional: true } as const;

export class RegistrationBody extends HouseholdBody {
  @ShortName({ description: 'One of your own centres.' })
  placeId!: string;
}

export class CaseloadBody extends HouseholdBody {}

export class EndedRegistrationBody extends RecordedWhen {
  @Code(registrationEndReasons)
  reason!: EndCentreRegistration['data']['reason'];
}

class SessionBody extends RecordedWhen {
  @Code(centreActivities)
  activity!: RecordAttendance['data']['activity'];

  @ShortName({ description: 'One of your own centres.' })
  placeId!: string;

  @Words(optional)
  note?: string;
}

export class AttendanceBody extends SessionBody {
  @Ids({ description: 'Who came: members of the family.' })
  personIds!: string[];
}

export class NotBroughtBody extends SessionBody {
  @Id()
  childId!: string;
}

export class EndedCaseloadBody extends RecordedWhen {
  @Code(caseloadEndReasons)
  reason!: EndCaseload['data']['reason'];
}

class ReviewBody extends RecordedWhen {
  @Id()
  childId!: string;

  @Code(mandatedReviews)
  review!: RecordReviewHeld['data']['review'];

  @Words(optional)
  note?: string;
}

export class HeldReviewBody extends ReviewBody {
  @Code(reviewPlaces)
  place!: RecordReviewHeld['data']['place'];
}

export class MissedReviewBody extends ReviewBody {
  @Code(reviewMissedReasons)
  reason!: RecordReviewMissed['data']['reason'];
}
