import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor, Role } from '@common-thread/platform/actor';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { answering } from '../problems.js';
import { VaultStale } from '../following/log-follower.js';
import { VaultCore } from '../vault-core.js';
import { LookUpAnswerBody, LookUpBody } from './look-up-body.js';

/**
 * Whoever answers the hub's telephone, and its officers, who find by it whose audit they are asked for.
 * Everybody else is told that there is no such route.
 */
const lookingUp: readonly Role[] = ['hub-triage', 'hub-manager', 'information-governance'];

@ApiTags('vault')
@ApiBearerAuth()
@Controller('v1')
export class LookUpController {
  constructor(private readonly vault: VaultCore) {}

  @Post('look-up')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Look somebody up while the telephone rings',
    description:
      'For the hub. Finds who has exactly this family name and date of birth, or this NHS number, and ' +
      'answers with ids alone. Each call is in the audit before it is answered.',
  })
  @ApiOkResponse({ type: LookUpAnswerBody })
  async lookUp(
    @Body() { familyName, dateOfBirth, nhsNumber }: LookUpBody,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LookUpAnswerBody> {
    if (!mayLookUp(actor)) throw problems.notFound();
    const details = {
      ...(familyName === undefined ? {} : { familyName }),
      ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
      ...(nhsNumber === undefined ? {} : { nhsNumber }),
    };
    const { lookedUp, entryId } = await answering(() => {
      if (!this.vault.follower.isFresh()) throw new VaultStale('the vault is behind the log');
      return this.vault.matching.lookUp(actor, details);
    });
    reply.raw.once('finish', () => this.vault.audit.delivered(entryId));
    return lookedUp;
  }
}

function mayLookUp({ audience, role }: Actor): boolean {
  return audience === 'safeguarding-hub' && lookingUp.includes(role);
}
