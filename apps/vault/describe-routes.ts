import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { MemoryMasterKey } from './keys/memory-master-key.js';
import { memoryStores } from './memory-stores.js';
import { documentOf } from './open-api.js';
import { VaultCore } from './vault-core.js';
import { VaultModule } from './vault.module.js';

/** The document of the vault's routes, made from the routes themselves over nothing but memory. */
export async function describeRoutes(): Promise<OpenAPIObject> {
  const log = new MemoryEventLog();
  const core = await VaultCore.start(memoryStores(), { log, masterKey: new MemoryMasterKey() });
  const app = await NestFactory.create(VaultModule.of(core), new FastifyAdapter(), {
    logger: false,
  });
  const document = documentOf(app, [VaultModule]);
  await app.close();
  await core.stop();
  return document;
}
