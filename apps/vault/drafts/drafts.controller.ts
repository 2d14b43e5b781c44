import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '@common-thread/platform/actor';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { OpenDraftAnswer, SealDraftAnswer, SealDraftBody, SealedDraftBody } from './draft-body.js';
import type { DraftOwner } from './drafts.js';

@ApiTags('vault')
@ApiBearerAuth()
@Controller('v1/drafts')
export class DraftsController {
  constructor(private readonly vault: VaultCore) {}

  @Post('seal')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Keep what somebody typed',
    description:
      'Seals a form for its owner. For the owner, or the owner’s agency pages. It can be opened for 30 days.',
  })
  @ApiOkResponse({ type: SealDraftAnswer })
  async seal(
    @Body() { ownerId, form, text }: SealDraftBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<SealDraftAnswer> {
    const owner = ownerFor(actor, { ownerId, form });
    const { drafts } = this.vault;
    return { sealed: await answering(() => drafts.seal(actor.organisation, owner, text)) };
  }

  @Post('open')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give back what somebody typed' })
  @ApiOkResponse({ type: OpenDraftAnswer })
  async open(
    @Body() { ownerId, form, sealed }: SealedDraftBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<OpenDraftAnswer> {
    const owner = ownerFor(actor, { ownerId, form });
    const text = await answering(() => this.vault.drafts.open(actor, owner, sealed));
    if (text === undefined) throw problems.notFound();
    return { text };
  }

  @Post('discard')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a draft that has been sent: its key is destroyed' })
  @ApiNoContentResponse()
  async discard(
    @Body() { ownerId, form, sealed }: SealedDraftBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<void> {
    const owner = ownerFor(actor, { ownerId, form });
    await answering(() => this.vault.drafts.discard(actor.organisation, owner, sealed));
  }
}

/** People act for themselves; an agency's pages for whoever had been signed in to them. */
function ownerFor(actor: Actor, owner: DraftOwner): DraftOwner {
  if (actor.role !== 'agency-pages' && actor.id !== owner.ownerId) throw problems.notFound();
  return owner;
}
