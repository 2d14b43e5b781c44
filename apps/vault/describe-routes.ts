import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { MemoryAudit } from './audit/memory-audit.js';
import { MemoryGlassStore } from './break-glass/memory-glass-store.js';
import { MemoryBlindIndex } from './blind-index/memory-blind-index.js';
import { MemoryKeyStore } from './keys/memory-key-store.js';
import { MemoryMasterKey } from './keys/memory-master-key.js';
import { documentOf } from './open-api.js';
import { VaultCore } from './vault-core.js';
import { VaultModule } from './vault.module.js';

/** The document of the vault's routes, made from the routes themselves over nothing but memory. */
export async function describeRoutes(): Promise<OpenAPIObject> {
  const keys = new MemoryKeyStore();
  const audit = new MemoryAudit();
  const glasses = new MemoryGlassStore(audit);
  const stores = { keys, index: new MemoryBlindIndex(keys), audit, glasses };
  const log = new MemoryEventLog();
  const core = await VaultCore.start(stores, { log, masterKey: new MemoryMasterKey() });
  const app = await NestFactory.create(VaultModule.of(core), new FastifyAdapter(), {
    logger: false,
  });
  const document = documentOf(app, [VaultModule]);
  await app.close();
  await core.stop();
  return document;
}
