import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem, problems } from '@common-thread/platform/problem';
import { CountedApart } from '@common-thread/platform/request-limit';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { StaffPage } from '@common-thread/platform/staff';
import { staffRoles } from '@common-thread/platform/standing';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import {
  StaffListAsked,
  StaffPageBody,
  StandingChangeBody,
  StandingChangedBody,
} from './standing-body.js';

@ApiTags('audit')
@ApiBearerAuth()
@Controller('v1')
export class StandingController {
  constructor(private readonly vault: VaultCore) {}

  @Get('standing')
  @CountedApart()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Say whether a token still holds',
    description:
      'Answers 204 to whoever still is what their token says, and else 401 `standing-ended`. Good ' +
      'for one second from when it was asked.',
  })
  @ApiNoContentResponse()
  holds(): void {
    // Whoever is let in here still is what their token says: the guard has judged it.
  }

  @Get('staff')
  @ApiOperation({
    summary: 'List the register of staff',
    description:
      'For information-governance officers: everybody to a hub’s, elsewhere their own. By what each ' +
      'is compared, and what was taken from them; never what any of it says.',
  })
  @ApiOkResponse({ type: StaffPageBody })
  async list(
    @Query() asked: StaffListAsked,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffPage> {
    const read = await answering(() => this.vault.staffStanding.list(actor, asked));
    if (!read) throw problems.notFound();
    reply.raw.once('finish', () => this.vault.audit.delivered(read.entryId));
    return read.answer;
  }

  @Post('staff/standing')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take part of somebody’s work away, or give it back',
    description:
      'For information-governance officers: of everybody at a hub, elsewhere of their own, never of ' +
      'themselves. A token that says what was taken away is refused by every app from the next call ' +
      'on. A token that names no place is for every place.',
  })
  @ApiOkResponse({ type: StandingChangedBody })
  async change(
    @Body() change: StandingChangeBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<{ readonly inForce: boolean }> {
    mustName(change);
    const changed = await answering(() => this.vault.staffStanding.change(actor, change));
    if (changed === undefined) throw problems.notFound();
    if (changed === 'own') {
      const detail = 'Another officer takes your work away, or gives it back.';
      throw new Problem(409, 'staff/own', 'This cannot be recorded', { detail });
    }
    return { inForce: true };
  }
}

/** @throws Problem `invalid-body` where what is named is nothing that could be taken away */
function mustName({ named, what }: StandingChangeBody): void {
  const names: Readonly<Record<string, readonly [boolean, string]>> = {
    everything: [named === '', 'leave it empty: everything is taken'],
    role: [staffRoles.some((role) => role === named), `name a role: ${staffRoles.join(', ')}`],
    place: [named !== '', 'name a place by its short name'],
  };
  const [isNamed, detail] = names[what] ?? [true, ''];
  if (!isNamed) throw problems.invalidBody([{ pointer: '/named', detail }]);
}
