import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { RevealAnswerBody, RevealPageBody } from './reveal-body.js';

@ApiTags('vault')
@ApiBearerAuth()
@Controller('v1')
export class RevealController {
  constructor(private readonly vault: VaultCore) {}

  @Post('reveal')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Open sealed values',
    description:
      'Opens for the caller’s own token what that caller may see. Each call is in the audit before ' +
      'anything is opened, also one that asks for no boxes. Keep nothing of the answer beyond the request.',
  })
  @ApiOkResponse({ type: RevealAnswerBody })
  async reveal(
    @Body() page: RevealPageBody,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RevealAnswerBody> {
    const { revealed, entryId } = await answering(() => this.vault.reveals.reveal(actor, page));
    reply.raw.once('finish', () => this.vault.audit.delivered(entryId));
    return { revealed };
  }
}
