import { Controller, Get, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { ErasuresBody } from './erasures-answer.js';

@ApiTags('erasure')
@ApiBearerAuth()
@Controller('v1')
export class ErasuresController {
  constructor(private readonly vault: VaultCore) {}

  @Get('erasures')
  @ApiOperation({
    summary: 'Read what was proposed to be destroyed, and how far it has come',
    description:
      'For the hub’s information-governance officers, the latest first. Each says when it is complete: ' +
      'once no backup of the bucket keys is left that could bring it back. Reading it is in the audit.',
  })
  @ApiOkResponse({ type: ErasuresBody })
  async erasures(
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasuresBody> {
    const read = await answering(() => this.vault.erasures.erasures(actor));
    if (!read) throw problems.notFound();
    reply.raw.once('finish', () => this.vault.audit.delivered(read.entryId));
    return { erasures: read.answer };
  }
}
