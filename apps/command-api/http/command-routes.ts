import { applyDecorators, Controller, HttpCode, UseGuards, UseInterceptors } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { AnswerOverHttp } from './answering.js';
import { CommandGuard } from './submission.js';

/** Routes of one context: guarded, answered and published alike. */
export function CommandRoutes(path: string, tag: string): ClassDecorator {
  return applyDecorators(
    Controller(path),
    UseGuards(CommandGuard),
    UseInterceptors(AnswerOverHttp),
    ApiTags(tag),
    ApiBearerAuth(),
  );
}

class FieldProblemDocument {
  @ApiProperty({ description: 'RFC 6901 pointer into the body' })
  pointer!: string;

  @ApiProperty()
  detail!: string;
}

/** RFC 9457; `type` is stable. */
class ProblemDocument {
  @ApiProperty({ format: 'uri' })
  type!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty()
  status!: number;

  @ApiProperty({ required: false })
  detail?: string;

  @ApiProperty({ type: [FieldProblemDocument], required: false })
  errors?: FieldProblemDocument[];

  @ApiProperty({ format: 'uuid' })
  requestId!: string;
}

interface RouteWords {
  readonly summary: string;
  readonly description?: string;
  /** The caller acts on something it has read, and says so by its tag. */
  readonly needsTag?: true;
  /** It may be recorded before it is in force everywhere. */
  readonly mayWait?: true;
  readonly answers: new () => object;
}

const refusals: Readonly<Record<number, string>> = {
  400: 'The Idempotency-Key is missing, or the body is no JSON.',
  401: 'Nobody is signed in, or the token is not accepted.',
  403: 'Not for this role.',
  404: 'There is nothing here that the caller can see.',
  409: 'The rules of the record do not allow it as things stand.',
  413: 'The body is too large.',
  422: 'Part of the body cannot be accepted, or the key was used for another body.',
  503: 'Something this stands on cannot be reached: try again with the same key.',
};

/** A route that records something, as the published document tells it. */
export function RecordsFact(words: RouteWords): MethodDecorator {
  const { summary, description, needsTag, mayWait, answers } = words;
  const told = needsTag
    ? {
        ...refusals,
        412: 'It has changed since it was read; the new tag is in ETag.',
        428: 'If-Match is missing.',
      }
    : refusals;
  return applyDecorators(
    HttpCode(201),
    ApiOperation({ summary, ...(description === undefined ? {} : { description }) }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'Equal for every try of one command; 8 to 128 letters, digits or - _ . :',
    }),
    ...(needsTag
      ? [ApiHeader({ name: 'If-Match', required: true, description: 'The tag that was read.' })]
      : []),
    ApiCreatedResponse({
      type: answers,
      description: 'Recorded, now or by an earlier try.',
      headers: {
        ETag: { schema: { type: 'string' }, description: 'The tag of the record just after.' },
        Location: { schema: { type: 'string' } },
      },
    }),
    ApiOkResponse({ type: answers, description: 'Nothing had to change.' }),
    ...(mayWait
      ? [ApiAcceptedResponse({ type: answers, description: 'Recorded, not yet in force.' })]
      : []),
    ...Object.entries(told).map(([status, why]) =>
      ApiResponse({
        status: Number(status),
        description: why,
        content: { 'application/problem+json': { schema: problemSchema } },
      }),
    ),
  );
}

const problemSchema = { $ref: '#/components/schemas/ProblemDocument' };

/** Parts of the document that no handler names by type. */
export const extraModels = [ProblemDocument, FieldProblemDocument];
