import { Body, Param, Post } from '@nestjs/common';
import { derivedId, streamIdOf } from '@common-thread/eventing/identifiers';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { InForce } from '../http/in-force.js';
import { PathId } from '../http/path-id.js';
import { Recorded, RecordedNarrowing } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { AgreementBody, EndedAgreementBody, NarrowedAgreementBody } from './agreements-bodies.js';

const waits = 'Answered 202 where relay or vault do not know of it yet.';

@CommandRoutes('v1/agreements', 'Sharing agreements')
export class AgreementsRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly inForce: InForce,
  ) {}

  @Post()
  @RecordsFact({
    summary: 'Record a signed sharing agreement',
    description:
      'From its first day on what each party records is told to the others as far as it goes. What ' +
      'happened before that day is not told because of it. For officers of a hub: an officer of one party ' +
      'alone cannot say that the others have signed.',
    answers: Recorded,
  })
  sign(@Sent() sent: Submission, @Body() body: AgreementBody): Promise<Answered> {
    const data = {
      ...scopeIn(body),
      ...given(body, 'parties', 'purpose', 'lawfulBases', 'from', 'until', 'signatories'),
      ...given(body, 'takesBackAtExpiry'),
    };
    const id = derivedId(sent.commandId, 'agreement');
    return this.submitting.submit(
      sent,
      { category: 'agreement', id, type: 'SignAgreement', data },
      body,
    );
  }

  @Post(':agreementId/narrowing')
  @RecordsFact({
    summary: 'Narrow a sharing agreement',
    description:
      'A new version that shares less, in force from the next event on. For officers of a hub and of a ' +
      'party. ' +
      waits,
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async narrow(
    @Sent() sent: Submission,
    @Param('agreementId', PathId) id: string,
    @Body() body: NarrowedAgreementBody,
  ): Promise<Answered> {
    const data = { ...scopeIn(body), ...given(body, 'reason', 'signatories', 'takesBack') };
    const answered = await this.submitting.submit(
      sent,
      { category: 'agreement', id, type: 'NarrowAgreement', data },
      body,
    );
    return this.inForce.said(answered, streamIdOf('agreement', id));
  }

  @Post(':agreementId/end')
  @RecordsFact({
    summary: 'End a sharing agreement',
    description:
      'From the next event on nothing is told under it, and nothing that rests on it is opened. Where ' +
      'it takes back, everyone who was told is told of a withdrawal. For officers of a hub, and of a party ' +
      'that ends it. ' +
      waits,
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async end(
    @Sent() sent: Submission,
    @Param('agreementId', PathId) id: string,
    @Body() body: EndedAgreementBody,
  ): Promise<Answered> {
    const data = given(body, 'reason', 'endedBy', 'takesBack');
    const answered = await this.submitting.submit(
      sent,
      { category: 'agreement', id, type: 'EndAgreement', data },
      body,
    );
    return this.inForce.said(answered, streamIdOf('agreement', id));
  }
}

/** A kind of fact in no list is not shared. */
function scopeIn({
  content = [],
  notice = [],
  existence = [],
}: Pick<AgreementBody, 'content' | 'notice' | 'existence'>) {
  return { content, notice, existence };
}
