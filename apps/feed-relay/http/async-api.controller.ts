import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { asyncApiDocument } from '@common-thread/catalogue/async-api';
import type { JsonSchema } from '@common-thread/catalogue/json-schema';
import { OpenToAnybody } from '@common-thread/platform/signed-in';

const document = asyncApiDocument();

/** What may be told to whom is public; what is told never is. */
@Controller()
@ApiExcludeController()
@OpenToAnybody()
export class AsyncApiController {
  @Get('asyncapi.json')
  show(): JsonSchema {
    return document;
  }
}
