import { ApiProperty } from '@nestjs/swagger';

/** What a reader compares with what it holds, so that a lost last message is noticed. */
export class Heartbeat {
  @ApiProperty({
    description: 'The feed, named for its recipient.',
    example: 'elm.childrens-centre',
  })
  feed!: string;

  @ApiProperty({
    description: 'Last sequence of the feed: whoever holds it has missed nothing.',
    type: 'integer',
    minimum: 0,
  })
  head!: number;

  @ApiProperty({
    description:
      'Everything recorded before this instant has been told; null until the relay first caught up.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  asOf!: string | null;
}
