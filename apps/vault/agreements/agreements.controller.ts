import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { problems } from '@common-thread/platform/problem';
import type { AgreementsTold, AgreementTold } from '@common-thread/platform/sharing-agreements';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { ReadAnswer } from '../auditing/audit-reading.js';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { AgreementBody, AgreementsBody } from './agreements-answer.js';

class AgreementPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly agreementId!: string;
}

@ApiTags('agreements')
@ApiBearerAuth()
@Controller('v1/agreements')
export class AgreementsController {
  constructor(private readonly vault: VaultCore) {}

  @Get()
  @ApiOperation({
    summary: 'Read the sharing agreements',
    description:
      'For information-governance officers: all to a hub’s, elsewhere those their organisation is a ' +
      'party to. Those that have ended are among them. Reading it is in the audit.',
  })
  @ApiOkResponse({ type: AgreementsBody })
  async all(
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgreementsTold> {
    return this.#left(await answering(() => this.vault.agreements.all(actor)), reply);
  }

  @Get(':agreementId')
  @ApiOperation({
    summary: 'Read one sharing agreement: who tells whom what, since when and signed by whom',
    description:
      'For information-governance officers, as the list of them. Reading it is in the audit.',
  })
  @ApiOkResponse({ type: AgreementBody })
  async of(
    @Param() { agreementId }: AgreementPath,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgreementTold> {
    return this.#left(await answering(() => this.vault.agreements.of(actor, agreementId)), reply);
  }

  #left<Answer>(read: ReadAnswer<Answer> | undefined, reply: FastifyReply): Answer {
    if (!read) throw problems.notFound();
    reply.raw.once('finish', () => this.vault.audit.delivered(read.entryId));
    return read.answer;
  }
}
