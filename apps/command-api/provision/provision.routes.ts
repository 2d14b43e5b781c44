import { Body, Post } from '@nestjs/common';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { RecordedByName } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { OrganisationBody, PlaceBody } from './provision-bodies.js';

/**
 * Reference data. The short name in the body names the record, against the rule that a body chooses no
 * target: it must be unique, and what must be unique lives in the stream keyed by it.
 */
@CommandRoutes('v1', 'Organisations and places')
export class ProvisionRoutes {
  constructor(private readonly submitting: Submitting) {}

  @Post('organisations')
  @RecordsFact({ summary: 'Record an organisation', answers: RecordedByName })
  recordOrganisation(@Sent() sent: Submission, @Body() body: OrganisationBody): Promise<Answered> {
    const data = given(body, 'name', 'recipients', 'telephone');
    return this.submitting.submit(
      sent,
      { category: 'organisation', id: body.organisationId, type: 'RecordOrganisation', data },
      body,
    );
  }

  @Post('places')
  @RecordsFact({ summary: 'Record a place', answers: RecordedByName })
  recordPlace(@Sent() sent: Submission, @Body() body: PlaceBody): Promise<Answered> {
    const data = given(body, 'organisationId', 'name', 'cluster', 'district');
    return this.submitting.submit(
      sent,
      { category: 'place', id: body.placeId, type: 'RecordPlace', data },
      body,
    );
  }
}
