import { Body, Param, Post } from '@nestjs/common';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { PathId } from '../http/path-id.js';
import { RecordedNarrowing } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { InForce } from '../http/in-force.js';
import { ConfidentialAddressBody, EndedConfidentialityBody } from './shielding-bodies.js';

@CommandRoutes('v1/shielding', 'Confidential addresses')
export class ShieldingRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly inForce: InForce,
  ) {}

  @Post(':familyId')
  @RecordsFact({
    summary: 'Make a family’s addresses confidential',
    description:
      'From then on an address of the family is told and opened to nobody but a hub with the matter in ' +
      'hand, also where it had been told before. Answered 202 where relay or vault do not know of it yet.',
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async shield(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: ConfidentialAddressBody,
  ): Promise<Answered> {
    const data = given(body, 'ground');
    const answered = await this.submitting.submit(
      sent,
      { category: 'shielding', id, type: 'MakeAddressConfidential', data },
      body,
    );
    return this.inForce.said(answered, streamIdOf('shielding', id));
  }

  @Post(':familyId/end')
  @RecordsFact({
    summary: 'End the confidentiality of a family’s addresses',
    description: 'Boxes told before are opened again; an address is told anew when it changes.',
    mayWait: true,
    answers: RecordedNarrowing,
  })
  async end(
    @Sent() sent: Submission,
    @Param('familyId', PathId) id: string,
    @Body() body: EndedConfidentialityBody,
  ): Promise<Answered> {
    const data = given(body, 'reason');
    const answered = await this.submitting.submit(
      sent,
      { category: 'shielding', id, type: 'EndAddressConfidentiality', data },
      body,
    );
    return this.inForce.said(answered, streamIdOf('shielding', id));
  }
}
