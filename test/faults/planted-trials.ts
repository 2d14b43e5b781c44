import { derivedId } from '@common-thread/eventing/identifiers';
import { HUB, LARKFIELD } from '../journeys/whole-system.js';
import type { Bug } from '../planted/planted.js';
import { refer, withdraw } from './centre-worker.js';
import type { Verdict } from './finding.js';
import type { Scenario } from './scenario.js';
import { orRefused } from './scenario.js';
import { commandIdOf } from './submitter.js';

/** What brings a bug to light: some work, a fault at the right moment, and what the judges then say. */
export interface Trial {
  readonly bug: Bug;
  readonly verdict: Verdict;
  readonly words: RegExp;
  /** Ends with everything sent answered. */
  run(scenario: Scenario): Promise<void>;
}

const WORKER = 'larkfield-worker-1';
/** A second group of appends sets out beside the first when so many wait (group-commit.ts). */
const GROUP = 8;

export const trials: readonly Trial[] = [
  {
    bug: 'acknowledge-before-commit',
    verdict: 'lost',
    words: /was acknowledged with ContactReceived; the log has nothing/,
    async run(scenario) {
      const { held } = await scenario.hold('append-asked/contact');
      const first = scenario.call('acknowledged-1');
      await held;
      // Time enough for an answer, where one is given.
      await Promise.race([first, scenario.readTwice(HUB)]);
      await scenario.killAndStart();
      await first;
    },
  },
  {
    bug: 'no-idempotency-look-up',
    verdict: 'phantom',
    words: /ReferralRaised .* was refused and is in the log/,
    async run(scenario) {
      const family = await scenario.family('look-up');
      const { held } = await scenario.hold('append-done/referral');
      const referral = orRefused(refer(scenario, WORKER, family));
      await held;
      await scenario.killAndStart();
      await referral;
    },
  },
  {
    bug: 'bare-position-cursor',
    verdict: 'lost',
    words: /was never told of its \/v1\/contacts \(overtaken\)/,
    async run(scenario) {
      const overtaken = { user: 'hub-triage-1', path: '/v1/contacts', key: 'overtaken' };
      const streamId = `contact-${derivedId(commandIdOf(overtaken), 'contact')}`;
      const letGo = await claimed(scenario, streamId);
      const first = scenario.call(overtaken.key);
      await scenario.until(() => isWaitingForALock(scenario));
      const before = await contactsIn(scenario);
      const others = Array.from({ length: GROUP }, (_, nth) => scenario.call(`overtaking-${nth}`));
      await scenario.until(async () => (await contactsIn(scenario)) >= before + GROUP);
      await scenario.readTwice(HUB);
      await letGo();
      await Promise.all([first, ...others]);
    },
  },
  {
    bug: 'reaction-without-derived-ids',
    verdict: 'duplicated',
    words: /has 2 contacts/,
    async run(scenario) {
      const family = await scenario.family('reaction');
      const { held } = await scenario.hold('reaction-done/contact');
      await refer(scenario, WORKER, family);
      await held;
      await scenario.killAndStart();
    },
  },
  {
    bug: 'publish-before-commit',
    verdict: 'lost',
    words: /rows after \d+ are gone that were read before/,
    async run(scenario) {
      const { held } = await scenario.hold('relay-commit');
      await scenario.call('published');
      await held;
      await scenario.readTwice(HUB);
      await scenario.killAndStart('relay-takes-over');
      await scenario.readAgain(HUB);
      scenario.goOn();
    },
  },
  {
    bug: 'filtered-feed',
    verdict: 'divergent',
    words: /was read with two hashes/,
    async run(scenario) {
      const family = await scenario.family('filtered');
      const raised = await refer(scenario, WORKER, family);
      await scenario.readTwice(LARKFIELD);
      await withdraw(scenario, WORKER, family, raised);
      await scenario.family('filtered-after');
      await scenario.readTwice(LARKFIELD);
    },
  },
  {
    bug: 'recomputed-row',
    verdict: 'divergent',
    words: /was read with two hashes|is not what was read before/,
    async run(scenario) {
      await scenario.call('recomputed');
      await scenario.readTwice(HUB);
    },
  },
  {
    bug: 'checkpoint-before-rows',
    verdict: 'untrue',
    words: /triage-queue of .* differs from its rebuild/,
    async run(scenario) {
      const { held } = await scenario.hold('rows-written/triage-queue');
      await scenario.call('before-rows');
      await held;
      await scenario.killAndStart();
    },
  },
  {
    bug: 'checkpoint-after-rows',
    verdict: 'untrue',
    words: /triage-queue of .* differs from its rebuild/,
    async run(scenario) {
      const { held } = await scenario.hold('checkpoint-moves/triage-queue');
      await scenario.call('after-rows');
      await held;
      await scenario.killAndStart();
    },
  },
  {
    bug: 'skip-on-error',
    verdict: 'untrue',
    words: /triage-queue of .* differs from its rebuild/,
    async run(scenario) {
      const { held } = await scenario.hold('checkpoint-moves/triage-queue');
      await scenario.call('skipped-row');
      await held;
      scenario.cutAndMend();
      scenario.goOn();
    },
  },
  {
    bug: 'inbox-takes-gap',
    verdict: 'divergent',
    words: /row \d+ differs between pages and inbox/,
    async run(scenario) {
      // Told of together, so that a page has several rows.
      const { held } = await scenario.hold('relay-commit');
      await scenario.family('gap');
      await held;
      const missing = await scenario.hold('row-goes-missing');
      scenario.goOn();
      await missing.held;
      scenario.goOn();
      await scenario.readTwice(LARKFIELD);
      // It has stopped where the row was missing: whoever looks after it starts it again.
      await scenario.killAndStart();
    },
  },
  {
    bug: 'last-writer-wins',
    verdict: 'divergent',
    words: /row \d+ differs between pages and inbox/,
    async run(scenario) {
      const { held } = await scenario.hold('row-comes-altered');
      await scenario.call('altered-row');
      await held;
      scenario.goOn();
      await scenario.readTwice(HUB);
      await scenario.killAndStart();
    },
  },
  {
    bug: 'reveal-before-audit',
    verdict: 'unaudited',
    words: /larkfield-worker-1 was shown openings\/shown\/\d+, of which the audit has nothing/,
    async run(scenario) {
      const { held } = await scenario.hold('audit-asked/reveal');
      const opening = scenario.open(LARKFIELD, 'shown');
      await held;
      // Time enough for an answer, where one is given.
      await Promise.race([opening, scenario.readTwice(HUB)]);
      await scenario.killAndStart();
      await opening;
    },
  },
  {
    bug: 'entry-without-reveal',
    verdict: 'phantom',
    words: /1 entries of what nobody was shown, and 0 times something was ended/,
    async run(scenario) {
      await scenario.open(LARKFIELD, 'taken-for-unwritten');
    },
  },
];

/** Another writer is about to begin a stream, and in the end does not; resolves with what lets it go. */
async function claimed({ kept }: Scenario, streamId: string): Promise<() => Promise<void>> {
  const client = await kept.logPool.connect();
  await client.query('begin');
  await client.query(
    `insert into log.events (epoch, position, stream, revision, id, type, version, data, metadata)
     values (1, 1, $1, 0, $2, 'Claimed', 1, '{}', '{}')`,
    [streamId, derivedId('claim', streamId)],
  );
  return async () => {
    await client.query('rollback');
    client.release();
  };
}

async function isWaitingForALock({ kept }: Scenario): Promise<boolean> {
  const { rowCount } = await kept.logPool.query(
    `select from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and query like '%incoming%'`,
  );
  return (rowCount ?? 0) > 0;
}

async function contactsIn({ kept }: Scenario): Promise<number> {
  const { rows } = await kept.logPool.query<{ count: number }>(
    `select count(*)::int as count from log.events where stream like 'contact-%' and revision = 0`,
  );
  return rows[0]?.count ?? 0;
}
