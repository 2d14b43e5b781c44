import { join } from 'node:path';
import type { Pool } from 'pg';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import type { EventLog } from '@common-thread/eventing/event-log';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { JwtVerifier } from '@common-thread/platform/token-verifier';
import { Log } from '@common-thread/platform/log';
import { AgencyFeed } from '@common-thread/projecting/agency-feed';
import type { FeedPages } from '@common-thread/projecting/feed-pages';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { readModels as centreModels } from '../../../apps/childrens-centre/projections.js';
import type { CommandApi } from '../../../apps/command-api/create-command-api.js';
import { createCommandApi } from '../../../apps/command-api/create-command-api.js';
import { reactions } from '../../../apps/command-api/reactions/reactions.js';
import { composeFeedRelay } from '../../../apps/feed-relay/create-feed-relay.js';
import { PostgresRelayStore } from '../../../apps/feed-relay/store/postgres-relay-store.js';
import { readModels as healthModels } from '../../../apps/health-visiting/projections.js';
import { readModels as hubModels } from '../../../apps/safeguarding-hub/projections.js';
import { issuerKeys } from '../../../apps/sign-in/issuer-keys.js';
import { demonstrationAgencies } from '../../../apps/standalone/agencies.js';
import type {
  SharedApp,
  StandaloneConfiguration,
} from '../../../apps/standalone/configuration.js';
import { sharedPort } from '../../../apps/standalone/configuration.js';
import { localSecret } from '../../../apps/standalone/secrets.js';
import type { Vault } from '../../../apps/vault/create-vault.js';
import { composeVault } from '../../../apps/vault/create-vault.js';
import { SealedFileMasterKey } from '../../../apps/vault/keys/sealed-file-master-key.js';
import { postgresStores } from '../../../apps/vault/vault-core.js';
import type { Seams } from '../../planted/seams.js';

/** Without the pages that show them, whose modules take most of a start. */
const readModels: Readonly<Record<string, readonly ReadModel[]>> = {
  'safeguarding-hub': hubModels,
  'childrens-centre': centreModels,
  'health-visiting': healthModels,
};

export interface CompositionOptions {
  readonly configuration: StandaloneConfiguration;
  /** Of the database everything is kept in. */
  readonly postgresUrl: string;
  /** Of access tokens, and the folder its keys are in. */
  readonly issuer: string;
  readonly issuerKeys: string;
  readonly seams: Seams;
  /** Our own clock. */
  readonly now: () => Date;
}

/**
 * Every part of the product that keeps something, put together over a PostgreSQL that somebody else runs:
 * the apps behind their doors, each agency's feed, and no pages. What `npm start` puts together, with
 * seams in it.
 */
export class Composition {
  readonly #pools: Pool[] = [];

  constructor(private readonly options: CompositionOptions) {}

  /** Resolves once every door listens. */
  async start(): Promise<CommandApi> {
    const { seams, postgresUrl, now } = this.options;
    const ground = { pool: this.#pool('planted', 2), schema: '' };
    const eventLog = await PostgresEventLog.open({ url: postgresUrl, max: 12, now });
    const log = seams.log(eventLog, ground);
    const tokens = await this.#tokens();
    const clock = { now: () => now().toISOString() };
    const vault = await this.#vault(log, tokens);
    const relayStore = await PostgresRelayStore.open(this.#pool('feed-relay', 6));
    const relay = await composeFeedRelay(
      {
        log,
        tokens,
        appLog: this.#log('feed-relay'),
        saltSecret: await this.#secret('feed-salts'),
      },
      seams.relayStore(relayStore, ground),
    );
    const { sealing, matching, deriving } = vault;
    const commandApi = await createCommandApi({
      log: seams.commandLog(log, ground),
      sealing,
      matching,
      deriving,
      narrowingFolds: [vault.narrowing, relay.narrowing],
      tokens,
      pool: this.#pool('command-api', 4, 'recoverable'),
      appLog: this.#log('command-api'),
      clock,
      reactions: reactions.map((reaction) => seams.reaction(reaction)),
    });
    relay.start();
    commandApi.start();
    for (const { recipient } of demonstrationAgencies) await this.#agency(recipient, relay.pages);
    const { host } = this.options.configuration;
    await vault.app.listen(this.#port('vault'), host);
    await relay.app.listen(this.#port('feed-relay'), host);
    await commandApi.app.listen(this.#port('command-api'), host);
    return commandApi;
  }

  async #vault(log: EventLog, tokens: JwtVerifier): Promise<Vault> {
    const { configuration, seams, now } = this.options;
    const directory = join(configuration.dataDirectory, 'vault');
    const masterKey = await SealedFileMasterKey.open({ directory });
    const pool = this.#pool('vault', 8);
    const ports = { log, pool, tokens, masterKey, clock: { now }, appLog: this.#log('vault') };
    const stores = await postgresStores(pool, ports);
    return composeVault(ports, { ...stores, audit: seams.audit(stores.audit) });
  }

  async #agency(recipient: string, pages: FeedPages): Promise<void> {
    const { seams, now } = this.options;
    const schema = agencySchema(recipient);
    const pool = this.#pool(`${recipient} feed`, 5, 'recoverable');
    const log = this.#log(recipient.replaceAll('.', '-'));
    const ground = { pool, schema };
    const feed = new AgencyFeed({
      recipient,
      pages: seams.pages(pages),
      inbox: seams.inbox(new PostgresInbox(pool, schema), ground),
      store: seams.projectionStore(new PostgresProjectionStore(pool, schema), ground),
      readModels: readModelsOf(recipient),
      now,
      onFault: (fault) => log.error('feed.stopped', { recipient }, fault),
      onTrouble: (error) => log.warn('feed.waiting', { recipient }, error),
      onParked: (projection, parked) =>
        log.error('projection.parked', { recipient, projection, count: parked.length }),
    });
    await feed.prepare();
    void feed.run(new AbortController().signal);
  }

  #pool(applicationName: string, max: number, durability?: 'recoverable'): Pool {
    const pool = createPool({
      url: this.options.postgresUrl,
      applicationName,
      max,
      ...(durability ? { durability } : {}),
    });
    this.#pools.push(pool);
    return pool;
  }

  async #tokens(): Promise<JwtVerifier> {
    const { signing } = await issuerKeys(this.options.issuerKeys);
    const { kty, n, e, kid, alg, use } = signing;
    return JwtVerifier.local(this.options.issuer, {
      keys: [{ kty, n, e, kid, alg, use } as typeof signing],
    });
  }

  #log(app: string): Log {
    return new Log({ app, level: this.options.configuration.logLevel });
  }

  #port(app: SharedApp): number {
    return sharedPort(this.options.configuration, app);
  }

  #secret(name: string): Promise<string> {
    return localSecret(join(this.options.configuration.dataDirectory, 'secrets'), name);
  }
}

function readModelsOf(recipient: string): readonly ReadModel[] {
  return readModels[partsOfRecipient(recipient).audience] ?? [];
}
