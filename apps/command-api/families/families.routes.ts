import { Body, Param, Post } from '@nestjs/common';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { PathId } from '../http/path-id.js';
import { Recorded, RecordedMember } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { WithdrawalBody } from '../http/withdrawal-body.js';
import { MemberBody, RelationshipBody } from './families-bodies.js';
import { Joining } from './joining.js';

@CommandRoutes('v1/families', 'Families')
export class FamiliesRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly joining: Joining,
  ) {}

  @Post(':familyId/members')
  @RecordsFact({
    summary: 'Add somebody to a family',
    description:
      'Name the person by `personId` where they are in reach or newly registered by your own ' +
      'organisation; otherwise by identifying details, which are matched or registered.',
    answers: RecordedMember,
  })
  join(
    @Sent() sent: Submission,
    @Param('familyId', PathId) familyId: string,
    @Body() body: MemberBody,
  ): Promise<Answered> {
    return this.joining.join(sent, familyId, body);
  }

  @Post(':familyId/relationships')
  @RecordsFact({ summary: 'Record how two members are related', answers: Recorded })
  relate(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: RelationshipBody,
  ): Promise<Answered> {
    const data = given(
      body,
      'personId',
      'relatedPersonId',
      'relationship',
      'parentalResponsibility',
    );
    return this.submitting.submit(
      sent,
      { category: 'family', id, type: 'RecordRelationship', data },
      body,
    );
  }

  @Post(':familyId/withdrawals')
  @RecordsFact({ summary: 'Withdraw a relationship recorded in error', answers: Recorded })
  withdraw(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: WithdrawalBody,
  ): Promise<Answered> {
    return this.submitting.withdraw(sent, 'family', id, body);
  }
}
