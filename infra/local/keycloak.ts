import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { assertJava, freePort, JavaProcess } from './java-process.js';
import { fetched } from './maven.js';

export interface LocalKeycloakOptions {
  /** Made where it is missing; a start begins with the realm as it is in its file. */
  readonly dataDir: string;
  /** The file of a realm to import: `<its name>-realm.json`. */
  readonly realm: string;
  /** What the placeholders in that file stand for. */
  readonly environment: Readonly<Record<string, string>>;
  /** Default: any free one. */
  readonly port?: number;
  readonly onProgress?: (line: string) => void;
}

/** Keycloak on this machine, its records in memory, for development and tests. */
export interface LocalKeycloak {
  /** `http://127.0.0.1:<port>` */
  readonly origin: URL;
  /** Of realm `master`. */
  readonly administrator: { readonly username: string; readonly password: string };
  stop(): Promise<void>;
}

const VERSION = '26.7.0';
const KEYCLOAK = {
  coordinates: `org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`,
  title: `Keycloak ${VERSION}`,
  withDependencies: false,
};
const BOOTSTRAP = 'io.quarkus.bootstrap';
const THREADS = `${BOOTSTRAP}.forkjoin.QuarkusForkJoinWorkerThreadFactory`;
const START_MS_MAX = 240_000;

/** @throws LocalEngineUnavailable where Java 17 or Maven is missing, or it does not start */
export async function startLocalKeycloak(options: LocalKeycloakOptions): Promise<LocalKeycloak> {
  const { realm, environment, onProgress } = options;
  const directory = resolve(options.dataDir);
  await assertJava();
  const built = await builtKeycloak(onProgress);
  const home = await homeBelow(directory, built, resolve(realm));
  const port = options.port ?? (await freePort());
  const origin = new URL(`http://127.0.0.1:${port}`);
  const administrator = { username: 'administrator', password: randomUUID() };
  const running = await JavaProcess.start({
    title: KEYCLOAK.title,
    directory,
    parameters: [
      '-Xmx512m',
      '-XX:TieredStopAtLevel=1',
      // As its own script says it: the server's class loader is wanted in every thread.
      `-Djava.util.concurrent.ForkJoinPool.common.threadFactory=${THREADS}`,
      '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
      `-Dkc.home.dir=${home}`,
      ...['-cp', join(built, 'lib/quarkus-run.jar'), `${BOOTSTRAP}.runner.QuarkusEntryPoint`],
      ...['start', '--optimized', '--import-realm', '--cache=local', '--http-enabled=true'],
      ...['--http-host=127.0.0.1', `--http-port=${port}`, `--hostname=${origin.origin}`],
    ],
    environment: {
      ...environment,
      KC_BOOTSTRAP_ADMIN_USERNAME: administrator.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
    },
    ready: /Listening on: /,
    startMsMax: START_MS_MAX,
  });
  return { origin, administrator, stop: () => running.stop() };
}

/**
 * A copy that was built for records in memory: it otherwise builds itself at every start, which
 * takes longer than the start. Kept beside the distribution.
 */
async function builtKeycloak(onProgress?: (line: string) => void): Promise<string> {
  const distribution = join(await fetched(KEYCLOAK, onProgress), `keycloak-${VERSION}`);
  const built = `${distribution}-built`;
  if (existsSync(built)) return built;
  onProgress?.(`building ${KEYCLOAK.title}, once`);
  const partial = await mkdtemp(`${built}.partial-`);
  try {
    // Its jars are read and never written; by far the most of it.
    const jars = join(distribution, 'lib/lib');
    await cp(distribution, partial, { recursive: true, filter: (path) => path !== jars });
    await symlink(jars, join(partial, 'lib/lib'));
    const script = [join(partial, 'bin/kc.sh'), 'build', '--db=dev-mem'];
    await promisify(execFile)('sh', script);
    await rename(partial, built);
  } catch (error) {
    // Somebody else may have been quicker: what is there is whole.
    if (!existsSync(built)) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return built;
}

/** A home of this start's own: all of it is the built one's, but what it imports and writes. */
async function homeBelow(directory: string, built: string, realm: string): Promise<string> {
  const home = join(directory, 'home');
  await rm(home, { recursive: true, force: true });
  const imports = join(home, 'data/import');
  await mkdir(imports, { recursive: true });
  await cp(realm, join(imports, basename(realm)));
  for (const name of await readdir(built)) {
    if (name !== 'data') await symlink(join(built, name), join(home, name));
  }
  return home;
}
