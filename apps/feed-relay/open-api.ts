import type { INestApplication } from '@nestjs/common';
import { Controller, Get } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ApiExcludeController, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { OpenToAnybody } from '@common-thread/platform/signed-in';

/** The document of the relay's routes; committed, so that a change to it is seen in review. */
export function documentOf(app: INestApplication): OpenAPIObject {
  const words = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Common Thread feeds')
    .setDescription(
      'What each recipient was told, and nothing else: one feed for each, read by agencies of ours and ' +
        'by outside systems alike. Personal fields are boxes: open them at the vault with the same token.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, words, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').toLowerCase()}-${method}`,
  });
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/'));
  return { ...document, paths: Object.fromEntries(paths) };
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
