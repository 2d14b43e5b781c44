import { Body, Post } from '@nestjs/common';
import { acrossExistence, tableOf } from '@common-thread/disclosure/tables';
import type { Tables } from '@common-thread/disclosure/tables';
import { COUNTY_TABLE } from '@common-thread/domain/sharing/table';
import { problems } from '@common-thread/platform/problem';
import { PolicyFollower } from '../authorisation/policy-follower.js';
import type { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import { CommandRoutes, RecordsFact } from '../http/command-routes.js';
import { Recorded } from '../http/recorded-bodies.js';
import type { Submission } from '../http/submission.js';
import { Sent } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { SwitchBody } from './tables-bodies.js';

@CommandRoutes('v1/tables', 'The disclosure table')
export class TablesRoutes {
  constructor(
    private readonly submitting: Submitting,
    private readonly policy: PolicyFollower,
  ) {}

  @Post('switches')
  @RecordsFact({
    summary: 'Switch to another version of the disclosure table',
    description:
      'From the next event on everybody is told by that version. What was told before stays told, and ' +
      'nothing earlier is told because of it.',
    answers: Recorded,
  })
  async switch(@Sent() sent: Submission, @Body() body: SwitchBody): Promise<Answered> {
    const { tables } = (await this.policy.current()).table;
    assertReleased(tables, body.tableVersion, '/tableVersion');
    assertReleased(tables, body.insteadOf, '/insteadOf');
    assertWhole(tables, body);
    const data = given(body, 'tableVersion', 'insteadOf', 'signedBy');
    return this.submitting.submit(
      sent,
      { category: 'table', id: COUNTY_TABLE, type: 'SwitchTable', data },
      body,
    );
  }
}

function assertReleased(tables: Tables, version: number, pointer: string): void {
  if (tables.has(version)) return;
  const there = [...tables.keys()].sort((a, b) => a - b).join(', ');
  throw problems.invalidBody([
    { pointer, detail: `There is no released version ${version}. Released are: ${there}` },
  ]);
}

/** Somebody told that a service is involved would never hear that it is not. */
function assertWhole(tables: Tables, { tableVersion, insteadOf }: SwitchBody): void {
  const torn = acrossExistence(tableOf(tables, insteadOf), tableOf(tables, tableVersion));
  if (torn.length === 0) return;
  throw problems.invalidBody([
    {
      pointer: '/tableVersion',
      detail:
        'It tells the beginning or end of an involvement as existence where the other does not: ' +
        `${torn.join('; ')}. Release a version that leaves these as they were`,
    },
  ]);
}
