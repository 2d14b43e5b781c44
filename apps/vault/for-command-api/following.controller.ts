import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiSchema,
  ApiTags,
} from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { VaultCore } from '../vault-core.js';
import { CommandWriterAlone } from './command-writer.js';

@ApiSchema({ name: 'FamilyFollowed' })
export class FamilyFollowedBody {
  @ApiProperty({ format: 'uuid' })
  @IsUUID(undefined, { message: 'name a family by id' })
  readonly familyId!: string;
}

@ApiSchema({ name: 'RestrictionMark' })
export class RestrictionMarkAnswer {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The event by which the family is restricted, or was last lifted.',
  })
  readonly mark!: string | null;
}

@ApiTags('for command-api')
@ApiBearerAuth()
@UseGuards(CommandWriterAlone)
@Controller('v1/following')
export class FollowingController {
  constructor(private readonly vault: VaultCore) {}

  @Post('restriction-mark')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say how far a family’s restriction is known here' })
  @ApiOkResponse({ type: RestrictionMarkAnswer })
  restrictionMark(@Body() { familyId }: FamilyFollowedBody): RestrictionMarkAnswer {
    return { mark: this.vault.restrictionMark(familyId) ?? null };
  }
}
