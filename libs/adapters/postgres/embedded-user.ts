import fs from 'node:fs';
import path from 'node:path';

/** PostgreSQL refuses to run as root: then the server runs as this user. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who the server must run as: nobody else, unless this process is root. Then the owner of the data
 * directory, where there is one already, else `postgres`, else `nobody`; no user is created.
 */
export function serverUser(dataDir: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = accounts();
  const marker = path.join(dataDir, 'PG_VERSION');
  const owner = fs.existsSync(marker) ? fs.statSync(marker).uid : 0;
  const user =
    users.find(({ uid }) => owner !== 0 && uid === owner) ??
    users.find(({ name }) => name === 'postgres') ??
    users.find(({ name }) => name === 'nobody');
  if (!user) {
    throw new Error(
      'PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody ' +
        'user: run as an ordinary user',
    );
  }
  return user;
}

function accounts(): ServerUser[] {
  return fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length > 3)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

/**
 * Makes the data directory and answers where it really is. A server that runs as another user
 * cannot reach a directory below a private one (a checkout at 0700): the data then lies in
 * `elsewhere`, and the name that was asked for becomes a link to it.
 */
export function placeDataDir(
  dataDir: string,
  user: ServerUser | undefined,
  elsewhere = '/var/lib/common-thread',
): string {
  fs.mkdirSync(path.dirname(dataDir), { recursive: true });
  if (!fs.lstatSync(dataDir, { throwIfNoEntry: false })) {
    if (user && !openToOthers(fs.realpathSync(path.dirname(dataDir)))) {
      fs.mkdirSync(elsewhere, { recursive: true });
      fs.chmodSync(elsewhere, 0o755);
      fs.symlinkSync(fs.mkdtempSync(path.join(elsewhere, 'data-')), dataDir);
    } else {
      fs.mkdirSync(dataDir, { mode: 0o700 });
    }
  }
  const real = fs.realpathSync(dataDir);
  if (user) {
    fs.chownSync(real, user.uid, user.gid);
    if (!openToOthers(path.dirname(real))) {
      throw new Error(
        `${real} lies below a directory that user ${user.name} may not enter: ` +
          'give another data directory, or open its parents (chmod o+x)',
      );
    }
  }
  return real;
}

function openToOthers(directory: string): boolean {
  for (let at = directory; ; at = path.dirname(at)) {
    if ((fs.statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}
