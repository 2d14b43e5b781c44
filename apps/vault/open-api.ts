import type { INestApplication, Type } from '@nestjs/common';
import { Controller, Get } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ApiExcludeController, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { OpenToAnybody } from '@common-thread/platform/signed-in';

/** The document of the vault's routes; committed, so that a change to it is seen in review. */
export function documentOf(app: INestApplication, modules: readonly Type[]): OpenAPIObject {
  const words = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Common Thread vault')
    .setDescription(
      'Opens sealed values for whoever may see them, finds people without opening anything, and keeps ' +
        'what somebody typed and has not sent. Everything asked of it is in its audit. What it answers ' +
        'is for the page at hand: keep nothing of it.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  return SwaggerModule.createDocument(app, words, {
    include: [...modules],
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').toLowerCase()}-${method}`,
  });
}

/** Holds the document once it is made: it can be only after the app has its routes. */
export class OpenApiDocument {
  current: OpenAPIObject | undefined;
}

@Controller()
@ApiExcludeController()
@OpenToAnybody()
export class OpenApiController {
  constructor(private readonly document: OpenApiDocument) {}

  @Get('openapi.json')
  show(): OpenAPIObject | undefined {
    return this.document.current;
  }
}
