import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { CommandActor } from '@common-thread/eventing/decider';
import { Matches } from 'class-validator';

const SLUGS = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** In whose name command-api asks, as it read it from that person's token; kept in the audit. */
@ApiSchema({ name: 'Asker' })
export class AskerBody implements CommandActor {
  @ApiProperty({ description: 'Opaque: the sub of the person’s tokens.' })
  @Matches(/^[\w.|-]{1,100}$/, { message: 'give the opaque id of whoever asks' })
  readonly id!: string;

  @ApiProperty({ example: 'larkfield-centres' })
  @Matches(SLUGS, { message: 'give the short name of an organisation' })
  readonly organisation!: string;

  @ApiProperty({ example: 'larkfield-centres.childrens-centre' })
  @Matches(/^[a-z0-9]+([.-][a-z0-9]+)*$/, { message: 'name a recipient' })
  readonly recipient!: string;

  @ApiProperty({ example: 'centre-worker' })
  @Matches(SLUGS, { message: 'name a role' })
  readonly role!: string;
}
