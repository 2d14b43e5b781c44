import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { CommandWriterAlone } from './command-writer.js';
import {
  AuthorityChildIdsAnswer,
  AuthorityChildIdsBody,
  MatchPersonAnswer,
  MatchPersonBody,
} from './matching-body.js';

@ApiTags('for command-api')
@ApiBearerAuth()
@UseGuards(CommandWriterAlone)
@Controller('v1/matching')
export class MatchingController {
  constructor(private readonly vault: VaultCore) {}

  @Post('people')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say who is meant, by exact details', description: 'Ids alone.' })
  @ApiOkResponse({ type: MatchPersonAnswer })
  async people(@Body() { asker, ...details }: MatchPersonBody): Promise<MatchPersonAnswer> {
    return { matches: await answering(() => this.vault.matching.matchPerson(asker, details)) };
  }

  @Post('authority-child-ids')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say whom an authority’s own system knows by these ids' })
  @ApiOkResponse({ type: AuthorityChildIdsAnswer })
  async authorityChildIds(
    @Body() { asker, authority, childIds }: AuthorityChildIdsBody,
  ): Promise<AuthorityChildIdsAnswer> {
    const { matching } = this.vault;
    const people = await answering(() =>
      matching.findByAuthorityChildIds(asker, authority, childIds),
    );
    return { found: [...people].map(([childId, personIds]) => ({ childId, personIds })) };
  }
}
