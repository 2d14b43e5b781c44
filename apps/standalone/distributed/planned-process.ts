import { join } from 'node:path';
import type { IssuerAddress } from '@common-thread/platform/issuer';
import { demonstrationAgencies } from '../agencies.js';
import type { DemonstrationAgency } from '../agencies.js';
import type { SharedApp, StandaloneConfiguration } from '../configuration.js';
import { sharedPort } from '../configuration.js';
import { signInDirectory } from '../sign-in.js';

/** One process of the county: what it runs and all it is told. */
export interface PlannedProcess {
  /** `vault`, or of an agency its organisation: `larkfield-centres`. */
  readonly name: string;
  /** The folder of its app: `childrens-centre`. */
  readonly app: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where it says whether it is ready, and its metrics. */
  readonly operations: URL;
}

/** What the processes stand on, wherever that runs. */
export interface Premises {
  readonly configuration: StandaloneConfiguration;
  /** Of the private log, by the scheme of its engine. */
  readonly eventLog: string;
  /** Address of a database by its name; every app has one of its own. */
  readonly databaseOf: (name: string) => string;
  /** Path of a file that holds a secret, by its name. */
  readonly secretFile: (name: string) => string;
  /** The issuer, and where processes reach it; the development sign-in is started where it is absent. */
  readonly issuer?: IssuerAddress;
  /** Feeds are read from their pages alone where it is absent. */
  readonly kafka?: Brokers;
  /** File of the development sign-in's clients. */
  readonly clientsFile: string;
}

/** Kafka, as processes are led to it. */
export interface Brokers {
  /** `host:port`, several with commas between them. */
  readonly addresses: string;
  /** Whether they ask who each is: a process's user is `feed-relay` or its recipient, its secret `kafka-<user>`. */
  readonly askForUsers: boolean;
}

/** The relay's user on a broker that asks, as infra/kafka/access.json names it. */
export const RELAY_USER = 'feed-relay';

/** Operations ports follow the apps' own. */
const OPERATIONS_ABOVE = 20;

/** Name of an app's database: `common_thread_larkfield_centres`. */
export function databaseName(process: string): string {
  return `common_thread_${process.replaceAll('-', '_')}`;
}

/** An agency's process is named for its organisation. */
export function processOf({ recipient }: DemonstrationAgency): string {
  return recipient.slice(0, recipient.lastIndexOf('.'));
}

/** Names of the processes that keep something in a database of their own. */
export function processesWithDatabase(): readonly string[] {
  return ['vault', 'feed-relay', 'command-api', ...demonstrationAgencies.map(processOf)];
}

/** Every process of the demonstration county, in an order in which each finds what it needs. */
export function planProcesses(premises: Premises): readonly PlannedProcess[] {
  return [
    ...(premises.issuer ? [] : [signIn(premises)]),
    vault(premises),
    feedRelay(premises),
    commandApi(premises),
    ...demonstrationAgencies.map((agency) => agencyProcess(premises, agency)),
  ];
}

function signIn(premises: Premises): PlannedProcess {
  const { configuration } = premises;
  return planned(premises, 'sign-in', 'sign-in', sharedPort(premises.configuration, 'sign-in'), {
    COMMON_THREAD_PUBLIC_URL: addressOf(configuration, 'sign-in'),
    COMMON_THREAD_SIGN_IN_CLIENTS: premises.clientsFile,
    COMMON_THREAD_KEYS: signInDirectory(configuration),
  });
}

function vault(premises: Premises): PlannedProcess {
  const { configuration, eventLog } = premises;
  return planned(premises, 'vault', 'vault', sharedPort(premises.configuration, 'vault'), {
    ...issuerOf(premises),
    COMMON_THREAD_EVENT_LOG: eventLog,
    COMMON_THREAD_DATABASE: premises.databaseOf('vault'),
    COMMON_THREAD_KEYS: join(configuration.dataDirectory, 'vault'),
  });
}

function feedRelay(premises: Premises): PlannedProcess {
  return planned(
    premises,
    'feed-relay',
    'feed-relay',
    sharedPort(premises.configuration, 'feed-relay'),
    {
      ...issuerOf(premises),
      COMMON_THREAD_EVENT_LOG: premises.eventLog,
      COMMON_THREAD_DATABASE: premises.databaseOf('feed-relay'),
      COMMON_THREAD_VAULT: addressOf(premises.configuration, 'vault'),
      COMMON_THREAD_FEED_SALTS_FILE: premises.secretFile('feed-salts'),
      ...kafkaOf(premises, RELAY_USER),
    },
  );
}

function commandApi(premises: Premises): PlannedProcess {
  return planned(
    premises,
    'command-api',
    'command-api',
    sharedPort(premises.configuration, 'command-api'),
    {
      ...issuerOf(premises),
      COMMON_THREAD_EVENT_LOG: premises.eventLog,
      COMMON_THREAD_DATABASE: premises.databaseOf('command-api'),
      COMMON_THREAD_VAULT: addressOf(premises.configuration, 'vault'),
      COMMON_THREAD_FEED_RELAY: addressOf(premises.configuration, 'feed-relay'),
      COMMON_THREAD_CLIENT_SECRET_FILE: premises.secretFile('client-command-api'),
    },
  );
}

function agencyProcess(premises: Premises, agency: DemonstrationAgency): PlannedProcess {
  const { configuration, secretFile } = premises;
  const { recipient, name, portOffset } = agency;
  const process = processOf(agency);
  const app = recipient.slice(recipient.lastIndexOf('.') + 1);
  return planned(premises, process, app, configuration.basePort + portOffset, {
    ...issuerOf(premises),
    COMMON_THREAD_RECIPIENT: recipient,
    COMMON_THREAD_ORGANISATION: name,
    COMMON_THREAD_DATABASE: premises.databaseOf(process),
    COMMON_THREAD_PUBLIC_URL: originAt(configuration, configuration.basePort + portOffset),
    COMMON_THREAD_COMMAND_API: addressOf(configuration, 'command-api'),
    COMMON_THREAD_VAULT: addressOf(configuration, 'vault'),
    COMMON_THREAD_FEED_RELAY: addressOf(configuration, 'feed-relay'),
    COMMON_THREAD_CLIENT_SECRET_FILE: secretFile(`client-${recipient}`),
    COMMON_THREAD_SESSION_SECRET_FILE: secretFile(`sessions-${recipient}`),
    ...kafkaOf(premises, recipient),
  });
}

function planned(
  { configuration }: Premises,
  name: string,
  app: string,
  port: number,
  environment: Readonly<Record<string, string>>,
): PlannedProcess {
  const { host, logLevel, logFile } = configuration;
  const operationsPort = port + OPERATIONS_ABOVE;
  return {
    name,
    app,
    operations: new URL(`http://${host}:${operationsPort}`),
    environment: {
      COMMON_THREAD_HOST: host,
      COMMON_THREAD_PORT: String(port),
      COMMON_THREAD_OPERATIONS_PORT: String(operationsPort),
      COMMON_THREAD_LOG: logLevel,
      ...(logFile === undefined ? {} : { COMMON_THREAD_LOG_FILE: logFile }),
      ...environment,
    },
  };
}

function kafkaOf({ kafka, secretFile }: Premises, user: string): Record<string, string> {
  if (kafka === undefined) return {};
  const address = { COMMON_THREAD_KAFKA: kafka.addresses };
  if (!kafka.askForUsers) return address;
  return {
    ...address,
    COMMON_THREAD_KAFKA_USER: user,
    COMMON_THREAD_KAFKA_PASSWORD_FILE: secretFile(`kafka-${user}`),
  };
}

function issuerOf({ configuration, issuer }: Premises): Record<string, string> {
  if (!issuer) {
    return { COMMON_THREAD_ISSUER: `${addressOf(configuration, 'sign-in')}/oidc` };
  }
  const { issuer: named, reachedAt } = issuer;
  return {
    COMMON_THREAD_ISSUER: named.href,
    ...(reachedAt === undefined ? {} : { COMMON_THREAD_ISSUER_AT: reachedAt.href }),
  };
}

function addressOf(configuration: StandaloneConfiguration, app: SharedApp): string {
  return originAt(configuration, sharedPort(configuration, app));
}

function originAt({ host }: StandaloneConfiguration, port: number): string {
  return `http://${host}:${port}`;
}
