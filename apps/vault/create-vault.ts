import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import type { GlassOutbox } from '@common-thread/domain/break-glass/glass-outbox';
import type { Deriving } from '@common-thread/domain/deriving';
import type { Matching } from '@common-thread/domain/matching';
import type { NarrowingFold } from '@common-thread/disclosure/narrowing-folds';
import type { Sealing } from '@common-thread/eventing/sealing';
import { databaseAnswers, NotReady } from '@common-thread/platform/health';
import { createHttpApp } from '@common-thread/platform/http-app';
import type { Log } from '@common-thread/platform/log';
import { StandingVerifier } from '@common-thread/platform/standing';
import type { TokenVerifier } from '@common-thread/platform/token-verifier';
import { documentOf, OpenApiDocument } from './open-api.js';
import { answering } from './problems.js';
import type { VaultPorts, VaultStores } from './vault-core.js';
import { postgresStores, VaultCore } from './vault-core.js';
import { VaultModule } from './vault.module.js';

/** 1,000 boxes of ordinary length; a page of long narratives asks in several calls. */
const BODY_BYTES_MAX = 8 * 1024 * 1024;

export interface VaultOptions extends VaultPorts {
  /** Of the database that holds schema `vault`; used and not ended. */
  readonly pool: Pool;
  readonly tokens: TokenVerifier;
  readonly appLog: Log;
}

export interface Vault {
  /** Not listening yet. */
  readonly app: NestFastifyApplication;
  /** The doors for command-api in the same process. */
  readonly sealing: Sealing;
  readonly matching: Matching;
  readonly deriving: Deriving;
  /** How far it has folded what narrows who may know. */
  readonly narrowing: NarrowingFold;
  /** What it granted in emergencies and the log does not say yet. */
  readonly glassOutbox: GlassOutbox;
  readonly core: VaultCore;
  /** Stops answering, following and expiring; the pool and the log stay open. */
  close(): Promise<void>;
}

/**
 * A vault over schema `vault` (made where it is missing), following the log from its beginning.
 */
export async function createVault(options: VaultOptions): Promise<Vault> {
  return composeVault(options, await postgresStores(options.pool, options));
}

/** The same over stores of the caller's. */
export async function composeVault(options: VaultOptions, stores: VaultStores): Promise<Vault> {
  const { appLog, pool, tokens, ...ports } = options;
  const core = await VaultCore.start(stores, {
    ...ports,
    onShreddingFailed: (error) => {
      ports.onShreddingFailed?.(error);
      appLog.warn('vault.shredding-interrupted', {}, error);
    },
    onInterrupted: (error, final) => {
      ports.onInterrupted?.(error, final);
      if (final) appLog.error('vault.follow-stopped', {}, error);
      else appLog.warn('vault.follow-interrupted', {}, error);
    },
  });
  const app = await createHttpApp(VaultModule.of(core), {
    log: appLog,
    tokens: new StandingVerifier(tokens, {
      holds: (actor) => answering(() => core.staffStanding.holds(actor)),
    }),
    bodyBytesMax: BODY_BYTES_MAX,
    health: {
      database: databaseAnswers(pool),
      'event-log': async () => {
        if (core.follower.isFresh()) return;
        throw new NotReady(
          'The vault is behind the event log and opens nothing. See that the log’s engine runs, and that ' +
            'COMMON_THREAD_EVENT_LOG leads to it.',
        );
      },
    },
  });
  app.get(OpenApiDocument).current = documentOf(app, [VaultModule]);
  return {
    app,
    sealing: core.sealing,
    matching: core.matching,
    deriving: core.deriving,
    narrowing: { markOf: async (streamId) => core.markOf(streamId) },
    glassOutbox: core.glassOutbox,
    core,
    close: async () => {
      await app.close();
      await core.stop();
    },
  };
}
