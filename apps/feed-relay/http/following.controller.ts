import { Controller, Get, Inject, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { RestrictionFold } from '@common-thread/disclosure/restriction-folds';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';

class FamilyFollowed {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly familyId!: string;
}

class RestrictionMark {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The event by which the family is restricted, or was last lifted.',
  })
  readonly mark!: string | null;
}

/** For the writer of commands, which says of a restriction that it is in force once it is known here. */
@ApiTags('for command-api')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ description: 'There is no token, or it is not accepted.' })
@Controller('v1/following')
export class FollowingController {
  constructor(@Inject(RestrictionFold) private readonly restrictions: RestrictionFold) {}

  @Get('restriction-mark')
  @ApiOperation({ summary: 'Say how far a family’s restriction is known here' })
  @ApiOkResponse({ type: RestrictionMark })
  async restrictionMark(
    @Query() { familyId }: FamilyFollowed,
    @Caller() { actor }: SignedInCaller,
  ): Promise<RestrictionMark> {
    if (actor.role !== 'command-writer' || actor.kind !== 'system') throw problems.notFound();
    return { mark: (await this.restrictions.restrictionMark(familyId)) ?? null };
  }
}
