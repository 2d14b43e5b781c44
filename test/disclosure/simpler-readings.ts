import type { AgreementPolicy, Agreements } from '@common-thread/disclosure/agreed';
import { secondTable } from '@common-thread/disclosure/two-tables.examples';
import { isEntitled, linkOf, stands } from '@common-thread/disclosure/policy';
import { peopleOf, reachOf } from '../../apps/feed-relay/relay/fact.js';
import { familyLine, familyOfLine } from '../../apps/feed-relay/relay/lines.js';
import type { RelayRules } from '../../apps/feed-relay/relay/rules.js';
import { isOwnContact, relayRules } from '../../apps/feed-relay/relay/rules.js';
import type { RowRecord } from '../../apps/feed-relay/relay/told-rows.js';
import type { Reading } from './check-history.js';
import { beginsEpisode } from './county/declared.js';
import { readingsOfThePast } from './readings-of-the-past.js';
import { RecomputingStore } from './running/recomputing-store.js';

/*
 * Each rule made simpler in one place, as somebody might who had not met the history that refutes it.
 * Numbered as in the executable model of the rules, those of agreements and of the table after them. 1 is put
 * in as recomputation on a restart.
 */
export interface SimplerReading extends Reading {
  readonly number: number;
  readonly says: string;
  /** Caught by agreements that change. */
  readonly ofAgreements?: true;
  /** Caught by switches between version 1 and this one. */
  readonly ofTable?: number;
  /** Caught by officers who tell or withdraw the past. */
  readonly ofThePast?: true;
  /** Caught by families that consent, or whose address is confidential. */
  readonly ofNeedToKnow?: true;
}

const instead = (rules: Partial<RelayRules>) => () => ({ ...relayRules, ...rules });

export const simplerReadings: readonly SimplerReading[] = [
  {
    number: 1,
    says: 'a relay that starts again may recompute the rows it told',
    store: async () => new RecomputingStore(),
    onRestart: async (store) => {
      if (store instanceof RecomputingStore) store.recompute();
    },
  },
  { number: 2, says: 'an entitlement that begins again begins from nothing', rules: forgetful },
  { number: 3, says: 'one sequence, filtered for each reader', rules: oneSequence },
  {
    number: 4,
    says: 'a withdrawn row just loses its body',
    rules: instead({ markOf: () => null }),
  },
  {
    number: 5,
    says: 'corrections go to those related now',
    rules: instead({
      reachesByCorrection: (state, row) => {
        const family = familyOfLine(row.line);
        const related = family === null || isEntitled(state.policy, row.recipient, family);
        return related && relayRules.reachesByCorrection(state, row);
      },
    }),
  },
  {
    number: 6,
    says: 'an event is told once for a family, whoever joins it later',
    rules: oncePerFamily,
  },
  {
    number: 7,
    says: 'a withdrawn membership or link takes nothing with it',
    rules: instead({ restingOn: () => [] }),
  },
  { number: 8, says: 'the author hears of every family of the people named', rules: loudAuthor },
  {
    number: 9,
    says: 'a withdrawn beginning always ends the involvement',
    rules: instead({
      isInvolved: (begun, ended, cause) => {
        const { entry, subject } = cause;
        if (entry.type === 'RecordWithdrawn' && beginsEpisode.includes(subject.type)) return false;
        return relayRules.isInvolved(begun, ended, cause);
      },
    }),
  },
  {
    number: 10,
    says: 'a restriction holds no correction back',
    rules: instead({
      reachesByCorrection: ({ policy }, row) =>
        row.via === null || stands(policy, row.via) || isOwnContact(row),
    }),
  },
  { number: 11, says: 'the referrer hears of the link', rules: openLink },
  {
    number: 12,
    says: 'a withdrawal leaves the corrections of what it withdraws',
    rules: instead({ correctionsOf: () => [] }),
  },
  {
    number: 13,
    says: 'that a restriction was lifted is part of what is joined',
    rules: instead({ isJoined: ({ type }) => type === 'RestrictionLifted' }),
  },
  {
    number: 14,
    says: 'told once is told for good, though its ground was withdrawn',
    rules: instead({
      isToldAlready: ({ told }, recipient, eventId, { line, personId }) =>
        told.of(eventId).some((row) => {
          const here = isOwnContact(row) || (row.line === line && row.personId === personId);
          return row.recipient === recipient && isItself(row) && here;
        }),
    }),
  },
  {
    number: 15,
    says: 'a cursor need not know the person',
    rules: instead({
      comparePlaces: (a, b) => a.attachedAt - b.attachedAt || a.ordinal - b.ordinal,
    }),
  },
  {
    number: 16,
    says: 'what was withdrawn is joined first and redacted after',
    rules: instead({ isBornRedacted: () => false }),
  },
  {
    number: 17,
    says: 'a version of the table may move a service from notice to existence while an episode is open',
    ofTable: 3,
  },
  {
    number: 18,
    says: 'an agreement once in force goes on letting things be told',
    ofAgreements: true,
    rules: () => everAgreed(() => true),
  },
  {
    number: 19,
    says: 'an agreement that ends takes nothing back',
    ofAgreements: true,
    rules: instead({ isBeyondAgreement: () => false }),
  },
  {
    number: 20,
    says: 'what was taken back is still corrected',
    ofAgreements: true,
    rules: instead({
      reachesByCorrection: (state, row) =>
        relayRules.reachesByCorrection(state, { ...row, withdrawnBy: null }),
    }),
  },
  {
    number: 21,
    says: 'an agreement that narrows takes back all that it had granted',
    ofAgreements: true,
    rules: instead({ isBeyondAgreement: (_, { agreement }) => agreement !== null }),
  },
  {
    number: 22,
    says: 'the table of the release tells, whatever the log says is in force',
    ofTable: 2,
    rules: instead({
      tellingOf: (policy, recipient, event, parts, related, families) =>
        relayRules.tellingOf(policy, recipient, event, parts, related, families, secondTable),
    }),
  },
  {
    number: 23,
    says: 'a consent once given lets things be told although it is withdrawn',
    ofAgreements: true,
    ofNeedToKnow: true,
    rules: () => everAgreed(({ familyId }) => familyId !== undefined),
  },
  {
    number: 24,
    says: 'a consent lets be told of every family what one consented to',
    ofAgreements: true,
    ofNeedToKnow: true,
    rules: instead({
      tellingOf: (policy, recipient, event, parts, related) => {
        const all = [...policy.agreements.values()].flatMap(({ familyId }) => familyId ?? []);
        return relayRules.tellingOf(policy, recipient, event, parts, related, all);
      },
    }),
  },
  {
    number: 25,
    says: 'a confidential address is hidden when it is read, and is told all the same',
    ofNeedToKnow: true,
    rules: instead({ fieldsToTell: (_policy, _recipient, { fields }) => fields }),
  },
  ...readingsOfThePast,
];

/** Remembers the widest version of each agreement of a kind that was ever in force. */
function everAgreed(isOfKind: (agreement: AgreementPolicy) => boolean): RelayRules {
  const known: Agreements = new Map();
  return {
    ...relayRules,
    tellingOf: (policy, ...asked) => {
      for (const [id, agreement] of policy.agreements) {
        const isRemembered = agreement.inForce && isOfKind(agreement);
        if (isRemembered && !known.has(id)) known.set(id, agreement);
      }
      const agreements = new Map([...policy.agreements, ...known]);
      return relayRules.tellingOf({ ...policy, agreements }, ...asked);
    },
  };
}

/** Tells an event itself, at more than existence. */
function isItself(row: RowRecord): boolean {
  return row.follows === null && row.grade !== 'existence';
}

function oncePerFamily(): RelayRules {
  let now = 0;
  return {
    ...relayRules,
    resumesAfter: (cursor, _walk, trigger) => {
      now = trigger.ordinal;
      return cursor;
    },
    isToldAlready: (state, recipient, eventId, place) => {
      const earlier = state.told
        .of(eventId)
        .some((row) => row.recipient === recipient && row.line === place.line && row.toldAt < now);
      const joinsLater = place.personId !== '' && earlier;
      return joinsLater || relayRules.isToldAlready(state, recipient, eventId, place);
    },
  };
}

function forgetful(): RelayRules {
  const begun = new Set<string>();
  return {
    ...relayRules,
    resumesAfter: (cursor, walk, trigger) => {
      const key = `${walk.recipient} ${walk.line} ${trigger.eventId}`;
      if (walk.change !== 'begins' || begun.has(key)) return cursor;
      begun.add(key);
      return undefined;
    },
    isToldAlready: () => false,
  };
}

function oneSequence(): RelayRules {
  return {
    ...relayRules,
    nextSequence: (feeds) => Math.max(0, ...[...feeds.values()].map((f) => f.sequence)) + 1,
  };
}

function loudAuthor(): RelayRules {
  return {
    ...relayRules,
    ownPlaces: (state, recipient, fact) => {
      const isAuthor = state.policy.streams.get(fact.streamId)?.author === recipient;
      if (!isAuthor || reachOf(fact.type) !== 'people') {
        return relayRules.ownPlaces(state, recipient, fact);
      }
      return peopleOf(fact).flatMap((personId) =>
        state
          .linesOf(fact.eventId)
          .filter((line) =>
            state
              .line(line)
              .entries.some((e) => e.eventId === fact.eventId && e.personId === personId),
          )
          .map((line) => ({ line, personId })),
      );
    },
  };
}

function openLink(): RelayRules {
  return {
    ...relayRules,
    ownPlaces: (state, recipient, fact) => {
      const stream = state.policy.streams.get(fact.streamId);
      const link = stream && linkOf(state.policy, stream);
      const party = stream?.author === recipient || stream?.referrer === recipient;
      if (!party || !link || !stands(state.policy, link.eventId)) {
        return relayRules.ownPlaces(state, recipient, fact);
      }
      return [{ line: familyLine(link.familyId), personId: '' }];
    },
  };
}
