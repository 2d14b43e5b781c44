import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JWK } from 'jose';
import { importJWK, SignJWT } from 'jose';
import { Environment } from '@common-thread/platform/environment';
import { TOKEN_AUDIENCE } from '@common-thread/platform/token-verifier';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { signInDirectory } from '../../apps/standalone/sign-in.js';
import type { Standalone } from '../../apps/standalone/standalone.js';
import { startStandalone } from '../../apps/standalone/standalone.js';
import { seed } from '../../apps/standalone/seeding/seeder.js';
import { SeedingFile } from '../../apps/standalone/seeding/seeding-state.js';
import { throughCommands } from '../../apps/standalone/seeding/through-commands.js';
import type { DemonstrationUser } from '../../apps/sign-in/demonstration-users.js';
import { demonstrationUsers } from '../../apps/sign-in/demonstration-users.js';
import { issuerAddresses } from '../../apps/sign-in/create-sign-in.js';

export const HUB = 'fairholme-hub.safeguarding-hub';
export const LARKFIELD = 'larkfield-centres.childrens-centre';
export const BROOK = 'brook-and-vale.childrens-centre';
export const HEALTH = 'fairholme-health.health-visiting';

/** A system by its addresses and keys alone, in whichever process it runs. */
export type Reachable = Pick<Standalone, 'configuration' | 'addressOf'>;

/** Everything `npm start` starts, on free ports and a data directory of its own. */
export interface WholeSystem {
  readonly standalone: Standalone;
  readonly dataDirectory: string;
  /** A current access token of a demonstration user. */
  tokenOf(userId: string): Promise<string>;
  close(): Promise<void>;
}

/** With organisations, places and so many families of the synthetic county; none where it is 0. */
export async function startWholeSystem(families = 1): Promise<WholeSystem> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'common-thread-journey-'));
  const configuration = await configurationIn(dataDirectory);
  const standalone = await startStandalone(configuration, new Environment({}));
  if (families > 0) await seedFamilies(standalone, families);
  return {
    standalone,
    dataDirectory,
    tokenOf: (userId) => tokenOf(standalone, userId),
    close: async () => {
      await standalone.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

export async function configurationIn(dataDirectory: string): Promise<StandaloneConfiguration> {
  const basePort = await freeRun();
  return {
    host: '127.0.0.1',
    basePort,
    dataDirectory,
    families: 0,
    seed: 'journey',
    logLevel: 'debug',
    logFile: join(dataDirectory, 'apps.log'),
  };
}

export async function seedFamilies(standalone: Standalone, families: number): Promise<void> {
  const seeded = await seed({
    seed: standalone.configuration.seed,
    families,
    port: throughCommands(standalone.commandApi.commands),
    store: new SeedingFile(join(standalone.configuration.dataDirectory, 'seeding.json')),
    signal: new AbortController().signal,
  });
  expect(seeded).toMatchObject({ complete: true, refused: {} });
}

/** What a token says of whoever bears it. */
export type Bearer = Pick<DemonstrationUser, 'id' | 'recipient' | 'role' | 'places'> & {
  readonly kind: 'person' | 'system';
};

/** Signed with the issuer's own key: what signing in through the pages would give. */
export function tokenOf(standalone: Reachable, userId: string): Promise<string> {
  return tokenFor(standalone, { ...userCalled(userId), kind: 'person' });
}

export function userCalled(userId: string): DemonstrationUser {
  const user = demonstrationUsers.find(({ id }) => id === userId);
  if (!user) throw new Error(`nobody is called ${userId}`);
  return user;
}

/** The same for anybody, known to the issuer or not: a partner's system or an app of ours among them. */
export async function tokenFor(standalone: Reachable, bearer: Bearer): Promise<string> {
  const { id, recipient, role, places, kind } = bearer;
  const file = join(signInDirectory(standalone.configuration), 'issuer-keys.json');
  const { signing } = JSON.parse(await readFile(file, 'utf8')) as { signing: JWK };
  const { issuer } = issuerAddresses(standalone.addressOf('sign-in'));
  const organisation = recipient.slice(0, recipient.lastIndexOf('.'));
  return new SignJWT({ recipient, organisation, role, places, kind })
    .setProtectedHeader({ alg: 'RS256', kid: signing.kid ?? '', typ: 'at+jwt' })
    .setSubject(id)
    .setIssuer(issuer.href)
    .setAudience(TOKEN_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('15m')
    .sign(await importJWK(signing, 'RS256'));
}

export interface Answer {
  readonly status: number;
  readonly tag: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sending {
  readonly token: string;
  readonly key: string;
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
}

/** One command over HTTP. */
export async function send(
  standalone: Reachable,
  path: string,
  body: unknown,
  { token, key, ifMatch, signal }: Sending,
): Promise<Answer> {
  const response = await fetch(new URL(path, standalone.addressOf('command-api')), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return {
    status: response.status,
    tag: response.headers.get('etag') ?? undefined,
    body: answer,
  };
}

const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 20;

/** Looks until it is there; fails with the last look where it never is. */
export async function eventually<T>(
  look: () => Promise<T>,
  isThere: (seen: T) => boolean,
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (isThere(seen)) return seen;
    if (performance.now() > deadline) {
      throw new Error(`it never came; last seen: ${JSON.stringify(seen)?.slice(0, 2_000)}`);
    }
    await pause(LOOK_AGAIN_MS);
  }
}

/**
 * First of a run of ports nobody listens on just now: apps must know their addresses beforehand. Below
 * 32,768, so that no outgoing connection takes one while a killed app is down.
 */
async function freeRun(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const base = 20_000 + Math.floor(Math.random() * 600) * 20;
    const free = await Promise.all([0, 1, 2, 3, 4, 11, 12, 13, 14].map((n) => isFree(base + n)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no run of free ports was found');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
