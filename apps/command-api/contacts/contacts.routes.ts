import { Body, Param, Post } from '@nestjs/common';
import { derivedId, streamIdOf } from '@common-thread/eventing/identifiers';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { InForce } from '../http/in-force.js';
import { PathId } from '../http/path-id.js';
import {
  Recorded,
  RecordedNarrowing,
  RecordedOfFamily,
  RecordedWithReference,
} from '../http/recorded-bodies.js';
import { referenceIn } from '../http/reference-in.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { WithdrawalBody } from '../http/withdrawal-body.js';
import {
  ContactBody,
  DecisionBody,
  ErrorBody,
  FeedbackBody,
  LinkBody,
  RatingBody,
} from './contacts-bodies.js';
import { Linking } from './linking.js';

const closes =
  'The matter is no longer in hand, and what rested on it is not opened any more. ' +
  'Answered 202 where relay or vault do not know of it yet.';

@CommandRoutes('v1/contacts', 'The hub’s front door')
export class ContactsRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly linking: Linking,
    private readonly inForce: InForce,
  ) {}

  @Post()
  @RecordsFact({ summary: 'Record a contact', answers: RecordedWithReference })
  receive(@Sent() sent: Submission, @Body() body: ContactBody): Promise<Answered> {
    const data = {
      ...given(body, 'channel', 'source', 'familyId', 'childIds', 'need'),
      ...given(body, 'concern', 'describedAs', 'callerDetails', 'wishesAnonymity'),
      hub: sent.actor.recipient,
    };
    const id = derivedId(sent.commandId, 'contact');
    return this.submitting.submit(
      sent,
      { category: 'contact', id, type: 'ReceiveContact', data },
      body,
      { tells: referenceIn },
    );
  }

  @Post(':contactId/links')
  @RecordsFact({ summary: 'Say whom a contact is about', answers: RecordedOfFamily })
  link(
    @Sent() sent: Submission,
    @Param('contactId', PathId) id: string,
    @Body() body: LinkBody,
  ): Promise<Answered> {
    return this.linking.link(sent, id, body);
  }

  @Post(':contactId/rating')
  @RecordsFact({ summary: 'Rate or re-rate a contact', needsTag: true, answers: Recorded })
  rate(
    @Sent() sent: Submission,
    @Param('contactId', PathId) id: string,
    @Body() body: RatingBody,
  ): Promise<Answered> {
    const data = given(body, 'rating', 'reason');
    return this.submitting.submit(
      sent,
      { category: 'contact', id, type: 'RateContact', data },
      body,
      { expects: 'tags' },
    );
  }

  @Post(':contactId/decision')
  @RecordsFact({ summary: 'Decide a contact', needsTag: true, answers: Recorded })
  decide(
    @Sent() sent: Submission,
    @Param('contactId', PathId) id: string,
    @Body() body: DecisionBody,
  ): Promise<Answered> {
    const data = {
      ...given(body, 'outcomes', 'rationale', 'returnReason'),
      decidedBy: body.decidedBy ?? sent.actor.id,
    };
    return this.submitting.submit(
      sent,
      { category: 'contact', id, type: 'DecideContact', data },
      body,
      { expects: 'tags' },
    );
  }

  @Post(':contactId/feedback')
  @RecordsFact({
    summary: 'Record what the referrer was told',
    description: closes,
    needsTag: true,
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async tell(
    @Sent() sent: Submission,
    @Param('contactId', PathId) id: string,
    @Body() body: FeedbackBody,
  ): Promise<Answered> {
    const data = given(body, 'channel', 'words');
    const answered = await this.submitting.submit(
      sent,
      { category: 'contact', id, type: 'GiveFeedback', data },
      body,
      { expects: 'tags' },
    );
    return this.inForce.said(answered, streamIdOf('contact', id));
  }

  @Post(':contactId/error')
  @RecordsFact({
    summary: 'Close a contact as recorded in error',
    description: closes,
    needsTag: true,
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async recordInError(
    @Sent() sent: Submission,
    @Param('contactId', PathId) id: string,
    @Body() body: ErrorBody,
  ): Promise<Answered> {
    const data = given(body, 'reason');
    const answered = await this.submitting.submit(
      sent,
      { category: 'contact', id, type: 'RecordContactInError', data },
      body,
      { expects: 'tags' },
    );
    return this.inForce.said(answered, streamIdOf('contact', id));
  }

  @Post(':contactId/withdrawals')
  @RecordsFact({ summary: 'Withdraw a link or contact recorded in error', answers: Recorded })
  withdraw(
    @Sent() sent: Submission,
    @Param('contactId', PathId) id: string,
    @Body() body: WithdrawalBody,
  ): Promise<Answered> {
    return this.submitting.withdraw(sent, 'contact', id, body);
  }
}
