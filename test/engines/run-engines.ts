import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../infra/local/java-process.js';
import { startLocalKafka } from '../../infra/local/kafka.js';
import type { EngineSought, FoundEngine } from './found-engine.js';
import { findEngine, startContainer } from './found-engine.js';

/** `npm run test:engines [-- jest's arguments]`: the suites `*.engines.ts` on real engines. */

const place = mkdtempSync(join(tmpdir(), 'common-thread-engines-'));
const say = (line: string) => void process.stdout.write(`${line}\n`);

const kafka: EngineSought = {
  title: 'Apache Kafka',
  variable: 'COMMON_THREAD_TEST_KAFKA',
  inDocker: kafkaInDocker,
  locally: () => startLocalKafka({ dataDir: join(place, 'kafka'), onProgress: say }),
};

const eventStore: EngineSought = {
  title: 'EventStoreDB',
  variable: 'COMMON_THREAD_TEST_EVENTSTOREDB',
  inDocker: async () => {
    const started = await startContainer(
      'kurrentplatform/kurrentdb:26.0',
      2113,
      { path: '/health/live' },
      (container) =>
        container
          .withExposedPorts(2113)
          .withEnvironment({ KURRENTDB_INSECURE: 'true', KURRENTDB_TELEMETRY_OPTOUT: 'true' }),
    );
    return { ...started, address: `esdb://${started.address}?tls=false` };
  },
};

/** A broker names its own address to its clients, so the port is settled before it starts. */
async function kafkaInDocker() {
  const port = await freePort();
  const listeners = `CLIENTS://:${port},CONTROLLER://:9093,INSIDE://:9092`;
  const started = await startContainer(
    'apache/kafka:4.3.0',
    port,
    { log: /Kafka Server started/ },
    (container) =>
      container.withExposedPorts({ container: port, host: port }).withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_LISTENERS: listeners,
        KAFKA_ADVERTISED_LISTENERS: `CLIENTS://127.0.0.1:${port},INSIDE://localhost:9092`,
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP:
          'CLIENTS:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT',
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_INTER_BROKER_LISTENER_NAME: 'INSIDE',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      }),
  );
  return { ...started, address: `127.0.0.1:${port}` };
}

async function run(): Promise<number> {
  const found: FoundEngine[] = [];
  try {
    for (const sought of [kafka, eventStore]) {
      const engine = await findEngine(sought);
      if (engine) {
        found.push(engine);
        process.env[sought.variable] = engine.address;
        say(`${sought.title}: ${engine.origin}, ${engine.address}`);
      } else {
        say(
          `${sought.title}: no server. There is no address in ${sought.variable} and no Docker; its suite ` +
            'runs on the in-process double, which is not the engine.',
        );
      }
    }
    return await runSuites();
  } finally {
    await Promise.all(found.map((engine) => engine.stop()));
    rmSync(place, { recursive: true, force: true });
  }
}

async function runSuites(): Promise<number> {
  const suites = ['--testMatch=**/*.engines.ts', '--testMatch=**/event-log.contract.ts'];
  const jest = ['node_modules/jest/bin/jest.js', ...suites];
  const child = spawn(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', ...jest, ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
