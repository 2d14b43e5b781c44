import { existence } from '@common-thread/disclosure/disclosure-table';
import { disclosure } from '@common-thread/disclosure/disclosure';
import type { TableVersion, Tables } from '@common-thread/disclosure/tables';
import { tablesOf } from '@common-thread/disclosure/tables';
import { firstTable, secondTable } from '@common-thread/disclosure/two-tables.examples';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Happening } from './happening.js';
import { randomFrom } from './random.js';

const hidden = { 'childrens-centre': existence, 'health-visiting': existence };

/** Tells that a referral was raised as existence to whom version 1 tells the event: such a version is refused. */
const tornTable: TableVersion = {
  ...firstTable,
  version: 3,
  lines: {
    ...disclosure,
    ReferralRaised: { ...disclosure.ReferralRaised, ...hidden },
    ReferralClosed: { ...disclosure.ReferralClosed, ...hidden },
  },
};

/** Every version that a history may switch to. */
export const testTables: Tables = tablesOf([firstTable, secondTable, tornTable]);

/** How often the table is switched in one history, at most. */
const SWITCHES_MAX = 3;

/** The same history in which the table is switched besides, at random: nothing else of it depends on that. */
export function withSwitches(
  happenings: readonly Happening[],
  seed: number,
  other = 2,
): readonly Happening[] {
  const random = randomFrom(seed + 33_333);
  const places = Array.from({ length: random.below(SWITCHES_MAX + 1) }, () =>
    random.below(happenings.length + 1),
  ).sort((a, b) => a - b);
  let version = 1;
  const all = [...happenings];
  for (const [nth, place] of places.entries()) {
    const at = happenings[place - 1]?.recorded ?? 0;
    const next = version === 1 ? other : 1;
    all.splice(place + nth, 0, switched(version, next, at, `${seed} ${nth}`));
    version = next;
  }
  return all;
}

export function switched(
  insteadOf: number,
  tableVersion: number,
  at: number,
  name: string,
): Happening {
  return {
    id: derivedId('county', 'switch', name),
    serial: 0,
    type: 'TableSwitched',
    streamId: 'table-county',
    people: [],
    data: { tableVersion, insteadOf, signedBy: 'council/information-governance-lead' },
    occurred: at,
    recorded: at,
  };
}
