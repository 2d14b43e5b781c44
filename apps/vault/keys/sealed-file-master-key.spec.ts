import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUCKETS, bucketOf, MasterKeyMismatch, MasterKeyUnavailable } from './master-key.js';
import { SealedFileMasterKey } from './sealed-file-master-key.js';

describe('the sealed file of bucket keys', () => {
  let directory: string;
  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'master-key-')), 'keys');
  });
  afterEach(() => rm(join(directory, '..'), { recursive: true }));

  const secret = randomBytes(32);
  const context = 'key/subject';

  it('unwraps what it wrapped, also after it is opened again', async () => {
    const first = await SealedFileMasterKey.open({ directory });
    const [wrapped] = await first.wrap([{ bucket: 7, context, secret }]);
    const again = await SealedFileMasterKey.open({ directory });
    expect(await again.unwrap([{ bucket: 7, context, ...wrapped! }])).toEqual([secret]);
    expect((await again.currentVersions()).length).toBe(BUCKETS);
  });

  it('unwraps in the same context and bucket only', async () => {
    const keys = await SealedFileMasterKey.open({ directory });
    const [wrapped] = await keys.wrap([{ bucket: 7, context, secret }]);
    const other = keys.unwrap([{ bucket: 7, context: 'key/other', ...wrapped! }]);
    await expect(other).rejects.toThrow(MasterKeyMismatch);
    const moved = keys.unwrap([{ bucket: 8, context, ...wrapped! }]);
    await expect(moved).rejects.toThrow(MasterKeyMismatch);
  });

  it('destroys one version of one bucket and nothing else, for good', async () => {
    const keys = await SealedFileMasterKey.open({ directory });
    const [old, neighbour] = await keys.wrap([
      { bucket: 7, context, secret },
      { bucket: 8, context, secret },
    ]);
    await expect(keys.destroy({ bucket: 7, version: 1 })).rejects.toThrow('rotate it first');
    expect(await keys.rotate(7)).toBe(2);
    const [survivor] = await keys.wrap([{ bucket: 7, context, secret }]);
    expect(await keys.unwrap([{ bucket: 7, context, ...old! }])).toEqual([secret]);
    await keys.destroy({ bucket: 7, version: 1 });
    for (const held of [keys, await SealedFileMasterKey.open({ directory })]) {
      expect(
        await held.unwrap([
          { bucket: 7, context, ...old! },
          { bucket: 7, context, ...survivor! },
          { bucket: 8, context, ...neighbour! },
        ]),
      ).toEqual([undefined, secret, secret]);
    }
  });

  it('sees what another process has rotated, and loses no change to it', async () => {
    const one = await SealedFileMasterKey.open({ directory });
    const other = await SealedFileMasterKey.open({ directory });
    await one.rotate(7);
    await other.rotate(8);
    const [wrapped] = await one.wrap([{ bucket: 7, context, secret }]);
    expect(wrapped!.bucketVersion).toBe(2);
    expect(await other.unwrap([{ bucket: 7, context, ...wrapped! }])).toEqual([secret]);
    await one.refresh();
    expect((await one.currentVersions()).slice(7, 9)).toEqual([2, 2]);
  });

  it('makes one file when several processes start at once', async () => {
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => SealedFileMasterKey.open({ directory })),
    );
    const [wrapped] = await opened[0]!.wrap([{ bucket: 1, context, secret }]);
    for (const keys of opened) {
      expect(await keys.unwrap([{ bucket: 1, context, ...wrapped! }])).toEqual([secret]);
    }
    expect((await readdir(directory)).sort()).toEqual(['bucket-keys.sealed', 'wrapping-key']);
  });

  it('keeps its files to their owner, and no key in clear when one is given', async () => {
    const wrappingKey = randomBytes(32).toString('base64');
    await SealedFileMasterKey.open({ directory, wrappingKey });
    expect(await readdir(directory)).toEqual(['bucket-keys.sealed']);
    expect((await stat(join(directory, 'bucket-keys.sealed'))).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['another key', { wrappingKey: randomBytes(32).toString('hex') }, MasterKeyMismatch],
    ['a key of the wrong length', { wrappingKey: 'c2hvcnQ=' }, MasterKeyUnavailable],
    ['no key in production', { production: true }, MasterKeyUnavailable],
  ])('refuses %s and says which variable to set', async (_, options, error) => {
    await SealedFileMasterKey.open({ directory });
    const opening = SealedFileMasterKey.open({ directory, ...options });
    await expect(opening).rejects.toThrow(error);
    await expect(opening).rejects.toThrow('COMMON_THREAD_MASTER_KEY');
  });

  it('makes no new key where the old one is missing', async () => {
    await SealedFileMasterKey.open({ directory });
    await rm(join(directory, 'wrapping-key'));
    await expect(SealedFileMasterKey.open({ directory })).rejects.toThrow('Restore it');
    expect(await readdir(directory)).toEqual(['bucket-keys.sealed']);
  });

  it('refuses a key file that others can read', async () => {
    await SealedFileMasterKey.open({ directory });
    await chmod(join(directory, 'wrapping-key'), 0o644);
    await expect(SealedFileMasterKey.open({ directory })).rejects.toThrow('chmod 600');
  });

  it('refuses a file that was cut short', async () => {
    await SealedFileMasterKey.open({ directory });
    const path = join(directory, 'bucket-keys.sealed');
    await writeFile(path, (await readFile(path)).subarray(0, 1_000));
    await expect(SealedFileMasterKey.open({ directory })).rejects.toThrow(MasterKeyMismatch);
  });

  it('spreads subjects over all buckets', () => {
    const seen = new Set(Array.from({ length: 100_000 }, (_, n) => bucketOf(`subject-${n}`)));
    expect(Math.max(...seen)).toBeLessThan(BUCKETS);
    expect(seen.size).toBeGreaterThan(BUCKETS * 0.99);
  });
});
