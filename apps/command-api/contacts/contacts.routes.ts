import { Body, Param, Post } from '@nestjs/common';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { PathId } from '../http/path-id.js';
import { Recorded, RecordedOfFamily, RecordedWithReference } from '../http/recorded-bodies.js';
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

@CommandRoutes('v1/contacts', 'The hub’s front door')
export class ContactsRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly linking: Linking,
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
    needsTag: true,
    answers: Recorded,
  })
  tell(
    @Sent() sent: Submission,
    @Param('contactId', PathId) id: string,
    @Body() body: FeedbackBody,
  ): Promise<Answered> {
    const data = given(body, 'channel', 'words');
    return this.submitting.submit(
      sent,
      { category: 'contact', id, type: 'GiveFeedback', data },
      body,
      { expects: 'tags' },
    );
  }

  @Post(':contactId/error')
  @RecordsFact({
    summary: 'Close a contact as recorded in error',
    needsTag: true,
    answers: Recorded,
  })
  recordInError(
    @Sent() sent: Submission,
    @Param('contactId', PathId) id: string,
    @Body() body: ErrorBody,
  ): Promise<Answered> {
    const data = given(body, 'reason');
    return this.submitting.submit(
      sent,
      { category: 'contact', id, type: 'RecordContactInError', data },
      body,
      { expects: 'tags' },
    );
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
