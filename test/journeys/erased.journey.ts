import { join } from 'node:path';
import { recordClasses } from '@common-thread/domain/erasure/code-lists';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { AgencyFeed } from '@common-thread/projecting/agency-feed';
import type { FeedPages } from '@common-thread/projecting/feed-pages';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { rebuild } from '@common-thread/projecting/rebuild';
import type { Pool } from 'pg';
import { Relay } from '../../apps/feed-relay/relay/relay.js';
import { saltsFrom } from '../../apps/feed-relay/relay/salts.js';
import { Announcements } from '../../apps/feed-relay/running/announcements.js';
import { RelayPages } from '../../apps/feed-relay/running/relay-pages.js';
import { PostgresRelayStore } from '../../apps/feed-relay/store/postgres-relay-store.js';
import { demonstrationAgencies } from '../../apps/standalone/agencies.js';
import { kindOf } from '../../apps/standalone/kinds-of-agencies.js';
import { localSecret } from '../../apps/standalone/secrets.js';
import { Random } from '../../apps/standalone/seeding/random.js';
import { SEALS_LAND_WITHIN_MS } from '../../apps/vault/erasing/shredding.js';
import { settled } from '../counties-alike/settled.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import type { Begun } from '../faults/centre-worker.js';
import { goToSessions, refer, registerFamily } from '../faults/centre-worker.js';
import { Door } from '../faults/door.js';
import { placesIn, wholeLog } from '../faults/final-state.js';
import { takeOn } from '../faults/health-visitor.js';
import { askToOpen } from '../faults/revealing.js';
import { Submitter } from '../faults/submitter.js';
import { readFeed } from './feed-reading.js';
import { replaceDate } from './replaced-date.js';
import type { WholeSystem } from './whole-system.js';
import { eventually, send, startWholeSystem } from './whole-system.js';

const WORKER = 'larkfield-worker-1';
const OFFICERS = ['governance-officer-1', 'governance-officer-2'] as const;
const HOLDERS = ['larkfield-centres', 'fairholme-hub', 'fairholme-health'];
const ROWS_AT_ONCE = 1_000;

/** Rows of every feed, and of every read model the hash of each table. */
interface County {
  readonly feeds: Readonly<Record<string, readonly FeedRow[]>>;
  readonly histories: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

describe('a child whose records are erased', () => {
  let system: WholeSystem;
  let pool: Pool;
  let submitter: Submitter;
  let begun: Begun;
  let putBack: () => void = () => undefined;
  let anew: TestDatabase;
  let commands = 0;

  beforeAll(async () => {
    system = await startWholeSystem();
    pool = system.standalone.engines.pool('erased', 3);
    anew = await freshDatabase();
    const door = new Door();
    door.open();
    submitter = new Submitter({ system: system.standalone, door, record: () => undefined });
    begun = await recordFamily();
    await settled(system.standalone, pool);
  }, 180_000);
  afterAll(async () => {
    putBack();
    await system.close();
    await anew.drop();
  });

  it('leaves the sibling readable, and every feed and history as it is rebuilt', async () => {
    expect(await names()).toEqual(
      new Map([
        ['child', 'Wren'],
        ['sibling', 'Robin'],
      ]),
    );
    const before = await live();
    await erase(begun.childId);
    await settled(system.standalone, pool);
    expect(await names()).toEqual(
      new Map([
        ['child', 'erased'],
        ['sibling', 'Robin'],
      ]),
    );
    const after = await live();
    for (const [recipient, rows] of Object.entries(before.feeds)) {
      expect(after.feeds[recipient]?.slice(0, rows.length)).toEqual(rows);
    }
    expect(await fromTheLog()).toEqual(after);
    expect(await differences()).toEqual([]);
  }, 300_000);

  /** Two children of one family, at a centre, on a caseload and referred to the hub. */
  async function recordFamily(): Promise<Begun> {
    const places = new Map(placesIn(await wholeLog(system.standalone.engines.eventLog)));
    const random = new Random('erased');
    const work = { submitter, random, places, shift: 'erased' };
    const family = await registerFamily(work, WORKER, 0);
    await submitter.submit({
      user: WORKER,
      path: `/v1/families/${family.familyId}/members`,
      key: 'erased-sibling',
      body: {
        position: 'child',
        person: { ...family.person, givenName: 'Robin', dateOfBirth: '2019-05-17' },
        address: '0 Sparrow Row',
      },
      records: ['MembershipBegan'],
    });
    await goToSessions(work, WORKER, family);
    await takeOn(work, 'health-visitor-1', 'erased-caseload', family);
    await refer(work, WORKER, family);
    return family;
  }

  /** What the centre’s worker reads of the given names of both. */
  async function names(): Promise<Map<string, string>> {
    const token = await submitter.token(WORKER);
    const line = `family/${begun.familyId}`;
    const rows = (await readFeed(system.standalone, token)).filter(
      ({ partitionkey, data }) => partitionkey === line && data?.givenName && data.personId,
    );
    const read = new Map<string, string>();
    for (const { data } of rows) {
      const request = { box: String(data?.givenName), field: 'givenName', line };
      const purpose = 'centre-support';
      const page = { purpose, page: 'centre/family', about: [line], requests: [request] } as const;
      const response = await askToOpen(system.standalone, token, page);
      const { revealed } = (await response.json()) as {
        revealed: { text?: string; withheld?: string }[];
      };
      const who = data?.personId === begun.childId ? 'child' : 'sibling';
      read.set(who, revealed[0]?.text ?? revealed[0]?.withheld ?? '');
    }
    return read;
  }

  /** Everybody who holds anything lets go, each by the word of two officers. */
  async function erase(personId: string): Promise<void> {
    const { shredding } = system.standalone.vault.core;
    const proposals: string[] = [];
    for (const holder of HOLDERS) {
      const ground = 'retention-ended';
      const terms = { holder, recordClasses: [...recordClasses], ground };
      await byOfficer(OFFICERS[0], `/v1/erasures/${personId}/proposals`, terms);
      const proposalId = await lastProposal(personId);
      await byOfficer(OFFICERS[1], `/v1/erasures/${personId}/confirmation`, { proposalId });
      await eventually(
        async () => shredding.retired(proposalId),
        (retired) => retired !== undefined,
      );
      proposals.push(proposalId);
    }
    putBack = replaceDate((real) => real.now() + SEALS_LAND_WITHIN_MS);
    await eventually(
      async () => {
        await shredding.work();
        return proposals.map((id) => shredding.retired(id)?.destroyedAt);
      },
      (destroyed) => destroyed.every((at) => at !== undefined),
    );
  }

  async function byOfficer(id: string, path: string, body: object): Promise<void> {
    commands += 1;
    const sending = { token: await system.tokenOf(id), key: `erasure-${commands}` };
    const answer = await send(system.standalone, path, body, sending);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  }

  async function lastProposal(personId: string): Promise<string> {
    const events = await system.standalone.engines.eventLog.readStream(`erasure-${personId}`);
    return events.filter(({ type }) => type === 'ShreddingProposed').at(-1)?.id ?? '';
  }

  function live(): Promise<County> {
    return countyOf(pool, system.standalone.relay.pages);
  }

  /** All of it made anew from nothing but the log and the relay’s secret. */
  async function fromTheLog(): Promise<County> {
    const other = anew.pool();
    const store = await PostgresRelayStore.open(other);
    const secrets = join(system.dataDirectory, 'secrets');
    const relay = new Relay(store, {
      saltOf: saltsFrom(await localSecret(secrets, 'feed-salts')),
    });
    await relay.takeOver();
    await relay.handle(await wholeLog(system.standalone.engines.eventLog));
    const pages = new RelayPages(store, new Announcements());
    for (const { recipient } of demonstrationAgencies) {
      const schema = agencySchema(recipient);
      const feed = new AgencyFeed({
        recipient,
        pages,
        inbox: new PostgresInbox(other, schema),
        store: new PostgresProjectionStore(other, schema),
        readModels: kindOf(recipient).readModels,
        now: () => new Date(),
      });
      await feed.prepare();
      await feed.catchUp();
    }
    return countyOf(other, pages);
  }

  /** Tables of live read models that are not what folding the inbox anew gives. */
  async function differences(): Promise<string[]> {
    const found: string[] = [];
    for (const { recipient } of demonstrationAgencies) {
      const inbox = new PostgresInbox(pool, agencySchema(recipient));
      const store = new PostgresProjectionStore(pool, agencySchema(recipient));
      for (const model of kindOf(recipient).readModels) {
        const { different } = await rebuild(inbox, store, model, { restart: true });
        found.push(...(different ?? ['all']).map((table) => `${recipient} ${table}`));
      }
    }
    return found;
  }
});

async function countyOf(pool: Pool, pages: FeedPages): Promise<County> {
  const feeds: Record<string, readonly FeedRow[]> = {};
  const histories: Record<string, Readonly<Record<string, string>>> = {};
  for (const { recipient } of demonstrationAgencies) {
    feeds[recipient] = (await pages.page(recipient, 0, ROWS_AT_ONCE)).rows;
    const store = new PostgresProjectionStore(pool, agencySchema(recipient));
    for (const model of kindOf(recipient).readModels) {
      const { tables, sequence } = await store.hash(model, 'live');
      histories[`${recipient} ${model.name} at ${sequence}`] = tables;
    }
  }
  return { feeds, histories };
}
