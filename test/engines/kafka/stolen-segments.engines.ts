import { join } from 'node:path';
import type { LocalKafka } from '../../../infra/local/kafka.js';
import { startLocalKafka } from '../../../infra/local/kafka.js';
import { isBox } from '@common-thread/eventing/sealing';
import { canaries, samplesWithCanaries, STEM } from '../../privacy/canaries.js';
import { findingsInFiles } from '../../privacy/canary-search.js';
import { MovedClock } from '../../privacy/moved-clock.js';
import { VaultOnDisk } from '../../privacy/vault-on-disk.js';
import type { TestDatabase } from '../postgres.js';
import { freshDatabase, freshPlace } from '../postgres.js';
import { BROKER_STARTS_MS_MAX } from './broker.js';
import { ToldThroughKafka } from './told-through-kafka.js';

const RECIPIENT = 'larkfield-centres.childrens-centre';
const about = { line: 'family/f1', subject: 'person/p1' };

/** Whoever takes a broker's disk, and not the key file, has nothing that anybody can read. */
describe('the files of a Kafka that carried every personal field', () => {
  let broker: LocalKafka;
  let dataDir: string;
  let database: TestDatabase;
  let vault: VaultOnDisk;

  beforeAll(async () => {
    dataDir = join(freshPlace(), 'kafka');
    broker = await startLocalKafka({ dataDir });
    database = await freshDatabase();
    vault = await VaultOnDisk.open(database.url, join(freshPlace(), 'keys'), new MovedClock());
  }, BROKER_STARTS_MS_MAX);
  afterAll(async () => {
    await vault.close();
    await database.drop();
    await broker.stop();
  });

  it('hold the boxes and no canary, and would be seen to hold one', async () => {
    const told = await toldThroughBroker();
    const boxes: string[] = [];
    for (const { streamId, event } of samplesWithCanaries()) {
      const { data } = await vault.recorder.sealed(streamId, event);
      boxes.push(...Object.values(data).filter(isBox));
      told.feed.tell('person.registered', { ...about, fields: data });
    }
    await publish(told);
    // As they lie on the disk: the last bytes of a short box, which stands in its row unaltered.
    const [shortest = ''] = [...boxes].sort((a, b) => a.length - b.length);
    expect(boxes.length).toBeGreaterThan(canaries.length);
    expect(findingsInFiles(dataDir, [shortest.slice(-40)])).not.toEqual([]);
    expect(findingsInFiles(dataDir, canaries)).toEqual([]);
    told.feed.tell('person.registered', { ...about, fields: { givenName: STEM } });
    await publish(told);
    expect(findingsInFiles(dataDir, canaries)).toContainEqual(
      expect.stringMatching(/^file .*common-thread\.feed\.larkfield.*\.log: UTF-8$/),
    );
    await told.end();
  }, 180_000);

  async function toldThroughBroker(): Promise<ToldThroughKafka> {
    const address = { brokers: [broker.address], clientId: 'test' };
    const told = new ToldThroughKafka(RECIPIENT, address, await freshDatabase());
    told.publishing.start();
    return told;
  }

  async function publish(told: ToldThroughKafka): Promise<void> {
    told.publishing.wake();
    await told.published();
  }
});
