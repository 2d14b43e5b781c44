import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { onlyCommandWriter } from './command-writer.js';
import {
  AuthorityChildIdsAnswer,
  AuthorityChildIdsBody,
  MatchPersonAnswer,
  MatchPersonBody,
} from './matching-body.js';

@ApiTags('for command-api')
@ApiBearerAuth()
@Controller('v1/matching')
export class MatchingController {
  constructor(private readonly vault: VaultCore) {}

  @Post('people')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say who is meant, by exact details', description: 'Ids alone.' })
  @ApiOkResponse({ type: MatchPersonAnswer })
  async people(
    @Body() { asker, ...details }: MatchPersonBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<MatchPersonAnswer> {
    onlyCommandWriter(actor);
    return { matches: await answering(() => this.vault.matching.matchPerson(asker, details)) };
  }

  @Post('authority-child-ids')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say whom an authority’s own system knows by these ids' })
  @ApiOkResponse({ type: AuthorityChildIdsAnswer })
  async authorityChildIds(
    @Body() { asker, authority, childIds }: AuthorityChildIdsBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<AuthorityChildIdsAnswer> {
    onlyCommandWriter(actor);
    const { matching } = this.vault;
    const people = await answering(() =>
      matching.findByAuthorityChildIds(asker, authority, childIds),
    );
    return { found: [...people].map(([childId, personIds]) => ({ childId, personIds })) };
  }
}
