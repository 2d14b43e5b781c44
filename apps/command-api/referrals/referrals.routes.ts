import { Body, Param, Post } from '@nestjs/common';
import { Refusal } from '@common-thread/eventing/decider';
import { derivedId } from '@common-thread/eventing/identifiers';
import { PolicyFollower } from '../authorisation/policy-follower.js';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { PathId } from '../http/path-id.js';
import { Recorded, RecordedWithReference } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { referenceIn } from '../http/reference-in.js';
import { WithdrawalBody } from '../http/withdrawal-body.js';
import { ReferralBody } from './referral-body.js';

@CommandRoutes('v1/referrals', 'Referrals')
export class ReferralsRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly policy: PolicyFollower,
  ) {}

  @Post()
  @RecordsFact({
    summary: 'Refer a family to the hub',
    description: 'Recorded is received: the hub’s contact follows by itself.',
    answers: RecordedWithReference,
  })
  raise(@Sent() sent: Submission, @Body() body: ReferralBody): Promise<Answered> {
    const data = {
      ...given(body, 'familyId', 'childIds', 'to', 'need', 'level', 'statement'),
      ...given(body, 'parentsInformed', 'groundNotInformed'),
      ...given(body, 'concern', 'supportTried', 'safeContact', 'referrerContact'),
      from: sent.actor.recipient,
    };
    const id = derivedId(sent.commandId, 'referral');
    return this.submitting.submit(
      sent,
      { category: 'referral', id, type: 'RaiseReferral', data },
      body,
      { requires: () => this.#unknownHub(body.to), tells: referenceIn },
    );
  }

  @Post(':referralId/withdrawals')
  @RecordsFact({ summary: 'Withdraw a referral raised in error', answers: Recorded })
  withdraw(
    @Sent() sent: Submission,
    @Param('referralId', PathId) id: string,
    @Body() body: WithdrawalBody,
  ): Promise<Answered> {
    return this.submitting.withdraw(sent, 'referral', id, body);
  }

  /** A referral to a hub that nobody keeps would never be read. */
  async #unknownHub(to: string): Promise<Refusal | undefined> {
    const { recipients } = await this.policy.current();
    return recipients.has(to) ? undefined : noSuchHub;
  }
}

const noSuchHub = new Refusal(
  'referral/no-such-hub',
  'No hub of that name takes referrals here. Check its short name.',
  '/to',
);
