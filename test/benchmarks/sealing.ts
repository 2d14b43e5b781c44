import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { SealRequest } from '@common-thread/eventing/sealing';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import { postgresStores, VaultCore } from '../../apps/vault/vault-core.js';
import type { Contender, Report } from './benchmark.js';
import { compare, median } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { SEALED_REFERRAL } from './sealed-referral.js';

const APPENDS = 300;
const GOAL = 1.1;
/** Three hundred letters: what a worker writes of a concern. */
const CONCERN = 'A bruise on the cheek, told of twice. '.repeat(8);

/**
 * P10 of the goals: the median of sealing a referral's concern and appending it, keys warm and all in one
 * process, against appending the same event with a box that was made before.
 */
export async function sealing(): Promise<Report> {
  const engine = await benchmarkEngine();
  const pool = createPool({ url: engine.url, applicationName: 'bench vault' });
  const log = await PostgresEventLog.open({ url: engine.url });
  const masterKey = new MemoryMasterKey();
  const stores = await postgresStores(pool, { masterKey });
  const vault = await VaultCore.start(stores, { log: new MemoryEventLog(), masterKey });
  try {
    const box = (await vault.sealing.seal([requestFor('warm', 0)], {})).boxes[0]!;
    const appendOf = (streamId: string, concern: string) =>
      log.append(streamId, 'no-stream', [
        {
          ...SEALED_REFERRAL,
          id: derivedId(streamId),
          data: { ...SEALED_REFERRAL.data, concern },
        },
      ]);
    const result = await compare({
      title: 'seal and append, p50',
      unit: 'ms',
      wanted: 'at most',
      goal: GOAL,
      baseline: repeating('append alone', (nth) => appendOf(`plain-${nth}`, box)),
      system: repeating('seal and append', async (nth) => {
        const streamId = `sealed-${nth}`;
        const { boxes } = await vault.sealing.seal([requestFor(streamId, nth)], { nth });
        if (boxes[0]?.length !== box.length) throw new Error('a box is of another length');
        return appendOf(streamId, boxes[0]);
      }),
    });
    return { setting: engine.setting, results: [result] };
  } finally {
    await vault.stop();
    await log.close();
    await pool.end();
    await engine.stop();
  }
}

function repeating(name: string, act: (nth: number) => Promise<{ revision: number }>): Contender {
  const revisions: number[][] = [];
  return {
    name,
    round: async (round) => {
      const took: number[] = [];
      const seen: number[] = [];
      for (let nth = 0; nth < APPENDS; nth += 1) {
        const from = performance.now();
        const { revision } = await act(round * APPENDS + nth);
        took.push(performance.now() - from);
        seen.push(revision);
      }
      revisions[round] = seen;
      return median(took);
    },
    outcome: async (round) => `revisions ${revisions[round]?.join()}`,
  };
}

/** For one of a few children, whose keys are warm after the first round. */
function requestFor(streamId: string, nth: number): SealRequest {
  return {
    plaintext: CONCERN,
    subjects: [derivedId('child', nth % 50)],
    recordClass: 'contact',
    controller: 'larkfield-centres',
    streamId: 'referral-0c7e5b62-1f0f-5b64-8a3a-9d6f3f1f7a11',
    eventId: derivedId(streamId, 'event'),
    eventType: 'ReferralRaised',
    field: 'concern',
    version: 1,
  };
}
