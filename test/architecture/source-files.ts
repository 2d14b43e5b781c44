import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
}

export const repositoryRoot = resolve(import.meta.dirname, '../..');

/** Every TypeScript file under the given folders. */
export function sourceFiles(folders: readonly string[]): SourceFile[] {
  return textFiles(folders, /\.ts$/);
}

/** Files that are read as text, under the given folders; `.` is the root itself without its folders. */
export function textFiles(
  folders: readonly string[],
  ending = /\.(ts|js|json|md|ya?ml|njk|sh|css)$|\/run$|\/\.[a-z]+rc$/,
): SourceFile[] {
  return folders
    .flatMap((folder) => filesUnder(join(repositoryRoot, folder), folder !== '.'))
    .filter((path) => ending.test(path))
    .map(read);
}

function read(absolutePath: string): SourceFile {
  const text = readFileSync(absolutePath, 'utf8');
  const path = relative(repositoryRoot, absolutePath).replaceAll('\\', '/');
  return { path, text, lines: text.split('\n') };
}

function filesUnder(folder: string, deep: boolean): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return deep && entry.name !== 'node_modules' ? filesUnder(path, true) : [];
    return [path];
  });
}

const fromClause = /^\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]/;
const dynamic = /import\(\s*['"]([^'"]+)['"]\s*\)/;
const bare = /^\s*import\s*['"]([^'"]+)['"]/;

/** The modules a file imports, type imports included, as they are written. */
export function importsOf(file: SourceFile): string[] {
  const statements = file.text.matchAll(
    new RegExp([fromClause, dynamic, bare].map((pattern) => pattern.source).join('|'), 'gm'),
  );
  return [...statements].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
}
