import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { derivedId } from '@common-thread/eventing/identifiers';
import { freshPlace } from '../engines/postgres.js';
import { household, larkfield, workerOf } from './county.js';
import { Erasing } from './erasing.js';
import { MovedClock } from './moved-clock.js';
import { VaultOnDisk } from './vault-on-disk.js';

/** A PostgreSQL, and a way to keep what it holds and have it again. */
export interface BackedUp {
  /** Of the database in use. */
  readonly url: string;
  /** Keeps what it holds now; nobody is connected meanwhile. */
  backUp(): Promise<void>;
  /** Gives the address at which what was kept is again. */
  restore(): Promise<string>;
  end(): Promise<void>;
}

const HOLDERS = ['larkfield-centres', 'fairholme-hub'];

/** An erasure holds against a backup of before it: of PostgreSQL alone, beside the bucket keys of today. */
export function oldBackupCases(begin: () => Promise<BackedUp>): void {
  let postgres: BackedUp;
  let clock: MovedClock;
  let keys: string;
  let keysOfThen: string;

  beforeAll(async () => {
    postgres = await begin();
    clock = new MovedClock();
    [keys, keysOfThen] = [join(freshPlace(), 'keys'), join(freshPlace(), 'keys')];
  }, 300_000);
  afterAll(() => postgres.end());

  it('opens the sibling and not the child, who would open with the bucket keys of then', async () => {
    const before = await VaultOnDisk.open(postgres.url, keys, clock);
    const home = await household(before.recorder, 'backup');
    const sibling = await siblingIn(before, home.familyId);
    const boxes = [home.child['givenName'], sibling];
    const line = `family/${home.familyId}`;
    expect(await opened(before, boxes, line)).toEqual(['Ada', 'Bo']);
    await before.close();
    await postgres.backUp();
    cpSync(keys, keysOfThen, { recursive: true });

    const today = await VaultOnDisk.open(postgres.url, keys, clock);
    await new Erasing(today.recorder, clock, today.core).erased(home.childId, ...HOLDERS);
    expect(await opened(today, boxes, line)).toEqual(['erased', 'Bo']);
    await today.close();

    const url = await postgres.restore();
    const restored = await VaultOnDisk.open(url, keys, clock);
    expect(await restored.log.readStream(`erasure-${home.childId}`)).toEqual([]);
    const wraps = 'select from vault.wraps where subject = $1';
    expect((await restored.pool.query(wraps, [home.childId])).rowCount).toBeGreaterThan(0);
    expect(await opened(restored, boxes, line)).toEqual(['erased', 'Bo']);
    await restored.close();

    const asItWas = await VaultOnDisk.open(url, keysOfThen, clock);
    expect(await opened(asItWas, boxes, line)).toEqual(['Ada', 'Bo']);
    await asItWas.close();
  }, 300_000);
}

/** Gives the box of the given name. */
async function siblingIn({ recorder }: VaultOnDisk, familyId: string): Promise<unknown> {
  const personId = derivedId('backup', 'sibling');
  const { data } = await recorder.record(`person-${personId}`, {
    type: 'PersonRegistered',
    data: { personId, kind: 'child', givenName: 'Bo', familyName: 'Quillfeather' },
  });
  await recorder.record(`membership-${personId}`, {
    type: 'MembershipBegan',
    data: { familyId, personId, position: 'child', address: '1 Gorse Lane' },
  });
  return data['givenName'];
}

/** Given names as a worker of the centre reads them, or why not. */
async function opened(
  { core }: VaultOnDisk,
  boxes: readonly unknown[],
  line: string,
): Promise<string[]> {
  const { revealed } = await core.reveals.reveal(workerOf(larkfield), {
    purpose: 'centre-support',
    page: 'centre/family',
    about: [line],
    requests: boxes.map((box) => ({ box: String(box), field: 'givenName', line })),
  });
  return revealed.map((each) => ('text' in each ? each.text : each.withheld));
}
