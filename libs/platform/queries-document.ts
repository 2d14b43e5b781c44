import type { INestApplication, Type } from '@nestjs/common';
import { applyDecorators, Controller, Get } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import {
  ApiBearerAuth,
  ApiExcludeController,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  DocumentBuilder,
  SwaggerModule,
} from '@nestjs/swagger';
import { OpenToAnybody } from './signed-in.js';

/** What is published of one query. */
export interface PublishedWords {
  readonly summary: string;
  readonly answers: Type;
  /** It answers a list of them. */
  readonly isList?: true;
  /** It answers with the record's tag, for If-Match. */
  readonly hasTag?: true;
  /** It answers a page, and the next one's address in `Link`. */
  readonly hasPages?: true;
}

/** A query of an agency's own copy, for systems. */
export function PublishedQuery(words: PublishedWords): MethodDecorator {
  const { summary, answers, isList, hasTag, hasPages } = words;
  const text = { schema: { type: 'string' as const } };
  return applyDecorators(
    ApiOperation({ summary, tags: ['Queries'] }),
    ApiBearerAuth(),
    ApiOkResponse({
      type: answers,
      isArray: isList === true,
      description:
        'As far as this agency was told. Personal fields are boxes: open them at the vault.',
      headers: {
        ...(hasTag ? { ETag: { ...text, description: 'The record’s tag, for If-Match.' } } : {}),
        ...(hasPages ? { Link: { ...text, description: 'RFC 8288: the next page.' } } : {}),
      },
    }),
    ApiResponse({
      status: 401,
      description: 'Nobody is signed in, or the token is not accepted.',
    }),
    ApiResponse({ status: 404, description: 'There is nothing here that the caller can see.' }),
  );
}

/** The document of an app's queries, OpenAPI 3.1: pages for people are no part of it. */
export function queriesDocument(app: INestApplication, title: string): OpenAPIObject {
  const words = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setDescription(
      'What one agency was told, from its own tables. Personal fields stay sealed: open them at the ' +
        'vault with the same token, saying what for. Anything that cannot be seen is not found.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, words, {
    autoTagControllers: false,
    operationIdFactory: (controller, method) =>
      `${controller.replace(/(Page)?Routes$/, '').toLowerCase()}-${method}`,
  });
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/'));
  return { ...document, paths: Object.fromEntries(paths) };
}

/** Holds the document once it is made: it can be only after the app has its routes. */
export class QueriesDocument {
  current: OpenAPIObject | undefined;
}

@Controller()
@ApiExcludeController()
@OpenToAnybody()
export class QueriesDocumentRoutes {
  constructor(private readonly document: QueriesDocument) {}

  @Get('openapi.json')
  show(): OpenAPIObject | undefined {
    return this.document.current;
  }
}
