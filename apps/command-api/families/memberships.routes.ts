import { Body, Param, Post } from '@nestjs/common';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { PathId } from '../http/path-id.js';
import { Recorded } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { WithdrawalBody } from '../http/withdrawal-body.js';
import {
  ChangedAddressBody,
  CorrectedAddressBody,
  EndedMembershipBody,
} from './families-bodies.js';

@CommandRoutes('v1/memberships', 'Families')
export class MembershipsRoutes {
  constructor(private readonly submitting: Submitting) {}

  @Post(':membershipId/address')
  @RecordsFact({
    summary: 'Record a move',
    description:
      'A new fact, also where a new address protects somebody. For what never was so, correct.',
    answers: Recorded,
  })
  move(
    @Sent() sent: Submission,
    @Param('membershipId', PathId) id: string,
    @Body() body: ChangedAddressBody,
  ): Promise<Answered> {
    const data = given(body, 'address', 'postcode');
    return this.submitting.submit(
      sent,
      { category: 'membership', id, type: 'ChangeAddress', data },
      body,
    );
  }

  @Post(':membershipId/address-corrections')
  @RecordsFact({ summary: 'Correct an address', needsTag: true, answers: Recorded })
  async correct(
    @Sent() sent: Submission,
    @Param('membershipId', PathId) id: string,
    @Body() body: CorrectedAddressBody,
  ): Promise<Answered> {
    const corrects = await this.submitting.recordNamed(sent, body.record, 'membership', id);
    const data = { ...given(body, 'address', 'postcode'), corrects };
    return this.submitting.submit(
      sent,
      { category: 'membership', id, type: 'CorrectAddress', data },
      body,
      { expects: 'tags' },
    );
  }

  @Post(':membershipId/end')
  @RecordsFact({ summary: 'Record that somebody left the family', answers: Recorded })
  end(
    @Sent() sent: Submission,
    @Param('membershipId', PathId) id: string,
    @Body() body: EndedMembershipBody,
  ): Promise<Answered> {
    return this.submitting.submit(
      sent,
      { category: 'membership', id, type: 'EndMembership', data: {} },
      body,
    );
  }

  @Post(':membershipId/withdrawals')
  @RecordsFact({ summary: 'Withdraw a membership or move recorded in error', answers: Recorded })
  withdraw(
    @Sent() sent: Submission,
    @Param('membershipId', PathId) id: string,
    @Body() body: WithdrawalBody,
  ): Promise<Answered> {
    return this.submitting.withdraw(sent, 'membership', id, body);
  }
}
