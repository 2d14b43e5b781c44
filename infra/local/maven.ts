import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isNativeError } from 'node:util/types';

/** An engine cannot be had or started here; the message says what is missing and what to do. */
export class LocalEngineUnavailable extends Error {
  override readonly name = 'LocalEngineUnavailable';
}

/** A published artefact of Maven Central. */
export interface Artefact {
  /** `group:artefact:version`, with `:zip` where it is one. */
  readonly coordinates: string;
  /** What it is, as a person would say. */
  readonly title: string;
  /** With everything it needs to run; otherwise unpacked. */
  readonly withDependencies: boolean;
}

const FETCH_MS_MAX = 540_000;

/**
 * The folder with an artefact's files, fetched once by Maven, which verifies each checksum, and kept in
 * the user's cache directory.
 * @throws LocalEngineUnavailable
 */
export async function fetched(artefact: Artefact, onProgress?: (line: string) => void) {
  const directory = join(cacheDirectory(), artefact.coordinates.replaceAll(':', '-'));
  if (existsSync(directory)) return directory;
  onProgress?.(`fetching ${artefact.title} from Maven Central, once`);
  await mkdir(dirname(directory), { recursive: true });
  const partial = await mkdtemp(`${directory}.partial-`);
  try {
    await runMaven(await argumentsFor(artefact, partial));
    await rename(join(partial, 'files'), directory);
  } catch (error) {
    // Somebody else may have been quicker: what is there is whole.
    if (!existsSync(directory)) throw unavailable(artefact, error);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return directory;
}

function cacheDirectory(): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return join(cache, 'common-thread', 'engines');
}

async function argumentsFor(
  { coordinates, withDependencies }: Artefact,
  partial: string,
): Promise<string[]> {
  const into = `-DoutputDirectory=${join(partial, 'files')}`;
  if (!withDependencies) return ['dependency:unpack', `-Dartifact=${coordinates}`, into];
  const project = join(partial, 'pom.xml');
  await writeFile(project, projectOf(coordinates));
  return ['-f', project, 'dependency:copy-dependencies', into];
}

/** A project of nothing but dependencies: the artefact, and a logger for it to write with. */
function projectOf(coordinates: string): string {
  const dependencies = [coordinates, 'org.slf4j:slf4j-simple:1.7.36'].map((dependency) => {
    const [group, name, version] = dependency.split(':');
    return `<dependency><groupId>${group}</groupId>
<artifactId>${name}</artifactId><version>${version}</version></dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>uk.common-thread</groupId><artifactId>local-engine</artifactId><version>1</version>
<packaging>pom</packaging><dependencies>${dependencies.join('')}</dependencies></project>
`;
}

async function runMaven(parameters: readonly string[]): Promise<void> {
  await promisify(execFile)('mvn', ['-q', '-B', '--strict-checksums', ...parameters], {
    timeout: FETCH_MS_MAX,
    maxBuffer: 16 * 1024 * 1024,
  });
}

function unavailable({ title }: Artefact, error: unknown): LocalEngineUnavailable {
  const code: unknown = isNativeError(error) ? Reflect.get(error, 'code') : undefined;
  const said: unknown = isNativeError(error) ? Reflect.get(error, 'stdout') : undefined;
  const why =
    code === 'ENOENT'
      ? 'Maven (mvn) is not installed: install Maven and Java 17'
      : `Maven did not succeed: ${lastWords(typeof said === 'string' ? said : String(error))}`;
  return new LocalEngineUnavailable(`${title} cannot be fetched. ${why}.`);
}

function lastWords(text: string): string {
  const errors = text.split('\n').filter((line) => line.includes('ERROR'));
  return (errors.at(0) ?? text.trim().slice(-300)).trim();
}
