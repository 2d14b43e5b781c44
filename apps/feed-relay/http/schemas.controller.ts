import { Controller, Get, Param, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { JsonSchema } from '@common-thread/catalogue/json-schema';
import { publishedSchema, publishedTypesFor } from '@common-thread/catalogue/published-schemas';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { CLOUD_EVENTS_BATCH, cloudEventsBody, toldBy } from './published-words.js';
import { sampleFeed } from './sample-feed.js';

const typeList = {
  type: 'object' as const,
  properties: { types: { type: 'array' as const, items: { type: 'string' as const } } },
};

/** What a feed holds, for whoever builds against it. */
@ApiTags('feed')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ description: 'There is no token, or it is not accepted.' })
@Controller('v1')
export class SchemasController {
  @Get('schemas')
  @ApiOperation({ summary: 'List the types you may be told', description: toldBy.types })
  @ApiOkResponse({ schema: typeList })
  types(@Caller() { actor }: SignedInCaller): { readonly types: readonly string[] } {
    return { types: publishedTypesFor(partsOfRecipient(actor.recipient).audience) };
  }

  @Get('schemas/:type')
  @ApiOperation({ summary: 'Read the schema of a type', description: toldBy.schema })
  @ApiOkResponse({ schema: { type: 'object' } })
  @ApiNotFoundResponse({ description: 'There is no such type, or you are never told it.' })
  schema(@Caller() { actor }: SignedInCaller, @Param('type') type: string): JsonSchema {
    const schema = publishedSchema(type, partsOfRecipient(actor.recipient).audience);
    if (!schema) throw problems.notFound();
    return schema;
  }

  @Get('sample')
  @ApiOperation({ summary: 'Read a sample', description: toldBy.sample })
  @ApiOkResponse({ description: 'A whole feed.', content: cloudEventsBody })
  async sample(
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const sample = await sampleFeed(actor.recipient);
    reply.type(`${CLOUD_EVENTS_BATCH}; charset=utf-8`);
    return JSON.stringify(sample);
  }
}
