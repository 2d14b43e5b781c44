import { Body, Param, Post } from '@nestjs/common';
import { person } from '@common-thread/domain/person/person';
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
import { BirthBody, CorrectionBody, PersonBody } from './people-bodies.js';

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

const knownWithBirth = ['sex', 'givenName', 'familyName', 'knownAs', 'nhsNumber'] as const;

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

  @Post(':personId/birth')
  @RecordsFact({
    summary: 'Record the birth of an expected child',
    description:
      'Reviews are offered from the day of birth on. `occurredAt` is when the birth was made known, ' +
      'never the day of birth, which is kept sealed.',
    answers: Recorded,
  })
  bear(
    @Sent() sent: Submission,
    @Param('personId', PathId) id: string,
    @Body() body: BirthBody,
  ): Promise<Answered> {
    const data = { dateOfBirth: body.dateOfBirth, ...given(body, ...knownWithBirth) };
    return this.submitting.submit(
      sent,
      { category: 'person', id, type: 'RecordBirth', data },
      body,
    );
  }

  @Post(':personId/corrections')
  @RecordsFact({
    summary: 'Correct a person’s details',
    description:
      'Only what was wrong, as it should read. Of a child whose birth is recorded, what the birth told ' +
      'is corrected; the expected date is the registration’s.',
    needsTag: true,
    answers: Recorded,
  })
  async correct(
    @Sent() sent: Submission,
    @Param('personId', PathId) id: string,
    @Body() body: CorrectionBody,
  ): Promise<Answered> {
    const history = await this.records.history('person', id);
    const { registered, born } = history.reduce(
      (state, event) => person.evolve(state, event),
      person.initialState,
    );
    const told = body.expectedDate === undefined ? (born ?? registered) : registered;
    const data = { ...given(body, ...details), corrects: told?.id ?? id };
    return this.submitting.submit(
      sent,
      { category: 'person', id, type: 'CorrectPersonDetails', data },
      body,
      { expects: 'tags' },
    );
  }

  @Post(':personId/withdrawals')
  @RecordsFact({
    summary: 'Withdraw a registration, birth or correction recorded in error',
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
