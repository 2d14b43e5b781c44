import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiSchema,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsUUID, Matches } from 'class-validator';
import type { Actor } from '@common-thread/platform/actor';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { Telling, ToldAsked, ToldFact } from '@common-thread/platform/tellings';
import { TOLD_AT_ONCE_MAX } from '@common-thread/platform/tellings';
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

@ApiSchema({ name: 'ToldAsked' })
export class ToldAskedBody implements ToldAsked {
  @ApiProperty({ format: 'uuid', description: 'Whose record it is.' })
  @IsUUID()
  readonly personId!: string;

  @ApiProperty({
    type: [String],
    format: 'uuid',
    maxItems: TOLD_AT_ONCE_MAX,
    description: 'Of the facts.',
  })
  @IsArray()
  @ArrayMaxSize(TOLD_AT_ONCE_MAX)
  @IsUUID(undefined, { each: true })
  readonly eventIds!: readonly string[];

  @ApiProperty({
    type: [String],
    maxItems: TOLD_AT_ONCE_MAX,
    description: 'On these pages alone: family/<id>, contact/<id>.',
  })
  @IsArray()
  @ArrayMaxSize(TOLD_AT_ONCE_MAX)
  @Matches(/^(family|contact)\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, {
    each: true,
    message: 'name lines: family/<id> or contact/<id>',
  })
  readonly lines!: readonly string[];
}

@ApiSchema({ name: 'ToldFact' })
export class ToldFactBody implements ToldFact {
  @ApiProperty({ format: 'uuid' })
  readonly eventId!: string;

  @ApiProperty({ example: 'larkfield-centres.childrens-centre' })
  readonly recipient!: string;

  @ApiProperty({ example: 'notice' })
  readonly grade!: string;

  @ApiProperty({ format: 'date-time' })
  readonly toldAt!: string;

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
    mustBeOfficer(actor);
    return answering(async () => {
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
    });
  }

  @Post('about')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say who was ever told facts about a person',
    description:
      'For the information-governance officers of a hub, who answer somebody’s request for a copy of ' +
      'their record: by the event of each fact and the pages it stands on. Asked in a body, because ' +
      'addresses are logged. Never what a fact says.',
  })
  @ApiOkResponse({ type: ToldFactBody, isArray: true })
  async about(
    @Body() asked: ToldAskedBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<readonly ToldFact[]> {
    mustBeOfficer(actor);
    return answering(() => this.store.toldAbout(asked));
  }
}

/** @throws Problem as where there is no such thing */
function mustBeOfficer({ audience, role }: Actor): void {
  if (role === 'information-governance' && audience === 'safeguarding-hub') return;
  throw problems.notFound();
}

async function answering<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreUnavailable) throw problems.unavailable('The record of telling');
    throw error;
  }
}
