import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Environment } from '@common-thread/platform/environment';
import { agencyConfiguration } from '@common-thread/running/agency-process';
import { kafkaAddress } from '@common-thread/running/kafka';
import { processConfiguration } from '@common-thread/running/process-configuration';
import { parse, parseAllDocuments } from 'yaml';
import access from '../../infra/kafka/access.json' with { type: 'json' };
import { demonstrationAgencies } from '../../apps/standalone/agencies.js';
import { RELAY_USER } from '../../apps/standalone/distributed/planned-process.js';
import { commandApiConfiguration } from '../../apps/command-api/configuration.js';
import { feedRelayConfiguration } from '../../apps/feed-relay/configuration.js';
import { vaultConfiguration } from '../../apps/vault/configuration.js';
import { repositoryRoot } from '../architecture/source-files.js';

/** What each app reads of its environment, all of it. */
const configurations: Readonly<Record<string, (environment: Environment) => unknown>> = {
  vault: vaultConfiguration,
  'feed-relay': (environment) => {
    feedRelayConfiguration(environment);
    kafkaAddress(environment, 'feed-relay');
  },
  'command-api': commandApiConfiguration,
  ...Object.fromEntries(
    ['safeguarding-hub', 'childrens-centre', 'health-visiting'].map((audience) => [
      audience,
      (environment: Environment) => {
        agencyConfiguration(environment, audience);
        kafkaAddress(environment, audience);
      },
    ]),
  ),
};

type Variables = Readonly<Record<string, string>>;

/** The variables that an app is given and never reads. @throws what its configuration throws */
function unread(app: string, variables: Variables, files: ReadonlySet<string>): string[] {
  const read = new Set<string>();
  const recorded = new Proxy(variables, {
    get(target, name: string) {
      read.add(name);
      return target[name];
    },
  });
  const environment = new Environment(recorded, (path) => {
    if (!files.has(path)) throw new Error(`${path} is mounted nowhere`);
    return /\/(database|event-log)$/.test(path)
      ? 'postgres://app@database.example/app'
      : 'a secret of at least thirty-two characters';
  });
  processConfiguration(environment, 3_000);
  configurations[app]?.(environment);
  return Object.keys(variables).filter((name) => !read.has(name));
}

function appOf(command: readonly string[] | undefined): string | undefined {
  return /^dist\/bundled\/([a-z-]+)\.js$/.exec(command?.at(-1) ?? '')?.[1];
}

const textOf = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}
interface Service {
  readonly command?: readonly string[];
  readonly environment?: Variables;
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: object;
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

describe('docker-compose.yml', () => {
  const compose = parse(textOf('docker-compose.yml'), { merge: true }) as Compose;
  const services = Object.entries(compose.services);
  const apps = services.filter(([, { command }]) => appOf(command) !== undefined);

  it('runs every app that is a process, two centres among them', () => {
    const run = apps.map(([, { command }]) => appOf(command)).sort();
    expect(run).toEqual([...Object.keys(configurations), 'childrens-centre'].sort());
  });

  it.each(apps)('tells %s all it needs, and nothing that it does not know', (_, service) => {
    const files = new Set(service.secrets?.map((secret) => `/run/secrets/${secret}`));
    const app = appOf(service.command) ?? '';
    expect(unread(app, service.environment ?? {}, files)).toEqual([]);
  });

  it.each(services)('leads %s to what is there, and asks whether it is well', (_, service) => {
    const { secrets = [], depends_on: needs = {}, volumes = [], healthcheck } = service;
    expect(secrets.filter((secret) => !compose.secrets[secret])).toEqual([]);
    expect(Object.keys(needs).filter((name) => !compose.services[name])).toEqual([]);
    const named = volumes.map((volume) => volume.split(':')[0]!).filter((v) => !v.startsWith('.'));
    expect(named.filter((volume) => !(volume in compose.volumes))).toEqual([]);
    expect(healthcheck).toBeDefined();
  });

  it('grants on Kafka before anybody is led there', () => {
    const { command, environment = {}, secrets } = compose.services['kafka-access']!;
    expect(command?.slice(0, 2)).toEqual(['dist/infra/kafka/kafka-command.js', 'apply']);
    expect(secrets).toEqual(['kafka_broker']);
    const readSecret = (path: string) => (path === '/run/secrets/kafka_broker' ? 'a secret' : '');
    expect(kafkaAddress(new Environment(environment, readSecret), 'infra')).toMatchObject({
      credentials: { username: 'broker', password: 'a secret' },
    });
    for (const [, { environment: led = {}, depends_on: needs }] of apps) {
      expect(needs !== undefined && 'kafka-access' in needs).toBe('COMMON_THREAD_KAFKA' in led);
    }
  });

  it('has each secret made by the script that makes them', () => {
    const script = textOf('infra/compose/make-secrets.sh');
    const agencies = /^agencies='([^']+)'/m.exec(script)?.[1]?.split(' ') ?? [];
    for (const name of Object.keys(compose.secrets)) {
      const agency = agencies.find((each) => name.endsWith(`_${each}`));
      const made = agency === undefined ? name : name.replace(agency, '$agency');
      const looped = name.replace(/^(database|kafka)_.*/, '$1_');
      expect([
        name,
        script.includes(`make ${made}`) ||
          script.includes(`make "${made}"`) ||
          script.includes(`make "${looped}$`),
      ]).toEqual([name, true]);
    }
  });
});

interface Workload {
  readonly kind: string;
  readonly data?: Variables;
  readonly spec?: {
    readonly template?: {
      readonly spec: {
        readonly containers: readonly {
          readonly args: readonly string[];
          readonly env: readonly { readonly name: string; readonly value: string }[];
        }[];
      };
    };
  };
}

describe('the Kustomize base', () => {
  const folder = 'infra/kubernetes';
  const listed = (parse(textOf(`${folder}/kustomization.yaml`)) as { resources: string[] })
    .resources;
  const documents = listed.flatMap((file) =>
    parseAllDocuments(textOf(`${folder}/${file}`)).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as Workload;
    }),
  );

  it('lists every file that is there', () => {
    const there = readdirSync(join(repositoryRoot, folder));
    expect([...listed, 'kustomization.yaml'].sort()).toEqual(there.sort());
  });

  const containers = documents.flatMap(({ spec }) => spec?.template?.spec.containers ?? []);
  const shared = documents.find(({ kind }) => kind === 'ConfigMap')?.data ?? {};

  it('runs every app that is a process', () => {
    const run = new Set(containers.map(({ args }) => appOf(args)));
    expect([...run].sort()).toEqual(Object.keys(configurations).sort());
  });

  it.each(containers.map((each) => [appOf(each.args) ?? '', each] as const))(
    'tells %s all it needs, and nothing that it does not know',
    (app, { env }) => {
      const own = Object.fromEntries(env.map(({ name, value }) => [name, value]));
      const mounted = Object.values(own).filter((value) => value.startsWith('/run/secrets/'));
      expect(unread(app, { ...shared, ...own }, new Set(mounted))).toEqual([]);
    },
  );
});

it('grants on Kafka to the relay and to each agency of the county', () => {
  const recipients = demonstrationAgencies.map(({ recipient }) => recipient);
  expect(access).toEqual({ relay: RELAY_USER, recipients });
});

it('knows a variable that no app reads', () => {
  const files = new Set(['/run/secrets/common-thread/database']);
  const variables = { COMMON_THREAD_PROT: '3000' };
  expect(() => unread('vault', variables, files)).toThrow('COMMON_THREAD_EVENT_LOG');
  expect(unread('none', variables, files)).toEqual(['COMMON_THREAD_PROT']);
});
