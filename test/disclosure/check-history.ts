import { MemoryRelayStore } from '../../apps/feed-relay/store/memory-relay-store.js';
import type { RelayRules } from '../../apps/feed-relay/relay/rules.js';
import type { RelayStore } from '../../apps/feed-relay/store/relay-store.js';
import type { Happening } from './county/happening.js';
import { logOf } from './county/happening.js';
import { families, recipients } from './county/places.js';
import { randomFrom } from './county/random.js';
import { checkBlindness, otherCounty } from './invariants/blindness.js';
import { checkDirectory } from './invariants/directory.js';
import { checkEntitlement } from './invariants/entitlement.js';
import { checkExistence } from './invariants/existence.js';
import { checkFeed } from './invariants/feeds.js';
import { checkFollowUps } from './invariants/follow-ups.js';
import { checkPast } from './invariants/past.js';
import { checkRestriction } from './invariants/restriction.js';
import { accepted, checkRough } from './invariants/rough.js';
import { checkRows } from './invariants/rows.js';
import type { Subject } from './invariants/subject.js';
import { subjectOf } from './invariants/subject.js';
import type { Tally } from './tally.js';
import { plainRun } from './running/plain-run.js';
import type { Roughness } from './running/rough-run.js';
import { roughRun } from './running/rough-run.js';
import { Truth } from './truth/truth.js';

export interface Reading {
  /** A simpler reading of the rules, made anew for each run. */
  readonly rules?: () => RelayRules;
  readonly store?: () => Promise<RelayStore>;
  readonly onRestart?: (store: RelayStore) => Promise<void>;
}

/** Holds one history against every invariant. @throws Broken */
export async function checkHistory(
  happenings: readonly Happening[],
  seed: number,
  tally: Tally,
  { rules, store, onRestart }: Reading = {},
): Promise<void> {
  const log = logOf(happenings);
  const truth = new Truth(log);
  const plain = await plainRun(log, rules?.());
  const subjects = recipients.map((recipient) =>
    subjectOf(truth, recipient, plain.get(recipient.id)!),
  );
  const roughStore = (await store?.()) ?? new MemoryRelayStore();
  const roughness: Roughness = {
    random: randomFrom(seed + 77_777),
    store: roughStore,
    ...(rules ? { rules: rules() } : {}),
    ...(onRestart ? { onRestart: () => onRestart(roughStore) } : {}),
  };
  const rough = await accepted(roughRun(log, roughness));
  for (const subject of subjects) {
    checkFeed(subject);
    checkRows(subject);
    checkFollowUps(subject);
    checkExistence(subject);
    checkEntitlement(subject);
    checkRestriction(subject);
    checkPast(subject);
    checkDirectory(subject);
    tally.count(subject);
  }
  await checkRough(truth, plain, rough);
  tally.kills += rough.kills;
  for (const [nth, family] of families.entries()) {
    const contacts = (seed + nth) % 2 === 0 ? 'go' : 'stay';
    tally.blind += await checkWithout(subjects, family, contacts, rules?.());
  }
}

/** How many recipients were found blind to a family taken away. */
async function checkWithout(
  subjects: readonly Subject[],
  family: string,
  contacts: 'go' | 'stay',
  rules?: RelayRules,
): Promise<number> {
  const other = otherCounty(subjects[0]!.truth.log, family, contacts);
  const blind = subjects.filter(({ told }) => !told.some((each) => each.family === family));
  if (!other || blind.length === 0) return 0;
  const feeds = await plainRun(other, rules);
  return blind.filter((subject) => checkBlindness(subject, family, other, feeds)).length;
}
