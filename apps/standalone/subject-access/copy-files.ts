import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '@common-thread/platform/environment';
import type { HeldTelling, SubjectAccessPack } from '@common-thread/platform/subject-access';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import {
  copyDocument,
  copyFormats,
  inJson,
} from '@common-thread/presenting/subject-access/copy-documents';

/** @throws ConfigurationError where something is in the folder: a copy is never mixed with another */
export async function mustBeEmpty(folder: string): Promise<void> {
  const found = await readdir(folder).catch(() => []);
  if (found.length === 0) return;
  throw new ConfigurationError(
    `There is something in ${folder} already. Name another folder with --into.`,
  );
}

/**
 * Writes a copy into a folder that only we may read: `copy.html` and `copy.json` for the person, and apart
 * from them `for-the-officer/withheld.json`, which is never given out.
 */
export async function writeCopy(
  folder: string,
  { withheld, ...copy }: SubjectAccessPack,
  told: readonly HeldTelling[],
  names: DirectoryNames,
): Promise<void> {
  const own = join(folder, 'for-the-officer');
  await mkdir(own, { recursive: true, mode: 0o700 });
  for (const format of copyFormats) {
    await write(join(folder, `copy.${format}`), copyDocument(format, copy, told, names));
  }
  await write(join(own, 'withheld.json'), inJson({ request: copy.request, withheld }));
}

function write(path: string, text: string): Promise<void> {
  return writeFile(path, text, { mode: 0o600, flag: 'wx' });
}
