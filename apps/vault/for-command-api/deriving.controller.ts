import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotDerivable } from '@common-thread/domain/deriving';
import { Problem } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { onlyCommandWriter } from './command-writer.js';
import { AgeBandAnswer, AgeBandBody, ReviewsDueAnswer, SealedBirthBody } from './deriving-body.js';

@ApiTags('for command-api')
@ApiBearerAuth()
@Controller('v1/deriving')
export class DerivingController {
  constructor(private readonly vault: VaultCore) {}

  @Post('reviews-due')
  @HttpCode(200)
  @ApiOperation({ summary: 'Work out the mandated reviews counted from a sealed birth' })
  @ApiOkResponse({ type: ReviewsDueAnswer })
  async reviewsDue(
    @Body() { asker, ...birth }: SealedBirthBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<ReviewsDueAnswer> {
    onlyCommandWriter(actor);
    const { deriving } = this.vault;
    return { reviews: await derived(() => deriving.reviewsDue(asker, birth)) };
  }

  @Post('age-band')
  @HttpCode(200)
  @ApiOperation({ summary: 'Work out an age band on a day' })
  @ApiOkResponse({ type: AgeBandAnswer })
  async ageBand(
    @Body() { asker, on, ...birth }: AgeBandBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<AgeBandAnswer> {
    onlyCommandWriter(actor);
    const ageBand = await derived(() => this.vault.deriving.ageBand(asker, birth, on));
    return ageBand === undefined ? {} : { ageBand };
  }
}

async function derived<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answering(work);
  } catch (error) {
    if (!(error instanceof NotDerivable)) throw error;
    throw new Problem(422, 'not-derivable', 'Nothing can be worked out of these boxes', {
      detail: 'Send the boxes of one person’s birth, as the record holds them.',
    });
  }
}
