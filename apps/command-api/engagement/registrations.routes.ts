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
  AttendanceBody,
  EndedRegistrationBody,
  NotBroughtBody,
  RegistrationBody,
} from './engagement-bodies.js';
import { OwnPlaces } from './own-places.js';

@CommandRoutes('v1/registrations', 'Children’s centres')
export class RegistrationsRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly beginning: Beginning,
    private readonly inForce: InForce,
    private readonly places: OwnPlaces,
  ) {}

  @Post()
  @RecordsFact({
    summary: 'Register a family at one of your centres',
    description:
      'By identifying details of one member. Where they mean somebody in one household, that ' +
      'household is registered; where nobody, they are registered with a new one.',
    answers: RecordedOfFamily,
  })
  begin(@Sent() sent: Submission, @Body() body: RegistrationBody): Promise<Answered> {
    return this.beginning.begin(sent, { kind: 'registration', body });
  }

  @Post(':registrationId/end')
  @RecordsFact({ summary: 'End a registration', mayWait: true, answers: RecordedNarrowing })
  async end(
    @Sent() sent: Submission,
    @Param('registrationId', PathId) id: string,
    @Body() body: EndedRegistrationBody,
  ): Promise<Answered> {
    const data = given(body, 'reason');
    const answered = await this.submitting.submit(
      sent,
      { category: 'registration', id, type: 'EndCentreRegistration', data },
      body,
    );
    return this.inForce.said(answered, streamIdOf('registration', id));
  }

  @Post(':registrationId/attendances')
  @RecordsFact({ summary: 'Record who came to a session', answers: Recorded })
  attend(
    @Sent() sent: Submission,
    @Param('registrationId', PathId) id: string,
    @Body() body: AttendanceBody,
  ): Promise<Answered> {
    const data = given(body, 'personIds', 'activity', 'placeId', 'note');
    return this.submitting.submit(
      sent,
      { category: 'registration', id, type: 'RecordAttendance', data },
      body,
      { requires: () => this.places.refusal(sent.actor, body.placeId) },
    );
  }

  @Post(':registrationId/not-brought')
  @RecordsFact({ summary: 'Record that a child was not brought', answers: Recorded })
  missOut(
    @Sent() sent: Submission,
    @Param('registrationId', PathId) id: string,
    @Body() body: NotBroughtBody,
  ): Promise<Answered> {
    const data = given(body, 'childId', 'activity', 'placeId', 'note');
    return this.submitting.submit(
      sent,
      { category: 'registration', id, type: 'RecordChildNotBrought', data },
      body,
      { requires: () => this.places.refusal(sent.actor, body.placeId) },
    );
  }

  @Post(':registrationId/withdrawals')
  @RecordsFact({
    summary: 'Withdraw a registration, attendance or end recorded in error',
    answers: Recorded,
  })
  withdraw(
    @Sent() sent: Submission,
    @Param('registrationId', PathId) id: string,
    @Body() body: WithdrawalBody,
  ): Promise<Answered> {
    return this.submitting.withdraw(sent, 'registration', id, body);
  }
}
