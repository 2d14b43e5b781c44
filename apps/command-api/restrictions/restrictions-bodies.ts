import {
  restrictionAuthorities,
  restrictionEnquiries,
  restrictionGrounds,
  restrictionLiftReasons,
} from '@common-thread/domain/code-lists';
import type {
  LiftRestriction,
  RestrictFamily,
} from '@common-thread/domain/restriction/restriction';
import { Code, Day } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

type Authority = RestrictFamily['data']['authority'];

export class RestrictionBody extends RecordedWhen {
  @Code(restrictionGrounds, {
    description: 'Known to the hub that restricts, and to nobody else.',
  })
  ground!: RestrictFamily['data']['ground'];

  @Code(restrictionAuthorities, { description: 'Who agreed to it.' })
  authority!: Authority;

  @Code(restrictionEnquiries, { description: 'The post to speak to about the family.' })
  speakTo!: RestrictFamily['data']['speakTo'];

  @Day({ description: 'When somebody asks whether it is still needed: within 90 days.' })
  reviewOn!: string;
}

export class ReviewedRestrictionBody extends RecordedWhen {
  @Code(restrictionAuthorities)
  authority!: Authority;

  @Day({ description: 'The next review: within 90 days.' })
  reviewOn!: string;
}

export class LiftedRestrictionBody extends RecordedWhen {
  @Code(restrictionLiftReasons)
  reason!: LiftRestriction['data']['reason'];
}
