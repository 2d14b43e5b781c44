import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { JavaCommand } from './java-process.js';
import { assertJava, freePort, JavaProcess } from './java-process.js';
import { fetched } from './maven.js';

export interface LocalKafkaOptions extends Pick<JavaCommand, 'outlivesInterrupt' | 'onLost'> {
  /** Made where it is missing; keeps the records from one start to the next. */
  readonly dataDir: string;
  /** Default: any free one. */
  readonly port?: number;
  /**
   * Who may connect, by name, with passwords: whoever has no grant may then do nothing. Without it
   * anybody on this machine may do anything.
   */
  readonly users?: Readonly<Record<string, string>>;
  readonly onProgress?: (line: string) => void;
}

/** Apache Kafka on this machine: one node, no replicas, for development and tests. */
export interface LocalKafka {
  /** `127.0.0.1:<port>`; the same after `restart`. */
  readonly address: string;
  /** May do everything; where there are users. */
  readonly administrator: { readonly username: string; readonly password: string } | undefined;
  readonly pid: number;
  /** Ends it where it stands, as a lost machine would. */
  kill(): Promise<void>;
  /** Starts it again over the same records. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const KAFKA = {
  coordinates: 'org.apache.kafka:kafka_2.13:4.3.0',
  title: 'Apache Kafka 4.3.0',
  withDependencies: true,
};
const ADMINISTRATOR = 'broker';
/** After a kill it reads its segments again first. */
const START_MS_MAX = 120_000;

/** @throws LocalEngineUnavailable where Java 17 or Maven is missing, or it does not start */
export async function startLocalKafka(options: LocalKafkaOptions): Promise<LocalKafka> {
  const { dataDir, port: wanted, users, onProgress, ...life } = options;
  const directory = resolve(dataDir);
  await assertJava();
  const classPath = join(await fetched(KAFKA, onProgress), '*');
  await mkdir(directory, { recursive: true });
  const port = wanted ?? (await freePort());
  const controllerPort = await freePort();
  const password = users && randomUUID();
  const everybody = password === undefined ? undefined : { ...users, [ADMINISTRATOR]: password };
  const settings = join(directory, 'broker.properties');
  await writeFile(settings, propertiesOf({ directory, port, controllerPort, everybody }), {
    mode: 0o600,
  });
  if (!existsSync(join(directory, 'records'))) await format(classPath, settings);
  const start = () =>
    JavaProcess.start({
      title: KAFKA.title,
      directory,
      parameters: [
        '-Xmx512m',
        '-XX:TieredStopAtLevel=1',
        '-cp',
        classPath,
        'kafka.Kafka',
        settings,
      ],
      ready: /Kafka Server started/,
      startMsMax: START_MS_MAX,
      ...life,
    });
  let running = await start();
  return {
    address: `127.0.0.1:${port}`,
    administrator: password === undefined ? undefined : { username: ADMINISTRATOR, password },
    get pid() {
      return running.pid;
    },
    kill: () => running.kill(),
    restart: async () => {
      running = await start();
    },
    stop: () => running.stop(),
  };
}

/**
 * What Kafka knows a cluster by: a UUID in base64url. One in 64 would begin with a hyphen, which Kafka's
 * tools take for an option, and its own `Uuid.randomUuid` leaves out for that.
 */
export function clusterIdOf(uuid: string): string {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f, 0);
  return bytes.toString('base64url');
}

/** Gives the records' directory its identity; Kafka starts on no other. */
async function format(classPath: string, settings: string): Promise<void> {
  const clusterId = clusterIdOf(randomUUID());
  const tool = ['-cp', classPath, 'kafka.tools.StorageTool', 'format', '--standalone'];
  await promisify(execFile)('java', [...tool, '-t', clusterId, '-c', settings]);
}

interface Setting {
  readonly directory: string;
  readonly port: number;
  readonly controllerPort: number;
  /** With the administrator, where there are users. */
  readonly everybody: Readonly<Record<string, string>> | undefined;
}

function propertiesOf({ directory, port, controllerPort, everybody }: Setting): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    listeners: `CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `CLIENTS://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': `CLIENTS:${everybody ? 'SASL_PLAINTEXT' : 'PLAINTEXT'},CONTROLLER:PLAINTEXT`,
    'inter.broker.listener.name': 'CLIENTS',
    'log.dirs': join(directory, 'records'),
    // One node holds the only copy of everything, and few partitions start sooner.
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.num.partitions': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    // A killed broker is taken back only once its session before has ended.
    'broker.session.timeout.ms': '4000',
    'broker.heartbeat.interval.ms': '1000',
    'auto.create.topics.enable': 'false',
    'num.partitions': '1',
    ...(everybody ? authorisationOf(everybody) : {}),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return `${lines.join('\n')}\n`;
}

/** The controller's listener is this process's own and knows nobody by name. */
function authorisationOf(everybody: Readonly<Record<string, string>>): Record<string, string> {
  const known = Object.entries(everybody).map(([name, password]) => `user_${name}="${password}"`);
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
  const own = `username="${ADMINISTRATOR}" password="${everybody[ADMINISTRATOR]}"`;
  return {
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    'listener.name.clients.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.clients.plain.sasl.jaas.config': `${login} ${own} ${known.join(' ')};`,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': `User:${ADMINISTRATOR};User:ANONYMOUS`,
    'allow.everyone.if.no.acl.found': 'false',
  };
}
