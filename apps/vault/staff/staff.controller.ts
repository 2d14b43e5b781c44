import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isDay } from '@common-thread/domain/london-day';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { StaffReport } from '@common-thread/platform/staff';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { StaffBody, StaffReportAsked, StaffReportBody } from './staff-body.js';

@ApiTags('audit')
@ApiBearerAuth()
@Controller('v1/staff')
export class StaffController {
  constructor(private readonly vault: VaultCore) {}

  @Post()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Enter members of staff',
    description:
      'For information-governance officers: of everybody at a hub, elsewhere of their own. Kept as ' +
      'keyed hashes, in place of what was kept of the same member before.',
  })
  @ApiNoContentResponse()
  async enter(@Body() { staff }: StaffBody, @Caller() { actor }: SignedInCaller): Promise<void> {
    const isTheirs = await answering(() => this.vault.staffRegister.enter(actor, staff));
    if (!isTheirs) throw problems.notFound();
  }

  @Get('report')
  @ApiOperation({
    summary: 'Say who looked at themselves, at their home or at their name',
    description:
      'For information-governance officers, of one London day. Of how many people and in how many ' +
      'calls; never of whom.',
  })
  @ApiOkResponse({ type: StaffReportBody })
  async report(
    @Query() { day }: StaffReportAsked,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffReport> {
    if (!isDay(day)) {
      throw problems.invalidQuery([{ pointer: '/day', detail: 'give a day of the calendar' }]);
    }
    const read = await answering(() => this.vault.staffRegister.report(actor, day));
    if (!read) throw problems.notFound();
    reply.raw.once('finish', () => this.vault.audit.delivered(read.entryId));
    return read.answer;
  }
}
