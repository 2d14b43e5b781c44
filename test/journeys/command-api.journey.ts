import { randomUUID } from 'node:crypto';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import {
  EventLog,
  LogUnavailable,
  type Appended,
  type ExpectedRevision,
  type FollowOptions,
  type NewEvent,
  type StoredEvent,
} from '@common-thread/eventing/event-log';
import { isBox } from '@common-thread/eventing/sealing';
import type { Actor } from '@common-thread/platform/actor';
import { Log } from '@common-thread/platform/log';
import type { CommandApi } from '../../apps/command-api/create-command-api.js';
import { createCommandApi } from '../../apps/command-api/create-command-api.js';
import {
  hub,
  larkfield,
  people,
  TokensById,
} from '../../apps/command-api/examples/example-county.js';
import { referralOf, robin } from '../../apps/command-api/examples/example-family.js';
import { createVault, type Vault } from '../../apps/vault/create-vault.js';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import { freshDatabase, type TestDatabase } from '../engines/postgres.js';

/** A log whose process dies between an append and its answer, once it is told to. */
class DyingLog extends EventLog {
  dies = false;

  constructor(private readonly log: EventLog) {
    super();
  }

  override async append(
    streamId: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    const appended = await this.log.append(streamId, expected, events);
    if (this.dies) throw new LogUnavailable('killed before the answer');
    return appended;
  }

  override readStream(streamId: string, from?: number): Promise<readonly StoredEvent[]> {
    return this.log.readStream(streamId, from);
  }

  override follow(options: FollowOptions) {
    return this.log.follow(options);
  }

  override epoch(): Promise<string> {
    return this.log.epoch();
  }
}

describe('commands on PostgreSQL, sealed by the vault', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;
  let dying: DyingLog;
  let vault: Vault;
  let api: CommandApi;
  let familyId: string;
  let childId: string;

  beforeAll(async () => {
    database = await freshDatabase();
    log = await PostgresEventLog.open({ url: database.url });
    dying = new DyingLog(log);
    vault = await createVault({
      log,
      pool: database.pool(),
      masterKey: new MemoryMasterKey(),
      tokens: new TokensById(),
      appLog: new Log({ app: 'vault', level: 'silent' }),
    });
    await start();
    for (const recipient of [larkfield, hub]) {
      const organisationId = recipient.split('.')[0];
      const organisation = { organisationId, name: organisationId, recipients: [recipient] };
      await post(people.governance, '/v1/organisations', organisation);
    }
    const place = { placeId: 'oak-lane', organisationId: 'larkfield-centres', name: 'Oak Lane' };
    await post(people.governance, '/v1/places', { ...place, cluster: 'north', district: 'vale' });
    const registration = { person: robin, placeId: 'oak-lane' };
    const { body } = await post(people.larkfieldWorker, '/v1/registrations', registration);
    familyId = String(body.familyId);
    const joined = (await events()).find(({ type }) => type === 'MembershipBegan');
    childId = String(joined?.data.personId);
  });

  afterAll(async () => {
    await api.close();
    await vault.close();
    await log.close();
    await database.drop();
  });

  async function start(): Promise<void> {
    const { sealing, matching, deriving } = vault;
    api = await createCommandApi({
      log: dying,
      sealing,
      matching,
      deriving,
      narrowingFolds: [],
      tokens: new TokensById(),
      pool: database.pool(),
      appLog: new Log({ app: 'command-api', level: 'silent' }),
    });
    await api.app.listen(0, '127.0.0.1');
    api.start();
  }

  async function post(as: Actor, path: string, body: object, key: string = randomUUID()) {
    const response = await fetch(new URL(path, await api.app.getUrl()), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${as.id}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    return { status: response.status, body: answer, tag: response.headers.get('etag') };
  }

  const refer = (key: string) =>
    post(people.larkfieldWorker, '/v1/referrals', referralOf(familyId, [childId]), key);

  async function events(): Promise<StoredEvent[]> {
    const all: StoredEvent[] = [];
    for await (const followed of log.follow(new AbortController())) {
      if (followed.kind === 'caughtUp') break;
      all.push(...followed.events);
    }
    return all;
  }

  async function until(type: string, streamId: string): Promise<StoredEvent> {
    for await (const followed of log.follow(new AbortController())) {
      if (followed.kind === 'caughtUp') continue;
      const found = followed.events.find((e) => e.type === type && e.streamId === streamId);
      if (found) return found;
    }
    throw new Error('never aborted');
  }

  const raised = async () => (await events()).filter(({ type }) => type === 'ReferralRaised');

  it('are recorded once, sent five times and twice at once, with one answer', async () => {
    const before = (await raised()).length;
    const key = randomUUID();
    const answers = await Promise.all([refer(key), refer(key)]);
    for (let time = 0; time < 3; time += 1) answers.push(await refer(key));
    expect(answers[0]?.status).toBe(201);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await raised()).length).toBe(before + 1);
  });

  it('are recorded once where the process died between append and answer', async () => {
    const before = (await raised()).length;
    const key = randomUUID();
    dying.dies = true;
    expect((await refer(key)).status).toBe(503);
    await api.close();
    dying.dies = false;
    await start();
    const retried = await refer(key);
    const again = await refer(key);
    expect(retried.status).toBe(201);
    expect(again).toEqual(retried);
    const after = await raised();
    expect(after.length).toBe(before + 1);
    expect(after.at(-1)?.data.reference).toBe(retried.body.reference);
  });

  it('open a contact that the vault’s box came to unopened, and hold no word in clear', async () => {
    const { body } = await refer(randomUUID());
    const streamId = `referral-${String(body.id)}`;
    const acknowledged = await until('ReferralAcknowledged', streamId);
    const [referral] = await log.readStream(streamId);
    const [contact] = await log.readStream(`contact-${String(acknowledged.data.contactId)}`);
    expect(isBox(contact?.data.concern)).toBe(true);
    expect(contact?.data.concern).toBe(referral?.data.concern);
    const everything = JSON.stringify(await events());
    for (const word of [robin.familyName, robin.dateOfBirth, 'Bruises']) {
      expect(everything).not.toContain(word);
    }
  });

  it('find by the vault’s index whom details mean, once it has them', async () => {
    const found = async () =>
      vault.matching.matchPerson(people.governance, {
        familyName: robin.familyName,
        dateOfBirth: robin.dateOfBirth,
      });
    expect((await found()).map(({ personId }) => personId)).toEqual([childId]);
    const registration = { person: robin, placeId: 'oak-lane' };
    const again = await post(people.larkfieldWorker, '/v1/registrations', registration);
    expect(again.status).toBe(409);
    expect(String(again.body.type)).toMatch(/already-registered$/);
  });
});
