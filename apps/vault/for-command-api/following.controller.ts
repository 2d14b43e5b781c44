import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiSchema,
  ApiTags,
} from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { VaultCore } from '../vault-core.js';
import { onlyCommandWriter } from './command-writer.js';

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
@Controller('v1/following')
export class FollowingController {
  constructor(private readonly vault: VaultCore) {}

  @Post('restriction-mark')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say how far a family’s restriction is known here' })
  @ApiOkResponse({ type: RestrictionMarkAnswer })
  restrictionMark(
    @Body() { familyId }: FamilyFollowedBody,
    @Caller() { actor }: SignedInCaller,
  ): RestrictionMarkAnswer {
    onlyCommandWriter(actor);
    return { mark: this.vault.restrictionMark(familyId) ?? null };
  }
}
