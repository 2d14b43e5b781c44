import type { INestApplication, Type } from '@nestjs/common';
import { Controller, Get } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { OpenToAnybody } from '@common-thread/platform/signed-in';
import { extraModels } from './command-routes.js';

/** The document of an app's command routes; committed, so that a change to it is seen in review. */
export function documentOf(app: INestApplication, modules: readonly Type[]): OpenAPIObject {
  const words = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Common Thread command API')
    .setDescription(
      'The only way to record anything. Every command carries an Idempotency-Key and may be sent ' +
        'again with it: the first answer is given again. Personal values go in bodies, never in ' +
        'addresses.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  return SwaggerModule.createDocument(app, words, {
    include: [...modules],
    extraModels,
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Routes$/, '').toLowerCase()}-${method}`,
  });
}

/** Holds the document once it is made: it can be only after the app has its routes. */
export class OpenApiDocument {
  current: OpenAPIObject | undefined;
}

@Controller()
@OpenToAnybody()
export class OpenApiRoutes {
  constructor(private readonly document: OpenApiDocument) {}

  @Get('openapi.json')
  show(): OpenAPIObject | undefined {
    return this.document.current;
  }
}
