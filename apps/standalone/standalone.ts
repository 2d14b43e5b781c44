import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import type { Standing } from '@common-thread/platform/standing';
import { HttpStanding, KeptStanding, StandingVerifier } from '@common-thread/platform/standing';
import type { TokenVerifier } from '@common-thread/platform/token-verifier';
import { JwtVerifier } from '@common-thread/platform/token-verifier';
import type { AgencyInstance } from '@common-thread/running/agency-instance';
import { startAgency } from '@common-thread/running/agency-instance';
import type { Clock } from '../command-api/clock.js';
import { systemClock } from '../command-api/clock.js';
import type { CommandApi } from '../command-api/create-command-api.js';
import { createCommandApi } from '../command-api/create-command-api.js';
import type { FeedRelay } from '../feed-relay/create-feed-relay.js';
import { createFeedRelay } from '../feed-relay/create-feed-relay.js';
import type { Vault } from '../vault/create-vault.js';
import { createVault } from '../vault/create-vault.js';
import { SealedFileMasterKey } from '../vault/keys/sealed-file-master-key.js';
import { issuerAddresses } from '../sign-in/create-sign-in.js';
import { kindOf } from './kinds-of-agencies.js';
import type { DemonstrationAgency } from './agencies.js';
import { agencyOf, demonstrationAgencies } from './agencies.js';
import type { SharedApp, StandaloneConfiguration } from './configuration.js';
import { sharedPort } from './configuration.js';
import type { Engines } from './engines.js';
import { startEngines } from './engines.js';
import { createLanding } from './landing/create-landing.js';
import { landingFacts } from './landing/landing-facts.js';
import { localSecret } from './secrets.js';
import { startSignIn } from './sign-in.js';

/** Everything on one machine, running. */
export interface Standalone {
  readonly configuration: StandaloneConfiguration;
  readonly engines: Engines;
  readonly vault: Vault;
  readonly relay: FeedRelay;
  readonly commandApi: CommandApi;
  readonly agencies: ReadonlyMap<string, AgencyInstance>;
  addressOf(app: SharedApp): URL;
  /** Where an agency's pages are. @throws where the recipient has none */
  agencyAddress(recipient: string): URL;
  /** Said on the landing page until something else is. */
  showProgress(words: string): void;
  /** In the order that loses nothing: doors first, engines last. */
  close(): Promise<void>;
}

/**
 * Starts PostgreSQL and every app in this process, each on its own port.
 * @param clock of what is recorded
 * @throws EmbeddedPostgresInUse where another process owns the data directory, ConfigurationError
 */
export async function startStandalone(
  configuration: StandaloneConfiguration,
  environment = new Environment(),
  clock: Clock = systemClock,
): Promise<Standalone> {
  const engineLog = logOf(configuration, 'engines');
  const engines = await startEngines(
    configuration.dataDirectory,
    engineLog,
    configuration.eventLog,
  );
  const starting = new Starting(configuration, engines, environment, clock);
  try {
    return await starting.start();
  } catch (error) {
    await starting.close();
    throw error;
  }
}

export function logOf({ logLevel, logFile }: StandaloneConfiguration, app: string): Log {
  return new Log({ app, level: logLevel, ...(logFile === undefined ? {} : { file: logFile }) });
}

export function originOf({ host }: StandaloneConfiguration, port: number): URL {
  return new URL(`http://${host}:${port}`);
}

const VAULT_CONNECTIONS = 8;
const RELAY_CONNECTIONS = 6;
const COMMAND_CONNECTIONS = 4;

/** What has been started so far, so that a failed start leaves nothing running. */
class Starting {
  readonly #agencies = new Map<string, AgencyInstance>();
  /** Closed last to first. */
  readonly #closing: (() => Promise<void>)[];
  #progress = '';
  /** One answer about somebody's standing serves every app. */
  #standing: Standing | undefined;

  constructor(
    private readonly configuration: StandaloneConfiguration,
    private readonly engines: Engines,
    private readonly environment: Environment,
    private readonly clock: Clock,
  ) {
    this.#closing = [() => engines.close()];
  }

  async start(): Promise<Standalone> {
    const { configuration, engines } = this;
    const vault = await this.#vault();
    const relay = await this.#relay();
    const commandApi = await this.#commandApi(vault, relay);
    await this.#signIn();
    await this.#listen(vault.app, 'vault');
    await this.#listen(relay.app, 'feed-relay');
    await this.#listen(commandApi.app, 'command-api');
    for (const agency of demonstrationAgencies) await this.#agency(agency, relay);
    await this.#landing();
    return {
      configuration,
      engines,
      vault,
      relay,
      commandApi,
      agencies: this.#agencies,
      addressOf: (app) => this.#addressOf(app),
      agencyAddress: (recipient) => this.#addressOfAgency(agencyOf(recipient)),
      showProgress: (words) => {
        this.#progress = words;
      },
      close: () => this.close(),
    };
  }

  async close(): Promise<void> {
    for (let close = this.#closing.pop(); close; close = this.#closing.pop()) await close();
  }

  async #vault(): Promise<Vault> {
    const { engines, configuration } = this;
    const wrappingKey = this.environment.optional('COMMON_THREAD_MASTER_KEY');
    const vault = await createVault({
      log: engines.eventLog,
      pool: engines.pool('vault', VAULT_CONNECTIONS),
      tokens: this.#issued(),
      appLog: logOf(configuration, 'vault'),
      masterKey: await SealedFileMasterKey.open({
        directory: join(configuration.dataDirectory, 'vault'),
        production: this.environment.isProduction,
        ...(wrappingKey === undefined ? {} : { wrappingKey }),
      }),
    });
    this.#closing.push(() => vault.close());
    return vault;
  }

  async #relay(): Promise<FeedRelay> {
    const { engines, configuration } = this;
    const relay = await createFeedRelay({
      log: engines.eventLog,
      pool: engines.pool('feed-relay', RELAY_CONNECTIONS),
      tokens: this.#tokens(),
      appLog: logOf(configuration, 'feed-relay'),
      saltSecret: await this.#secret('feed-salts'),
    });
    this.#closing.push(() => relay.close());
    relay.start();
    return relay;
  }

  async #commandApi(vault: Vault, relay: FeedRelay): Promise<CommandApi> {
    const { engines, configuration } = this;
    const commandApi = await createCommandApi({
      log: engines.eventLog,
      sealing: vault.sealing,
      matching: vault.matching,
      deriving: vault.deriving,
      narrowingFolds: [vault.narrowing, relay.narrowing],
      glassOutbox: vault.glassOutbox,
      tokens: this.#tokens(),
      // A reaction's checkpoint: what follows an older one is answered as done already.
      pool: engines.pool('command-api', COMMAND_CONNECTIONS, 'recoverable'),
      appLog: logOf(configuration, 'command-api'),
      clock: this.clock,
    });
    this.#closing.push(() => commandApi.close());
    commandApi.start();
    return commandApi;
  }

  async #signIn(): Promise<void> {
    const app = await startSignIn({
      configuration: this.configuration,
      environment: this.environment,
      publicUrl: this.#addressOf('sign-in'),
      addressOfAgency: (agency) => this.#addressOfAgency(agency),
      secretOf: (agency) => this.#secret(`client-${agency.recipient}`),
      log: logOf(this.configuration, 'sign-in'),
    });
    this.#closing.push(() => app.close());
    await this.#listen(app, 'sign-in');
  }

  async #agency(agency: DemonstrationAgency, relay: FeedRelay): Promise<void> {
    const { configuration, engines } = this;
    const publicUrl = this.#addressOfAgency(agency);
    const instance = await startAgency({
      kind: kindOf(agency.recipient),
      pools: engines,
      pages: relay.pages,
      recipient: agency.recipient,
      organisation: agency.name,
      log: logOf(configuration, agency.recipient.replaceAll('.', '-')),
      tokens: this.#tokens(),
      issuer: {
        issuer: issuerAddresses(this.#addressOf('sign-in')).issuer,
        clientId: agency.recipient,
        clientSecret: await this.#secret(`client-${agency.recipient}`),
        publicUrl,
      },
      sessionSecret: await this.#secret(`sessions-${agency.recipient}`),
      ports: {
        commandApi: this.#addressOf('command-api'),
        vault: this.#addressOf('vault'),
        feedRelay: this.#addressOf('feed-relay'),
      },
    });
    this.#closing.push(() => instance.close());
    this.#agencies.set(agency.recipient, instance);
    await instance.app.listen(Number(publicUrl.port), configuration.host);
  }

  async #landing(): Promise<void> {
    const facts = () =>
      landingFacts({
        addressOf: (app) => this.#addressOf(app),
        addressOfAgency: (agency) => this.#addressOfAgency(agency),
        progress: this.#progress,
      });
    const landing = await createLanding(
      logOf(this.configuration, 'landing'),
      this.#tokens(),
      facts,
    );
    this.#closing.push(() => landing.close());
    await this.#listen(landing, 'landing');
  }

  #listen(app: NestFastifyApplication, name: SharedApp): Promise<unknown> {
    return app.listen(sharedPort(this.configuration, name), this.configuration.host);
  }

  #addressOf(app: SharedApp): URL {
    return originOf(this.configuration, sharedPort(this.configuration, app));
  }

  #addressOfAgency({ portOffset }: DemonstrationAgency): URL {
    return originOf(this.configuration, this.configuration.basePort + portOffset);
  }

  #tokens(): TokenVerifier {
    this.#standing ??= new KeptStanding(new HttpStanding(this.#addressOf('vault')));
    return new StandingVerifier(this.#issued(), this.#standing);
  }

  #issued(): JwtVerifier {
    const { issuer, keys } = issuerAddresses(this.#addressOf('sign-in'));
    return JwtVerifier.remote(issuer.href, keys);
  }

  #secret(name: string): Promise<string> {
    return localSecret(join(this.configuration.dataDirectory, 'secrets'), name);
  }
}
