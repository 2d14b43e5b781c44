import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertJava } from './java-process.js';
import { LocalEngineUnavailable } from './maven.js';

describe('Java on this machine', () => {
  let place: string;

  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'common-thread-java-'));
  });
  afterEach(async () => {
    await rm(place, { recursive: true });
  });

  const java = () => join(place, 'java');
  const javaSays = (words: string) =>
    writeFile(java(), `#!/bin/sh\necho '${words}' >&2\n`, { mode: 0o755 });

  it.each(['openjdk version "17.0.12" 2024-07-16', 'java version "21" 2023-09-19 LTS'])(
    'is new enough: %s',
    async (words) => {
      await javaSays(words);
      await expect(assertJava(java())).resolves.toBeUndefined();
    },
  );

  it.each(['openjdk version "11.0.2" 2019-01-15', 'java version "1.8.0_202"'])(
    'is too old, and it is said what to install: %s',
    async (words) => {
      await javaSays(words);
      await expect(assertJava(java())).rejects.toThrow(
        /^Java 17 is needed, and this is \d+: install/,
      );
    },
  );

  it('is missing, and it is said what to install', async () => {
    await expect(assertJava(java())).rejects.toThrow(LocalEngineUnavailable);
    await expect(assertJava(java())).rejects.toThrow('Java 17 is not installed: install Java 17');
  });
});
