import { Body, Param, Post } from '@nestjs/common';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { PathId } from '../http/path-id.js';
import { Recorded, RecordedConsent, RecordedNarrowing } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { InForce } from '../http/in-force.js';
import {
  ConsentBody,
  NotSharedBody,
  SharedBody,
  ViewsBody,
  WithdrawnConsentBody,
} from './sharing-bodies.js';

@CommandRoutes('v1/sharing', 'Decisions to share, views and consent')
export class SharingRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly inForce: InForce,
  ) {}

  @Post(':familyId/shared')
  @RecordsFact({
    summary: 'Record that something was shared, why, and in what words',
    answers: Recorded,
  })
  share(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: SharedBody,
  ): Promise<Answered> {
    const data = {
      ...given(body, 'agency', 'recipient', 'channel', 'consent', 'groundOverridden'),
      ...given(body, 'reason', 'words'),
      hub: sent.actor.recipient,
    };
    return this.submitting.submit(
      sent,
      { category: 'sharing', id, type: 'DecideToShare', data },
      body,
    );
  }

  @Post(':familyId/not-shared')
  @RecordsFact({ summary: 'Record that something is not shared, and why', answers: Recorded })
  keep(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: NotSharedBody,
  ): Promise<Answered> {
    const data = {
      ...given(body, 'agency', 'recipient', 'because', 'reason'),
      hub: sent.actor.recipient,
    };
    return this.submitting.submit(
      sent,
      { category: 'sharing', id, type: 'DecideNotToShare', data },
      body,
    );
  }

  @Post(':familyId/views')
  @RecordsFact({ summary: 'Record what parents or child say to it', answers: Recorded })
  views(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: ViewsBody,
  ): Promise<Answered> {
    const data = {
      ...given(body, 'whose', 'informed', 'groundNotInformed', 'words'),
      hub: sent.actor.recipient,
    };
    return this.submitting.submit(
      sent,
      { category: 'sharing', id, type: 'RecordViews', data },
      body,
    );
  }

  @Post(':familyId/consents')
  @RecordsFact({
    summary: 'Record that a family consents',
    description:
      'From the next event on what one of these organisations records of the family is told to the ' +
      'others as far as it goes, until it is withdrawn.',
    answers: RecordedConsent,
  })
  consent(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: ConsentBody,
  ): Promise<Answered> {
    const terms = given(body, 'whose', 'parties', 'content', 'words');
    const data = { ...terms, hub: sent.actor.recipient };
    return this.submitting.submit(
      sent,
      { category: 'sharing', id, type: 'RecordConsent', data },
      body,
      {
        tells: (events) => {
          const consent = events.find(({ type }) => type === 'ConsentRecorded');
          return consent && 'consentId' in consent.data
            ? { consentId: consent.data.consentId }
            : {};
        },
      },
    );
  }

  @Post(':familyId/consent-withdrawals')
  @RecordsFact({
    summary: 'Record that a consent is withdrawn',
    description:
      'From the next event on nothing is told under it, and nothing that rests on it is opened. ' +
      'Answered 202 where relay or vault do not know of it yet.',
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async withdraw(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: WithdrawnConsentBody,
  ): Promise<Answered> {
    const data = given(body, 'consentId', 'takesBack');
    const answered = await this.submitting.submit(
      sent,
      { category: 'sharing', id, type: 'WithdrawConsent', data },
      body,
    );
    return this.inForce.said(answered, streamIdOf('sharing', id));
  }
}
