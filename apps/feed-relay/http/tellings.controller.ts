import { Controller, Get, Inject, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { IsUUID, Matches } from 'class-validator';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { Telling } from '@common-thread/platform/tellings';
import { RelayStore, StoreUnavailable } from '../store/relay-store.js';

export class TellingsAsked {
  @ApiProperty({ description: 'Whose field it is, by the person’s id.' })
  @IsUUID()
  readonly person!: string;

  @ApiProperty({ description: 'The field by its own name.', example: 'address' })
  @Matches(/^[a-z][A-Za-z]{0,60}$/, { message: 'name a field, such as address' })
  readonly field!: string;
}

export class TellingBody implements Telling {
  @ApiProperty({ example: 'larkfield-centres.childrens-centre' })
  readonly recipient!: string;

  @ApiProperty({ type: 'integer', description: 'Of the row in that recipient’s feed.' })
  readonly sequence!: number;

  @ApiProperty({ example: 'family/6f3c1d7e-6a0f-4d51-9a1b-0c8c3c9d5b11' })
  readonly line!: string;

  @ApiProperty({ format: 'date-time' })
  readonly toldAt!: string;

  @ApiProperty({ example: 'membership.began' })
  readonly type!: string;

  @ApiProperty({ description: 'On which ground.' })
  readonly ground!: string;

  @ApiProperty({ description: 'Withdrawn since: its body is gone from the pages.' })
  readonly withdrawn!: boolean;
}

/** Who was ever told something, from the record of disclosure itself. */
@ApiTags('oversight')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ description: 'There is no token, or it is not accepted.' })
@Controller('v1/tellings')
export class TellingsController {
  constructor(@Inject(RelayStore) private readonly store: RelayStore) {}

  @Get()
  @ApiOperation({
    summary: 'Say who was ever told a field of a person',
    description:
      'For the information-governance officers of a hub: every row of every feed that told a ' +
      'field recorded in the person’s own record or memberships. Never what it says.',
  })
  @ApiOkResponse({ type: TellingBody, isArray: true })
  async tellings(
    @Query() { person, field }: TellingsAsked,
    @Caller() { actor }: SignedInCaller,
  ): Promise<readonly Telling[]> {
    const isOfficer =
      actor.role === 'information-governance' && actor.audience === 'safeguarding-hub';
    if (!isOfficer) throw problems.notFound();
    try {
      const memberships = await this.store.memberships([person]);
      const streams = [`person-${person}`, ...memberships.map(({ policy }) => policy.streamId)];
      const rows = await this.store.telling(streams, field);
      return rows.map(({ recipient, sequence, line, envelope, withdrawnBy }) => ({
        recipient,
        sequence,
        line,
        toldAt: envelope.disclosedtime,
        type: envelope.type,
        ground: envelope.ground,
        withdrawn: withdrawnBy !== null,
      }));
    } catch (error) {
      if (error instanceof StoreUnavailable) throw problems.unavailable('The record of telling');
      throw error;
    }
  }
}
