import { Body, Post } from '@nestjs/common';
import { COUNTY_TABLE } from '@common-thread/domain/sharing/table';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import { problems } from '@common-thread/platform/problem';
import { PolicyFollower } from '../authorisation/policy-follower.js';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { InForce } from '../http/in-force.js';
import { Recorded, RecordedNarrowing } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { switchFault } from './switch-fault.js';
import { PastWithdrawalBody, RedisclosureBody, SwitchBody } from './tables-bodies.js';

@CommandRoutes('v1/tables', 'The disclosure table')
export class TablesRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly policy: PolicyFollower,
    private readonly inForce: InForce,
  ) {}

  @Post('switches')
  @RecordsFact({
    summary: 'Switch to another version of the disclosure table',
    description:
      'From the next event on everybody is told by that version. What was told before stays told, and ' +
      'nothing earlier is told because of it.',
    answers: Recorded,
  })
  async switch(@Sent() sent: Submission, @Body() body: SwitchBody): Promise<Answered> {
    const fault = switchFault((await this.policy.current()).table, body);
    if (fault) throw problems.invalidBody([fault]);
    const data = given(body, 'tableVersion', 'insteadOf', 'signedBy');
    return this.submitting.submit(
      sent,
      { category: 'table', id: COUNTY_TABLE, type: 'SwitchTable', data },
      body,
    );
  }

  @Post('redisclosures')
  @RecordsFact({
    summary: 'Tell recipients of the past what may be told by now',
    description:
      'What was recorded on these days under these versions, and a recipient related to the family may be ' +
      'told by now, is told: what had not been told, and anew what had been told with less. ' +
      'Nothing is told that the table in force, an agreement, a restriction or a confidential address forbids.',
    answers: Recorded,
  })
  async redisclose(@Sent() sent: Submission, @Body() body: RedisclosureBody): Promise<Answered> {
    const data = { ...selectionIn(body), ...given(body, 'from', 'until', 'reason') };
    return this.submitting.submit(
      sent,
      { category: 'table', id: COUNTY_TABLE, type: 'RedisclosePast', data },
      body,
    );
  }

  @Post('withdrawals')
  @RecordsFact({
    summary: 'Withdraw what the table no longer lets be told',
    description:
      'Every row told of what was recorded under these versions, and telling more than the table in force ' +
      'lets be told, is withdrawn from whoever was told, related or not; what it still lets be told ' +
      'is told again to those related. Nothing of it is opened any more. ' +
      'Answered 202 where relay or vault do not know of it yet.',
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async withdraw(@Sent() sent: Submission, @Body() body: PastWithdrawalBody): Promise<Answered> {
    const data = { ...selectionIn(body), ...given(body, 'reason') };
    const answered = await this.submitting.submit(
      sent,
      { category: 'table', id: COUNTY_TABLE, type: 'WithdrawPast', data },
      body,
    );
    return this.inForce.said(answered, streamIdOf('table', COUNTY_TABLE));
  }
}

function selectionIn(body: RedisclosureBody | PastWithdrawalBody) {
  return given(body, 'tableVersion', 'recordedUnder', 'kinds', 'recipients', 'signedBy');
}
