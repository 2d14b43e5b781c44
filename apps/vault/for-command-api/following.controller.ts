import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiSchema,
  ApiTags,
} from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { VaultCore } from '../vault-core.js';
import { CommandWriterAlone } from './command-writer.js';

@ApiSchema({ name: 'StreamFollowed' })
export class StreamFollowedBody {
  @ApiProperty({ example: 'agreement-6f3c1d7e-6a0f-4d51-9a1b-0c8c3c9d5b11' })
  @Matches(/^[a-z]+-[0-9a-z-]{1,100}$/, { message: 'name a stream: agreement-<id>' })
  readonly streamId!: string;
}

@ApiSchema({ name: 'NarrowingMark' })
export class NarrowingMarkAnswer {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The event that last narrowed it: its end, a restriction or its lifting.',
  })
  readonly mark!: string | null;
}

@ApiTags('for command-api')
@ApiBearerAuth()
@UseGuards(CommandWriterAlone)
@Controller('v1/following')
export class FollowingController {
  constructor(private readonly vault: VaultCore) {}

  @Post('mark')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say how far what narrows a stream is known here' })
  @ApiOkResponse({ type: NarrowingMarkAnswer })
  mark(@Body() { streamId }: StreamFollowedBody): NarrowingMarkAnswer {
    return { mark: this.vault.markOf(streamId) ?? null };
  }
}
