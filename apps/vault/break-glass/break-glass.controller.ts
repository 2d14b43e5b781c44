import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { BrokenGlass } from '@common-thread/platform/break-glass';
import { Problem, problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import {
  BreakGlassBody,
  BrokenGlassBody,
  BrokenGlassesBody,
  GlassReviewBody,
} from './break-glass-body.js';

class GlassPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly glassId!: string;
}

@ApiTags('break-glass')
@ApiBearerAuth()
@Controller('v1/break-glass')
export class BreakGlassController {
  constructor(private readonly vault: VaultCore) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Break glass',
    description:
      'For hub triage and managers: opens one family’s restricted record to the caller for an hour ' +
      'at most, also while the vault is behind the log. Officers and managers are told at once, and ' +
      'somebody else reviews it within a day.',
  })
  @ApiOkResponse({ type: BrokenGlassBody })
  async open(
    @Body() asked: BreakGlassBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<BrokenGlass> {
    const glass = await answering(() => this.vault.breakingGlass.open(actor, asked));
    if (!glass) throw problems.notFound();
    return glass;
  }

  @Get()
  @ApiOperation({
    summary: 'List broken glass',
    description:
      'To officers and managers of the hub: what awaits review, and what was broken in 30 days. To ' +
      'others of the hub: their own that is open.',
    parameters: [],
  })
  @ApiOkResponse({ type: BrokenGlassesBody })
  async list(
    @Caller() { actor }: SignedInCaller,
  ): Promise<{ readonly glasses: readonly BrokenGlass[] }> {
    const glasses = await answering(() => this.vault.breakingGlass.list(actor));
    if (!glasses) throw problems.notFound();
    return { glasses };
  }

  @Post(':glassId/end')
  @HttpCode(204)
  @ApiOperation({ summary: 'End it before its time' })
  @ApiNoContentResponse()
  async end(@Param() { glassId }: GlassPath, @Caller() { actor }: SignedInCaller): Promise<void> {
    const isTheirs = await answering(() => this.vault.breakingGlass.end(actor, glassId));
    if (!isTheirs) throw problems.notFound();
  }

  @Post(':glassId/review')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Say whether it was right',
    description: 'For an officer or manager of the hub, of what somebody else broke. Once.',
  })
  @ApiNoContentResponse()
  async review(
    @Param() { glassId }: GlassPath,
    @Body() { outcome }: GlassReviewBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<void> {
    const reviewed = await answering(() =>
      this.vault.breakingGlass.review(actor, glassId, outcome),
    );
    if (reviewed === undefined) throw problems.notFound();
    if (reviewed === 'reviewed') return;
    const detail =
      reviewed === 'own'
        ? 'You broke it yourself: somebody else reviews it.'
        : 'It has been reviewed. Read the list again.';
    throw new Problem(409, `break-glass/${reviewed}`, 'This cannot be recorded', { detail });
  }
}
