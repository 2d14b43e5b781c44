import { Body, Param, Post } from '@nestjs/common';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { InForce } from '../http/in-force.js';
import { PathId } from '../http/path-id.js';
import { Recorded, RecordedNarrowing } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import {
  LiftedRestrictionBody,
  RestrictionBody,
  ReviewedRestrictionBody,
} from './restrictions-bodies.js';

@CommandRoutes('v1/restrictions', 'Restricted records')
export class RestrictionsRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly inForce: InForce,
  ) {}

  @Post(':familyId')
  @RecordsFact({
    summary: 'Restrict a family',
    description:
      'From then on nobody but a hub may know that the family is known. Everybody else who was ' +
      'told of it is told of a withdrawal like any other, which does not say why. Answered 202 ' +
      'where relay or vault do not know of it yet.',
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async restrict(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: RestrictionBody,
  ): Promise<Answered> {
    const terms = given(body, 'ground', 'authority', 'speakTo', 'reviewOn');
    const data = { ...terms, hub: sent.actor.recipient };
    const answered = await this.submitting.submit(
      sent,
      { category: 'restriction', id, type: 'RestrictFamily', data },
      body,
    );
    return this.inForce.said(answered, streamIdOf('restriction', id));
  }

  @Post(':familyId/reviews')
  @RecordsFact({
    summary: 'Record that a restriction was reviewed and is kept up',
    answers: Recorded,
  })
  review(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: ReviewedRestrictionBody,
  ): Promise<Answered> {
    const data = given(body, 'authority', 'reviewOn');
    return this.submitting.submit(
      sent,
      { category: 'restriction', id, type: 'ReviewRestriction', data },
      body,
    );
  }

  @Post(':familyId/lift')
  @RecordsFact({
    summary: 'Lift a restriction',
    description: 'Whoever is related to the family is told of it again.',
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async lift(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: LiftedRestrictionBody,
  ): Promise<Answered> {
    const data = given(body, 'reason');
    const answered = await this.submitting.submit(
      sent,
      { category: 'restriction', id, type: 'LiftRestriction', data },
      body,
    );
    return this.inForce.said(answered, streamIdOf('restriction', id));
  }
}
