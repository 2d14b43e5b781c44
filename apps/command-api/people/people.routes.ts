import { Body, Param, Post } from '@nestjs/common';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { PathId } from '../http/path-id.js';
import { Recorded } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { WithdrawalBody } from '../http/withdrawal-body.js';
import { Records } from '../records.js';
import { CorrectionBody, PersonBody } from './people-bodies.js';

const details = [
  'sex',
  'givenName',
  'familyName',
  'knownAs',
  'dateOfBirth',
  'expectedDate',
  'nhsNumber',
  'telephone',
] as const;

@CommandRoutes('v1/people', 'People')
export class PeopleRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly records: Records,
  ) {}

  @Post()
  @RecordsFact({ summary: 'Register a person', answers: Recorded })
  register(@Sent() sent: Submission, @Body() body: PersonBody): Promise<Answered> {
    const data = { kind: body.kind, ...given(body, ...details) };
    const id = derivedId(sent.commandId, 'person');
    return this.submitting.submit(
      sent,
      { category: 'person', id, type: 'RegisterPerson', data },
      body,
    );
  }

  @Post(':personId/corrections')
  @RecordsFact({
    summary: 'Correct a person’s details',
    description: 'Only what was wrong, as it should read.',
    needsTag: true,
    answers: Recorded,
  })
  async correct(
    @Sent() sent: Submission,
    @Param('personId', PathId) id: string,
    @Body() body: CorrectionBody,
  ): Promise<Answered> {
    const [registered] = await this.records.history('person', id);
    const data = { ...given(body, ...details), corrects: registered?.id ?? id };
    return this.submitting.submit(
      sent,
      { category: 'person', id, type: 'CorrectPersonDetails', data },
      body,
      { expects: 'tags' },
    );
  }

  @Post(':personId/withdrawals')
  @RecordsFact({
    summary: 'Withdraw a registration or correction made in error',
    answers: Recorded,
  })
  async withdraw(
    @Sent() sent: Submission,
    @Param('personId', PathId) id: string,
    @Body() body: WithdrawalBody,
  ): Promise<Answered> {
    return this.submitting.withdraw(sent, 'person', id, body);
  }
}
