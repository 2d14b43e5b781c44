import { Controller, Get, Inject, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { NarrowingFold } from '@common-thread/disclosure/narrowing-folds';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';

class StreamFollowed {
  @ApiProperty({ example: 'agreement-6f3c1d7e-6a0f-4d51-9a1b-0c8c3c9d5b11' })
  @Matches(/^[a-z]+-[0-9a-z-]{1,100}$/, { message: 'name a stream: agreement-<id>' })
  readonly streamId!: string;
}

class NarrowingMark {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The event that last narrowed it: its end, a restriction or its lifting.',
  })
  readonly mark!: string | null;
}

/** For the writer of commands, which says of what narrows that it is in force once it is known here. */
@ApiTags('for command-api')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ description: 'There is no token, or it is not accepted.' })
@Controller('v1/following')
export class FollowingController {
  constructor(@Inject(NarrowingFold) private readonly narrowing: NarrowingFold) {}

  @Get('mark')
  @ApiOperation({ summary: 'Say how far what narrows a stream is known here' })
  @ApiOkResponse({ type: NarrowingMark })
  async mark(
    @Query() { streamId }: StreamFollowed,
    @Caller() { actor }: SignedInCaller,
  ): Promise<NarrowingMark> {
    if (actor.role !== 'command-writer' || actor.kind !== 'system') throw problems.notFound();
    return { mark: (await this.narrowing.markOf(streamId)) ?? null };
  }
}
