import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isDay } from '@common-thread/domain/london-day';
import type { AuditedCall, AuditPage } from '@common-thread/platform/auditing';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { AuditPageBody } from './audit-answer.js';
import { AuditAsked, ViewingsAsked } from './audit-query.js';
import type { ReadAnswer } from './audit-reading.js';

@ApiTags('audit')
@ApiBearerAuth()
@Controller('v1')
export class AuditController {
  constructor(private readonly vault: VaultCore) {}

  @Get('audit')
  @ApiOperation({
    summary: 'Read who was given what',
    description:
      'For information-governance officers: all of it at a hub, elsewhere what their own ' +
      'organisation’s people asked. Reading it is in it. Nothing of what was opened is here.',
  })
  @ApiOkResponse({
    type: AuditPageBody,
    headers: { Link: { schema: { type: 'string' }, description: 'RFC 8288: earlier calls.' } },
  })
  async calls(
    @Query() asked: AuditAsked,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AuditPage> {
    for (const part of ['from', 'until'] as const) {
      const day = asked[part];
      if (day === undefined || isDay(day)) continue;
      throw problems.invalidQuery([{ pointer: `/${part}`, detail: 'give a day of the calendar' }]);
    }
    const read = await answering(() => this.vault.auditing.calls(actor, asked));
    const page = this.#left(read, reply);
    if (page.next !== undefined) {
      const earlier = new URLSearchParams();
      for (const [part, value] of Object.entries({ ...asked, before: page.next })) {
        if (value !== undefined) earlier.set(part, String(value));
      }
      reply.header('link', `</v1/audit?${earlier.toString()}>; rel="next"`);
    }
    return page;
  }

  @Get('viewings')
  @ApiOperation({
    summary: 'Read who last looked at a record',
    description:
      'For the manager of a hub that has it in hand, and for the hub’s information-governance ' +
      'officers: the last 25 times, the latest first.',
  })
  @ApiOkResponse({ type: AuditPageBody })
  async viewings(
    @Query() { line }: ViewingsAsked,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ calls: readonly AuditedCall[] }> {
    const read = await answering(() => this.vault.auditing.viewings(actor, line));
    return { calls: this.#left(read, reply) };
  }

  #left<Answer>(read: ReadAnswer<Answer> | undefined, reply: FastifyReply): Answer {
    if (!read) throw problems.notFound();
    reply.raw.once('finish', () => this.vault.audit.delivered(read.entryId));
    return read.answer;
  }
}
