import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotDerivable } from '@common-thread/domain/deriving';
import { Problem } from '@common-thread/platform/problem';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { CommandWriterAlone } from './command-writer.js';
import { AgeBandAnswer, AgeBandBody, ReviewsDueAnswer, SealedBirthBody } from './deriving-body.js';

@ApiTags('for command-api')
@ApiBearerAuth()
@UseGuards(CommandWriterAlone)
@Controller('v1/deriving')
export class DerivingController {
  constructor(private readonly vault: VaultCore) {}

  @Post('reviews-due')
  @HttpCode(200)
  @ApiOperation({ summary: 'Work out the mandated reviews counted from a sealed birth' })
  @ApiOkResponse({ type: ReviewsDueAnswer })
  async reviewsDue(@Body() { asker, ...birth }: SealedBirthBody): Promise<ReviewsDueAnswer> {
    const { deriving } = this.vault;
    return { reviews: await derived(() => deriving.reviewsDue(asker, birth)) };
  }

  @Post('age-band')
  @HttpCode(200)
  @ApiOperation({ summary: 'Work out an age band on a day' })
  @ApiOkResponse({ type: AgeBandAnswer })
  async ageBand(@Body() { asker, on, ...birth }: AgeBandBody): Promise<AgeBandAnswer> {
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
