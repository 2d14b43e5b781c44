import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyFile } from 'node:fs/promises';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { codec } from '@common-thread/domain/event-catalogue';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import { isBox } from '@common-thread/eventing/sealing';
import type { Actor } from '@common-thread/platform/actor';
import { Log } from '@common-thread/platform/log';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import { PolicyFollower } from '../../apps/command-api/authorisation/policy-follower.js';
import type { CommandApi } from '../../apps/command-api/create-command-api.js';
import { composeCommandApi } from '../../apps/command-api/create-command-api.js';
import { MemoryReactionJournal } from '../../apps/command-api/reactions/memory-reaction-journal.js';
import { loadAnnexA } from '../../apps/standalone/loading/annex-a/load-annex-a.js';
import { throughVault } from '../../apps/standalone/loading/through-vault.js';
import type { CommandPort } from '../../apps/standalone/seeding/planned-command.js';
import { seed } from '../../apps/standalone/seeding/seeder.js';
import { SeedingFile } from '../../apps/standalone/seeding/seeding-state.js';
import { throughCommands } from '../../apps/standalone/seeding/through-commands.js';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import { postgresStores, VaultCore } from '../../apps/vault/vault-core.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';

class NobodySignsIn extends TokenVerifier {
  async verify(): Promise<Actor> {
    throw new TokenRefused('nobody signs in here');
  }
}

const hub = 'fairholme-hub.safeguarding-hub';
const sample = new URL('../annex-a/fixtures/Annex_A_2024_Jan.xlsx', import.meta.url);

/** The real handlers, log, vault and reactions, as `npm start` puts them together. */
let database: TestDatabase;
let log: PostgresEventLog;
let vault: VaultCore;
let api: CommandApi;
let port: CommandPort;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'county-'));
  database = await freshDatabase();
  log = await PostgresEventLog.open({ url: database.url, max: 8 });
  const masterKey = new MemoryMasterKey();
  vault = await VaultCore.start(await postgresStores(database.pool(6), { masterKey }), {
    log,
    masterKey,
  });
  const { sealing, matching, deriving } = vault;
  const appLog = new Log({ app: 'test', level: 'silent' });
  const tokens = new NobodySignsIn();
  const ports = { log, sealing, matching, deriving, narrowingFolds: [], tokens, appLog };
  api = await composeCommandApi(ports, new MemoryReactionJournal());
  api.start();
  port = throughCommands(api.commands);
});
afterAll(async () => {
  await api.close();
  await vault.stop();
  await log.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function everything(): Promise<StoredEvent[]> {
  const reading = new AbortController();
  const events: StoredEvent[] = [];
  for await (const followed of log.follow({ signal: reading.signal })) {
    if (followed.kind === 'caughtUp') break;
    events.push(...followed.events);
  }
  reading.abort();
  return events;
}
/** The log once a type has been recorded so often; reactions are on their way until then. */
async function whenRecorded(type: string, times: number): Promise<StoredEvent[]> {
  const reading = new AbortController();
  const events: StoredEvent[] = [];
  for await (const followed of log.follow({ signal: reading.signal })) {
    if (followed.kind === 'events') events.push(...followed.events);
    if (events.filter((event) => event.type === type).length >= times) break;
  }
  reading.abort();
  return events;
}
const countOf = (events: readonly StoredEvent[], type: string) =>
  events.filter((event) => event.type === type).length;

describe('the county on PostgreSQL', () => {
  const families = 26;

  it('is recorded whole through the real handlers, killed and started again', async () => {
    const store = new SeedingFile(join(folder, 'seeding.json'));
    const signal = new AbortController().signal;
    const options = { seed: 'spec', families, store, signal };
    let asked = 0;
    const killed: CommandPort = {
      execute: async (command) => {
        if ((asked += 1) > 400) throw new Error('killed');
        return port.execute(command);
      },
    };
    await expect(seed({ ...options, port: killed })).rejects.toThrow('killed');
    const seeded = await seed({ ...options, port });
    expect(seeded).toMatchObject({ refused: {}, complete: true });
    expect(await seed({ ...options, port })).toMatchObject({ recorded: 0 });
    const events = await everything();
    const commands = new Set(events.map(({ metadata }) => metadata.commandId));
    expect(commands.size).toBeGreaterThan(700);
  });

  it('is answered by reactions where it is live and nowhere else', async () => {
    const live = (await everything()).filter(({ metadata }) => !metadata.imported);
    const raised = live.filter(({ type }) => type === 'ReferralRaised').length;
    expect(raised).toBeGreaterThan(4);
    const imported = (await everything()).filter(({ metadata }) => metadata.imported);
    const acknowledged = countOf(imported, 'ReferralAcknowledged') + raised;
    const all = await whenRecorded('ReferralAcknowledged', acknowledged);
    expect(countOf(all, 'ReferralAcknowledged')).toBe(acknowledged);
    const told = countOf(imported, 'ReferralClosed');
    expect(
      countOf(await whenRecorded('ReferralClosed', told + 1), 'ReferralClosed'),
    ).toBeGreaterThan(told);
  });

  it('holds no personal value in the log that is not sealed', async () => {
    const open = (await everything()).flatMap(({ type, data }) =>
      codec
        .personalFieldsOf(type)
        .filter(({ field }) => data[field] !== undefined && !isBox(data[field]))
        .map(({ field }) => `${type}/${field}`),
    );
    expect(open).toEqual([]);
  });
});

describe('an extract on PostgreSQL', () => {
  it('is loaded once, each child found again by its authority and id', async () => {
    const input = join(folder, 'extract.xlsx');
    await copyFile(sample, input);
    const policy = new PolicyFollower(log, codec);
    const options = {
      input,
      authority: '891',
      hub,
      port,
      lookUp: throughVault(vault.matching, policy, hub),
      now: new Date().toISOString(),
      signal: new AbortController().signal,
    };
    const before = (await everything()).length;
    expect(await loadAnnexA(options)).toMatchObject({ loaded: 11, alreadyThere: 0, rejected: 0 });
    const after = (await everything()).slice(before);
    // Registered, joined, received and linked; and six decided.
    expect(after).toHaveLength(4 * 11 + 6);
    expect(after.filter(({ metadata }) => !metadata.imported)).toEqual([]);
    const found = await options.lookUp.find('891', ['9212044', '6537810']);
    expect([...found.values()].map((known) => known.length)).toEqual([1, 1]);
    expect(found.get('9212044')?.[0]?.familyIds).toHaveLength(1);
    expect((await options.lookUp.find('892', ['9212044'])).size).toBe(0);
    expect(await loadAnnexA(options)).toMatchObject({ loaded: 0, alreadyThere: 11 });
    expect((await everything()).length).toBe(before + after.length);
    await policy.stop();
  });
});
