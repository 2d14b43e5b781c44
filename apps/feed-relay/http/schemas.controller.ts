import { Controller, Get, Param } from '@nestjs/common';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { CloudEvent } from './cloud-event.js';
import type { JsonSchema } from './public-schemas.js';
import { publicSchema, publicTypesFor } from './public-schemas.js';
import { sampleFeed } from './sample-feed.js';

/** What a feed holds, for whoever builds against it. */
@Controller('v1')
export class SchemasController {
  @Get('schemas')
  types(@Caller() { actor }: SignedInCaller): { readonly types: readonly string[] } {
    return { types: publicTypesFor(partsOfRecipient(actor.recipient).audience) };
  }

  @Get('schemas/:type')
  schema(@Caller() { actor }: SignedInCaller, @Param('type') type: string): JsonSchema {
    const schema = publicSchema(type, partsOfRecipient(actor.recipient).audience);
    if (!schema) throw problems.notFound();
    return schema;
  }

  /** A short feed of an invented family, made by the relay itself. */
  @Get('sample')
  sample(@Caller() { actor }: SignedInCaller): Promise<readonly CloudEvent[]> {
    return sampleFeed(actor.recipient);
  }
}
