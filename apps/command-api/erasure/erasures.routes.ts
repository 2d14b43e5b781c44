import { Body, Param, Post } from '@nestjs/common';
import type { IntentOf } from '../commands/deciders.js';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { PathId } from '../http/path-id.js';
import { Recorded } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import {
  ConfirmedShreddingBody,
  DeclinedShreddingBody,
  LegalHoldBody,
  LiftedHoldBody,
  ShreddingBody,
} from './erasures-bodies.js';

@CommandRoutes('v1/erasures', 'Legal holds and erasure')
export class ErasuresRoutes {
  constructor(private readonly submitting: Submitting) {}

  @Post(':personId/holds')
  @RecordsFact({
    summary: 'Place a legal hold',
    description: 'Until it is lifted nothing recorded of the person can be destroyed.',
    answers: Recorded,
  })
  hold(
    @Sent() sent: Submission,
    @Param('personId', PathId) id: string,
    @Body() body: LegalHoldBody,
  ): Promise<Answered> {
    const data = given(body, 'ground');
    return this.#submit(sent, { category: 'erasure', id, type: 'PlaceLegalHold', data }, body);
  }

  @Post(':personId/holds/lift')
  @RecordsFact({ summary: 'Lift a legal hold', answers: Recorded })
  lift(
    @Sent() sent: Submission,
    @Param('personId', PathId) id: string,
    @Body() body: LiftedHoldBody,
  ): Promise<Answered> {
    const data = given(body, 'ground', 'reason');
    return this.#submit(sent, { category: 'erasure', id, type: 'LiftLegalHold', data }, body);
  }

  @Post(':personId/proposals')
  @RecordsFact({
    summary: 'Propose that one organisation’s holding of a person’s records ends',
    description:
      'About what has been recorded by then: what is recorded later is sealed with new keys and stays ' +
      'outside it. Another officer confirms.',
    answers: Recorded,
  })
  propose(
    @Sent() sent: Submission,
    @Param('personId', PathId) id: string,
    @Body() body: ShreddingBody,
  ): Promise<Answered> {
    const data = given(body, 'holder', 'recordClasses', 'ground');
    return this.#submit(sent, { category: 'erasure', id, type: 'ProposeShredding', data }, body);
  }

  @Post(':personId/confirmation')
  @RecordsFact({
    summary: 'Confirm a shredding that another officer proposed',
    description:
      'Cannot be taken back. The vault ends that organisation’s reading and destroys the keys that ' +
      'nobody else holds.',
    answers: Recorded,
  })
  confirm(
    @Sent() sent: Submission,
    @Param('personId', PathId) id: string,
    @Body() body: ConfirmedShreddingBody,
  ): Promise<Answered> {
    const data = given(body, 'proposalId');
    return this.#submit(sent, { category: 'erasure', id, type: 'ConfirmShredding', data }, body);
  }

  @Post(':personId/decline')
  @RecordsFact({ summary: 'Decline a shredding that was proposed', answers: Recorded })
  decline(
    @Sent() sent: Submission,
    @Param('personId', PathId) id: string,
    @Body() body: DeclinedShreddingBody,
  ): Promise<Answered> {
    const data = given(body, 'proposalId', 'reason');
    return this.#submit(sent, { category: 'erasure', id, type: 'DeclineShredding', data }, body);
  }

  #submit(sent: Submission, intent: IntentOf<'erasure'>, body: object): Promise<Answered> {
    return this.submitting.submit(sent, intent, body);
  }
}
