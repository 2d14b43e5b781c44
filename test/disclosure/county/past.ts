import {
  factKinds,
  pastWithdrawalReasons,
  redisclosureReasons,
} from '@common-thread/domain/code-lists';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Happening } from './happening.js';
import { recipients } from './places.js';
import { randomFrom } from './random.js';

/** How often the past is told or withdrawn in one history, at most. */
const TIMES_MAX = 8;
/** So soon after a switch of the table, in happenings, is where there is most to tell or withdraw. */
const SOON_MAX = 10;

/** The same history in which officers tell or withdraw the past besides, at random: nothing else depends on it. */
export function withPast(happenings: readonly Happening[], seed: number): readonly Happening[] {
  const random = randomFrom(seed + 11_111);
  const first = happenings.findIndex(({ type }) => !/^(Agreement|Organisation|Table)/.test(type));
  const switches = happenings.flatMap(({ type }, at) =>
    type === 'TableSwitched' ? [at + 1] : [],
  );
  const anywhere = () => first + random.below(happenings.length - first + 1);
  const soonAfter = (at: number) => Math.max(first, at + random.below(SOON_MAX));
  const places = Array.from({ length: random.below(TIMES_MAX + 1) }, () =>
    switches.length > 0 && random.chance(0.5) ? soonAfter(random.pick(switches)) : anywhere(),
  )
    .map((place) => Math.min(place, happenings.length))
    .sort((a, b) => a - b);
  const all = [...happenings];
  for (const [nth, place] of places.entries()) {
    const before = happenings.slice(0, place);
    const versions = before.flatMap(({ type, data }) =>
      type === 'TableSwitched' ? [Number(data['tableVersion'])] : [],
    );
    const some = <Item>(items: readonly Item[], share: number): readonly Item[] => {
      const chosen = items.filter(() => random.chance(share));
      return chosen.length > 0 ? chosen : items.slice(0, 1);
    };
    const meant = {
      tableVersion: versions.at(-1) ?? 1,
      recordedUnder: some([...new Set([1, ...versions])], 0.8),
      kinds: some(factKinds, 0.9),
      recipients: some(
        recipients.map(({ id }) => id),
        0.9,
      ),
      signedBy: 'council/information-governance-lead',
    };
    // Everything happens on one day: it is among those meant, or it is not.
    const days = { from: '2026-01-05', until: random.chance(0.9) ? '2026-01-06' : '2026-01-05' };
    const other = { from: '2025-12-01', until: '2026-01-04' };
    const isTold = random.chance(0.5);
    const at = before.at(-1)?.recorded ?? 0;
    all.splice(place + nth, 0, {
      id: derivedId('county', 'past', seed, nth),
      serial: 0,
      type: isTold ? 'PastRedisclosed' : 'PastWithdrawn',
      streamId: 'table-county',
      people: [],
      data: isTold
        ? {
            ...meant,
            ...(random.chance(0.9) ? days : other),
            reason: random.pick(redisclosureReasons),
          }
        : { ...meant, reason: random.pick(pastWithdrawalReasons) },
      occurred: at,
      recorded: at,
    });
  }
  return all;
}
