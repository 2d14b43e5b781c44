import { execFile, execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  binariesFor,
  EmbeddedPostgresUnavailable,
  executable,
} from '@common-thread/adapters/postgres/embedded-binaries';
import { lockFilePath, readLockFile } from '@common-thread/adapters/postgres/embedded-lock-file';
import { EmbeddedPostgresInUse } from '@common-thread/adapters/postgres/embedded-owner';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { placeDataDir, serverUser } from '@common-thread/adapters/postgres/embedded-user';
import pg from 'pg';
import { freshPlace } from './postgres.js';

const here = import.meta.dirname;

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Another process of ours that owns the data directory. */
async function ownerOf(dataDir: string): Promise<{ process: ChildProcess; url: string }> {
  const owner = fork(path.join(here, 'left-running.ts'), [dataDir], {
    execArgv: ['--import', path.join(here, 'typescript.mjs')],
  });
  const [url] = (await once(owner, 'message')) as [string];
  return { process: owner, url };
}

async function kill(owner: ChildProcess): Promise<void> {
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
}

describe('the embedded PostgreSQL server', () => {
  it('is durable, keeps its data over a clean stop and refuses a wrong password', async () => {
    const dataDir = path.join(freshPlace(), 'cluster');
    const first = await startEmbeddedServer({ dataDir });
    expect(await ask(first.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await ask(first.url, 'show max_connections')).toEqual([{ max_connections: '100' }]);
    await ask(first.url, 'create table kept as select 1 as one');
    const wrong = new URL(first.url);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password/);
    await first.stop();
    expect(readLockFile(dataDir)).toBeUndefined();

    const second = await startEmbeddedServer({ dataDir, settings: { fsync: 'off' } });
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select * from kept')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('is stopped by a process that has nothing else to do', async () => {
    const dataDir = path.join(freshPlace(), 'cluster');
    const hooks = path.join(here, 'typescript.mjs');
    const program = path.join(here, 'started-and-stopped.ts');
    // Rejects where the process ends by any status but 0.
    await promisify(execFile)(process.execPath, ['--import', hooks, program, dataDir]);
    expect(readLockFile(dataDir)).toBeUndefined();
  });

  it('takes over the server a killed process left running, and moves it when asked', async () => {
    const dataDir = path.join(freshPlace(), 'cluster');
    const owner = await ownerOf(dataDir);
    await ask(owner.url, 'create table kept as select 1 as one');
    const left = readLockFile(dataDir);
    await kill(owner.process);

    const adopted = await startEmbeddedServer({ dataDir });
    expect(adopted.adopted).toBe(true);
    expect(readLockFile(dataDir)?.pid).toBe(left?.pid);
    expect(await ask(adopted.url, 'select * from kept')).toEqual([{ one: 1 }]);
    await adopted.stop();

    const again = await ownerOf(dataDir);
    await kill(again.process);
    const elsewhere = await startEmbeddedServer({ dataDir, port: adopted.port });
    expect({ adopted: elsewhere.adopted, port: elsewhere.port }).toEqual({
      adopted: false,
      port: adopted.port,
    });
    expect(await ask(elsewhere.url, 'select * from kept')).toEqual([{ one: 1 }]);
    await elsewhere.stop();
  });

  it('stops and starts a server left running that does not answer', async () => {
    const dataDir = path.join(freshPlace(), 'cluster');
    const owner = await ownerOf(dataDir);
    await ask(owner.url, 'create table kept as select 1 as one');
    await kill(owner.process);
    process.kill(readLockFile(dataDir)!.pid, 'SIGSTOP');
    const server = await startEmbeddedServer({ dataDir });
    expect(server.adopted).toBe(false);
    expect(await ask(server.url, 'select * from kept')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('refuses a data directory that another living process owns', async () => {
    const dataDir = path.join(freshPlace(), 'cluster');
    const owner = await ownerOf(dataDir);
    await expect(startEmbeddedServer({ dataDir })).rejects.toThrow(EmbeddedPostgresInUse);
    expect(await ask(owner.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await kill(owner.process);
    await (await startEmbeddedServer({ dataDir })).stop();
  });

  it('starts over the lock file of a dead server, and one of a reused number', async () => {
    const dataDir = path.join(freshPlace(), 'cluster');
    const killed = await startEmbeddedServer({ dataDir });
    await ask(killed.url, 'create table kept as select 1 as one');
    process.kill(readLockFile(dataDir)!.pid, 'SIGKILL');
    const recovered = await startEmbeddedServer({ dataDir });
    expect(await ask(recovered.url, 'select * from kept')).toEqual([{ one: 1 }]);
    const lock = fs.readFileSync(lockFilePath(dataDir), 'utf8').split('\n');
    await recovered.stop();

    fs.writeFileSync(lockFilePath(dataDir), [process.pid, ...lock.slice(1)].join('\n'));
    const server = await startEmbeddedServer({ dataDir });
    expect(server.adopted).toBe(false);
    await server.stop();
    await killed.stop();
  });

  it('says so when its settings or its directory cannot be', async () => {
    const place = freshPlace();
    const dataDir = path.join(place, 'cluster');
    await expect(startEmbeddedServer({ dataDir, settings: { fsync: 'often' } })).rejects.toThrow(
      /did not start in .*fsync/s,
    );
    fs.writeFileSync(path.join(place, 'letter.txt'), 'not a cluster');
    await expect(startEmbeddedServer({ dataDir: place })).rejects.toThrow(/neither empty nor/);
  });
});

describe('the PostgreSQL binaries', () => {
  it('are refused by name where npm has none', () => {
    expect(() => binariesFor({ user: undefined, platform: 'sunos-x64' })).toThrow(
      EmbeddedPostgresUnavailable,
    );
    expect(() => binariesFor({ user: undefined, platform: 'linux-ppc64' })).toThrow(
      /linux-ppc64 is not installed: run npm ci/,
    );
  });

  it('run from a private directory without their library links', () => {
    const user = serverUser('');
    const place = freshPlace();
    const packageDir = path.join(place, 'private', 'linux-x64');
    fs.cpSync(path.join(binariesFor({ user: undefined }), '..'), packageDir, {
      recursive: true,
      verbatimSymlinks: true,
    });
    const links = JSON.parse(
      fs.readFileSync(path.join(packageDir, 'native', 'pg-symlinks.json'), 'utf8'),
    ) as { target: string }[];
    for (const { target } of links) fs.rmSync(path.join(packageDir, target));
    fs.chmodSync(path.join(place, 'private'), 0o700);
    const binaries = binariesFor({ user, packageDir, copyRoot: path.join(place, 'copies') });
    for (const { target } of links) {
      expect(fs.existsSync(path.join(binaries, '..', target))).toBe(true);
    }
    const identity = user ? { uid: user.uid, gid: user.gid } : {};
    const version = execFileSync(executable(binaries, 'postgres'), ['-V'], {
      ...identity,
      cwd: '/',
      encoding: 'utf8',
    });
    expect(version).toMatch(/PostgreSQL\) 18\./);
    expect(binaries.startsWith(path.join(place, user ? 'copies' : 'private'))).toBe(true);
  });

  it('keep their data where their user can reach it', () => {
    const place = freshPlace();
    const hidden = path.join(place, 'hidden');
    fs.mkdirSync(hidden, { mode: 0o700 });
    const self = { name: 'self', uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
    const asked = path.join(hidden, 'data');
    const elsewhere = path.join(place, 'elsewhere');
    const real = placeDataDir(asked, self, elsewhere);
    expect(path.dirname(real)).toBe(elsewhere);
    expect(fs.realpathSync(asked)).toBe(real);
    expect(placeDataDir(asked, self, elsewhere)).toBe(real);
    expect(placeDataDir(path.join(place, 'open'), self, elsewhere)).toBe(path.join(place, 'open'));
    fs.mkdirSync(path.join(hidden, 'taken'));
    expect(() => placeDataDir(path.join(hidden, 'taken'), self, elsewhere)).toThrow(
      /may not enter/,
    );
  });
});
