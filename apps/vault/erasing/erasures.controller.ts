import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { DueList, Erasure, PersonErasure } from '@common-thread/platform/erasing';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { ReadAnswer } from '../auditing/audit-reading.js';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { DueListBody, PersonErasureBody } from './due-answer.js';
import { ErasuresBody } from './erasures-answer.js';

class PersonPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly personId!: string;
}

@ApiTags('erasure')
@ApiBearerAuth()
@Controller('v1/erasures')
export class ErasuresController {
  constructor(private readonly vault: VaultCore) {}

  @Get()
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
  ): Promise<{ readonly erasures: readonly Erasure[] }> {
    const read = await answering(() => this.vault.erasures.erasures(actor));
    return { erasures: this.#left(read, reply) };
  }

  @Get('due')
  @ApiOperation({
    summary: 'Read what is due to be destroyed',
    description:
      'For the hub’s information-governance officers: what each organisation whose work has ended holds of ' +
      'each person, by when the time to keep it is over, a year ahead. A due day is told as the first of a ' +
      'month, never early. Births are opened for it within the vault; that and the reading are in the audit.',
  })
  @ApiOkResponse({ type: DueListBody })
  async due(
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DueList> {
    return this.#left(await answering(() => this.vault.erasures.due(actor)), reply);
  }

  @Get(':personId')
  @ApiOperation({
    summary:
      'Read until when a person’s records are kept, who holds their keys, and what was decided',
    description: 'For the hub’s information-governance officers. Reading it is in the audit.',
  })
  @ApiOkResponse({ type: PersonErasureBody })
  async of(
    @Param() { personId }: PersonPath,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonErasure> {
    return this.#left(await answering(() => this.vault.erasures.of(actor, personId)), reply);
  }

  #left<Answer>(read: ReadAnswer<Answer> | undefined, reply: FastifyReply): Answer {
    if (!read) throw problems.notFound();
    reply.raw.once('finish', () => this.vault.audit.delivered(read.entryId));
    return read.answer;
  }
}
