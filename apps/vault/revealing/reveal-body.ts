import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { shreddingGrounds } from '@common-thread/domain/erasure/code-lists';
import type {
  ErasedBy,
  Purpose,
  RevealPage,
  RevealRequest,
} from '@common-thread/platform/revealing';
import { purposes } from '@common-thread/platform/revealing';

/** A page shows what a person can read: more is asked for page by page. */
const BOXES_AT_ONCE_MAX = 1_000;
/** A narrative of 20,000 characters, sealed and in base64, with room to spare. */
const BOX_CHARACTERS_MAX = 120_000;
const LINE = /^(family|contact)\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@ApiSchema({ name: 'RevealRequest' })
export class RevealRequestBody implements RevealRequest {
  @ApiProperty({
    description: 'A sealed value exactly as a feed carried it.',
    example: 'box.v1.…',
  })
  @IsString()
  @MaxLength(BOX_CHARACTERS_MAX)
  readonly box!: string;

  @ApiProperty({
    description: 'The field you take it for, by its original name. Another one is refused.',
    example: 'familyName',
  })
  @Matches(/^[a-z][A-Za-z]{0,60}$/, { message: 'name a field, such as familyName' })
  readonly field!: string;

  @ApiProperty({
    description: 'The line on whose page it is shown, a feed row’s partitionkey.',
    example: 'family/6f3c1d7e-6a0f-4d51-9a1b-0c8c3c9d5b11',
  })
  @Matches(LINE, { message: 'name a line: family/<id> or contact/<id>' })
  readonly line!: string;
}

@ApiSchema({ name: 'RevealPage' })
export class RevealPageBody implements RevealPage {
  @ApiProperty({ enum: purposes, description: 'Why it is opened; kept in the audit.' })
  @IsIn(purposes, { message: `say what for: ${purposes.join(', ')}` })
  readonly purpose!: Purpose;

  @ApiProperty({ description: 'The page or route by its stable name.', example: 'hub/contact' })
  @Matches(/^[a-z0-9]+([/-][a-z0-9]+)*$/, { message: 'name the page, such as hub/contact' })
  @MaxLength(100)
  readonly page!: string;

  @ApiProperty({
    type: [String],
    description:
      'What the page is about, by opaque line or id. Audited even where nothing is opened.',
    example: ['family/6f3c1d7e-6a0f-4d51-9a1b-0c8c3c9d5b11'],
  })
  @IsArray()
  @ArrayMaxSize(1_000)
  @Matches(/^[a-z0-9]+([./-][a-z0-9]+)*$/, {
    each: true,
    message: 'name lines and ids only: family/<id>, contact/<id> or an id',
  })
  @MaxLength(100, { each: true })
  readonly about!: string[];

  @ApiProperty({ type: [RevealRequestBody], maxItems: BOXES_AT_ONCE_MAX })
  @IsArray()
  @ArrayMaxSize(BOXES_AT_ONCE_MAX, {
    message: `ask for at most ${BOXES_AT_ONCE_MAX} boxes at once`,
  })
  @ValidateNested({ each: true })
  @Type(() => RevealRequestBody)
  readonly requests!: RevealRequestBody[];
}

@ApiSchema({ name: 'ErasedBy' })
class ErasedByBody implements ErasedBy {
  @ApiProperty({ format: 'date', description: 'When officers confirmed it.' })
  readonly on!: string;

  @ApiProperty({ enum: shreddingGrounds })
  readonly ground!: string;
}

@ApiSchema({ name: 'Revealed' })
export class RevealedValue {
  @ApiProperty({ required: false, description: 'What was sealed.' })
  readonly text?: string;

  @ApiProperty({
    required: false,
    enum: ['erased', 'not-entitled', 'restricted', 'confidential', 'unreadable'],
    description:
      'Why not: its key has been destroyed; you may not see it for this purpose, or there is nothing ' +
      'of it that you may know; the record is restricted, which only a hub is told; it is an address or ' +
      'a referrer that is kept confidential; or it is not the box you take it for.',
  })
  readonly withheld?: 'erased' | 'not-entitled' | 'restricted' | 'confidential' | 'unreadable';

  @ApiProperty({
    required: false,
    description: 'Of what is erased: by which decision. Absent where its key died by itself.',
  })
  readonly erased?: ErasedByBody;
}

@ApiSchema({ name: 'RevealAnswer' })
export class RevealAnswerBody {
  @ApiProperty({ type: [RevealedValue], description: 'One for each request, in order.' })
  readonly revealed!: readonly RevealedValue[];
}
