import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertJava, JavaProcess } from './java-process.js';
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

  it('ends what an earlier start left before it had answered', async () => {
    const untilKilled = 'while :; do /bin/sleep 1; done';
    const answers = '[ "$1" = answers ] && echo ready';
    await writeFile(java(), `#!/bin/sh\n${answers}\n${untilKilled}\n`, { mode: 0o755 });
    const start = (...parameters: string[]) =>
      JavaProcess.start({
        title: 'A program',
        directory: place,
        parameters,
        environment: { PATH: place },
        ready: /ready/,
        startMsMax: 30_000,
      });
    const watching = watch(place);
    const named = once(watching, 'change');
    const left = start('stays silent').catch((error: unknown) => error);
    await named;
    watching.close();
    const next = await start('answers');
    expect(await left).toEqual(
      new LocalEngineUnavailable('A program did not start: it ended (SIGKILL).'),
    );
    await next.kill();
  });

  it('is missing, and it is said what to install', async () => {
    await expect(assertJava(java())).rejects.toThrow(LocalEngineUnavailable);
    await expect(assertJava(java())).rejects.toThrow('Java 17 is not installed: install Java 17');
  });
});
