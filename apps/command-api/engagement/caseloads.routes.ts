import { Body, Param, Post } from '@nestjs/common';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { InForce } from '../http/in-force.js';
import { PathId } from '../http/path-id.js';
import { Recorded, RecordedNarrowing, RecordedOfFamily } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { WithdrawalBody } from '../http/withdrawal-body.js';
import { Beginning } from './beginning.js';
import {
  CaseloadBody,
  EndedCaseloadBody,
  HeldReviewBody,
  MissedReviewBody,
} from './engagement-bodies.js';

@CommandRoutes('v1/caseloads', 'Health visiting')
export class CaseloadsRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly beginning: Beginning,
    private readonly inForce: InForce,
  ) {}

  @Post()
  @RecordsFact({
    summary: 'Take a family on your caseload',
    description:
      'By identifying details of one member. For an unborn child give the mother’s, then add the ' +
      'child to the family.',
    answers: RecordedOfFamily,
  })
  begin(@Sent() sent: Submission, @Body() body: CaseloadBody): Promise<Answered> {
    return this.beginning.begin(sent, { kind: 'caseload', body });
  }

  @Post(':caseloadId/end')
  @RecordsFact({
    summary: 'Record that a family left the caseload',
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async end(
    @Sent() sent: Submission,
    @Param('caseloadId', PathId) id: string,
    @Body() body: EndedCaseloadBody,
  ): Promise<Answered> {
    const data = given(body, 'reason');
    const answered = await this.submitting.submit(
      sent,
      { category: 'caseload', id, type: 'EndCaseload', data },
      body,
    );
    return this.inForce.said(answered, streamIdOf('caseload', id));
  }

  @Post(':caseloadId/reviews-held')
  @RecordsFact({ summary: 'Record a mandated review as held', answers: Recorded })
  hold(
    @Sent() sent: Submission,
    @Param('caseloadId', PathId) id: string,
    @Body() body: HeldReviewBody,
  ): Promise<Answered> {
    const data = given(body, 'childId', 'review', 'place', 'note');
    return this.submitting.submit(
      sent,
      { category: 'caseload', id, type: 'RecordReviewHeld', data },
      body,
    );
  }

  @Post(':caseloadId/reviews-missed')
  @RecordsFact({ summary: 'Record a mandated review as missed', answers: Recorded })
  miss(
    @Sent() sent: Submission,
    @Param('caseloadId', PathId) id: string,
    @Body() body: MissedReviewBody,
  ): Promise<Answered> {
    const data = given(body, 'childId', 'review', 'reason', 'note');
    return this.submitting.submit(
      sent,
      { category: 'caseload', id, type: 'RecordReviewMissed', data },
      body,
    );
  }

  @Post(':caseloadId/withdrawals')
  @RecordsFact({
    summary: 'Withdraw a caseload entry or review recorded in error',
    answers: Recorded,
  })
  withdraw(
    @Sent() sent: Submission,
    @Param('caseloadId', PathId) id: string,
    @Body() body: WithdrawalBody,
  ): Promise<Answered> {
    return this.submitting.withdraw(sent, 'caseload', id, body);
  }
}
