import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';

class OwnedDraft {
  @ApiProperty({ description: 'Whose draft it is: the sub of the owner’s tokens.' })
  @Matches(/^[\w.|-]{1,100}$/, { message: 'give the opaque id of the owner' })
  readonly ownerId!: string;

  @ApiProperty({
    description: 'The form by its stable name, version included.',
    example: 'refer-a-family/1',
  })
  @Matches(/^[a-z0-9]+([./-][a-z0-9]+)*$/, { message: 'name the form, such as refer-a-family/1' })
  @MaxLength(100)
  readonly form!: string;
}

@ApiSchema({ name: 'DraftToSeal' })
export class SealDraftBody extends OwnedDraft {
  @ApiProperty({ maxLength: 200_000 })
  @IsString()
  @MaxLength(200_000)
  readonly text!: string;
}

@ApiSchema({ name: 'SealedDraft' })
export class SealedDraftBody extends OwnedDraft {
  @ApiProperty({ description: 'As it was answered when it was sealed.' })
  @IsString()
  @MaxLength(900_000)
  readonly sealed!: string;
}

@ApiSchema({ name: 'SealDraftAnswer' })
export class SealDraftAnswer {
  @ApiProperty()
  readonly sealed!: string;
}

@ApiSchema({ name: 'OpenDraftAnswer' })
export class OpenDraftAnswer {
  @ApiProperty()
  readonly text!: string;
}
