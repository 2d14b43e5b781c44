import { posix } from 'node:path';
import type { SourceFile } from './source-files.js';
import { importsOf } from './source-files.js';

/** Which rooms of the house each room may look into; itself always. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'libs/eventing': [],
  'libs/domain': ['libs/eventing'],
  'libs/disclosure': ['libs/domain', 'libs/eventing'],
  'libs/catalogue': [
    'libs/disclosure',
    'libs/domain',
    'libs/eventing',
    'libs/presenting',
    'libs/projecting',
  ],
  'libs/projecting': ['libs/eventing'],
  'libs/adapters': ['libs/eventing', 'libs/projecting'],
  'libs/platform': ['libs/eventing'],
  'libs/presenting': [
    'libs/adapters',
    'libs/domain',
    'libs/eventing',
    'libs/platform',
    'libs/projecting',
  ],
  'libs/running': ['libs/adapters', 'libs/eventing', 'libs/platform', 'libs/projecting'],
};
const everyLib = Object.keys(mayImport);

/** No framework and no driver where the rules live. */
const frameworkFree = [
  'libs/eventing',
  'libs/domain',
  'libs/disclosure',
  'libs/catalogue',
  'libs/projecting',
];
const frameworks = /^(@nestjs\/|pg$|pg\/|kysely|kafkajs|pino|@eventstore\/|fastify|@fastify\/)/;

/** Apps that may read the private log. */
const logReaders = ['apps/command-api', 'apps/feed-relay', 'apps/vault', 'apps/standalone'];
/** The port and its adapters; the event types beside it are anybody's. */
const privateLog = /eventing\/(event-log|handle-command)$|(adapters\/[a-z]+|running)\/event-log/;

/** Where a driver may be constructed. */
const driver = /new (pg\.)?(Pool|Client)\(|new Kafka\(|EventStoreDBClient[.(]/;

/** What is wrong with a file's place in the house, a sentence each; nothing when it is in order. */
export function breaches(file: SourceFile): string[] {
  const room = roomOf(file.path);
  if (!room) return [];
  const found = importsOf(file).flatMap((specifier) => breachesOfImport(file, room, specifier));
  if (driver.test(file.text) && room !== 'libs/adapters' && !isTest(file.path)) {
    found.push(`${file.path} constructs a driver; only libs/adapters may`);
  }
  return found;
}

function breachesOfImport(file: SourceFile, room: string, specifier: string): string[] {
  const found: string[] = [];
  if (frameworkFree.includes(room) && frameworks.test(specifier)) {
    found.push(`${file.path} imports ${specifier}; ${room} knows no framework and no driver`);
  }
  const target = targetOf(file.path, specifier);
  const targetRoom = target && roomOf(target);
  if (!targetRoom || targetRoom === room) return found;
  if (targetRoom.startsWith('apps/') && room !== 'apps/standalone') {
    found.push(`${file.path} imports ${target}; ${room} may not look into ${targetRoom}`);
  }
  const allowed = room.startsWith('apps/') ? everyLib : (mayImport[room] ?? []);
  if (targetRoom.startsWith('libs/') && !allowed.includes(targetRoom)) {
    found.push(`${file.path} imports ${target}; ${room} may not look into ${targetRoom}`);
  }
  if (room.startsWith('apps/') && !logReaders.includes(room) && privateLog.test(target)) {
    found.push(
      `${file.path} imports ${target}; only ${logReaders.join(', ')} read the private log`,
    );
  }
  return found;
}

function targetOf(path: string, specifier: string): string | undefined {
  const alias = /^@common-thread\/([a-z]+)\/(.*)$/.exec(specifier);
  if (alias) return `libs/${alias[1]}/${alias[2]}`;
  if (!specifier.startsWith('.')) return undefined;
  return posix.normalize(posix.join(posix.dirname(path), specifier)).replace(/\.js$/, '');
}

function roomOf(path: string): string | undefined {
  return /^(apps|libs)\/[^/]+/.exec(path)?.[0];
}

function isTest(path: string): boolean {
  return /\.(spec|contract|journey|engines)\.ts$/.test(path);
}
