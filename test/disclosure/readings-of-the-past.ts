import type { Policy } from '@common-thread/disclosure/policy';
import { familyOf, isEntitled, isOpen, relates } from '@common-thread/disclosure/policy';
import { familyOfLine } from '../../apps/feed-relay/relay/lines.js';
import type { RelayRules } from '../../apps/feed-relay/relay/rules.js';
import { relayRules } from '../../apps/feed-relay/relay/rules.js';
import type { SimplerReading } from './simpler-readings.js';

const ofPastTables = { ofTable: 2, ofThePast: true } as const;
const instead = (rules: Partial<RelayRules>) => () => ({ ...relayRules, ...rules });

/** What somebody might take telling and withdrawing the past to be. */
export const readingsOfThePast: readonly SimplerReading[] = [
  {
    number: 26,
    says: 'what is told of the past is told of restricted families too',
    ...ofPastTables,
    rules: instead({ mayBeToldOfThePast: isRelated }),
  },
  {
    number: 27,
    says: 'withdrawing the past leaves what was told under an agreement',
    ...ofPastTables,
    rules: instead({
      isBeyondTable: (policy, row, fact) =>
        row.record.agreement === null && relayRules.isBeyondTable(policy, row, fact),
    }),
  },
  {
    number: 28,
    says: 'what is told anew is told beside what was told with less',
    ...ofPastTables,
    rules: instead({ rowsHeld: () => [] }),
  },
  {
    number: 29,
    says: 'withdrawing the past reaches those alone who are related now',
    ...ofPastTables,
    rules: instead({
      isBeyondTable: (policy, row, fact) =>
        isEntitled(policy, row.record.recipient, familyOfLine(row.record.line) ?? '') &&
        relayRules.isBeyondTable(policy, row, fact),
    }),
  },
];

/** Has the family registered, on caseload or a matter in hand, whatever restricts it. */
function isRelated(policy: Policy, recipient: string, line: string): boolean {
  return [...policy.streams.values()].some(
    (stream) =>
      stream.author === recipient &&
      relates(stream.category) &&
      isOpen(policy, stream) &&
      familyOf(policy, stream) === familyOfLine(line),
  );
}
