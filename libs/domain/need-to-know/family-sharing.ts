import type { Command, Decider, Decision } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { derivedId } from '@common-thread/eventing/identifiers';
import { partsOfRecipient } from '../identifiers.js';
import { listRefusal, neededTextRefusal, textRefusal } from '../limits.js';
import { occurrenceRefusal } from '../occurrence.js';
import type { FamilySharingEvent } from './events.js';

type Entry<Type extends Exclude<FamilySharingEvent['type'], 'ConsentWithdrawn'>> = Omit<
  DataOf<FamilySharingEvent, Type>,
  'familyId'
>;

/** The family is the stream's. */
export type DecideToShare = Command<'DecideToShare', Entry<'SharingDecided'>>;
export type DecideNotToShare = Command<'DecideNotToShare', Entry<'SharingDeclined'>>;
export type RecordViews = Command<'RecordViews', Entry<'ViewsRecorded'>>;
/** Gets its id from the command. */
export type RecordConsent = Command<'RecordConsent', Omit<Entry<'ConsentRecorded'>, 'consentId'>>;
export type WithdrawConsent = Command<
  'WithdrawConsent',
  DataOf<FamilySharingEvent, 'ConsentWithdrawn'>
>;
export type FamilySharingCommand =
  DecideToShare | DecideNotToShare | RecordViews | RecordConsent | WithdrawConsent;

export interface FamilySharing {
  /** The hub whose stream this is: the first to record anything in it. */
  readonly hub: string | undefined;
  /** Consents that were given, and whether each still stands. */
  readonly consents: ReadonlyMap<string, 'given' | 'withdrawn'>;
}

/** What is decided about telling others of a family, and what the family says to it. */
export const familySharing: Decider<FamilySharingCommand, FamilySharingEvent, FamilySharing> = {
  category: 'sharing',
  initialState: { hub: undefined, consents: new Map() },

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    if (command.type === 'WithdrawConsent') return withdraw(command.data, state);
    const wrongHub = hubRefusal(command.data.hub, state.hub);
    if (wrongHub) return wrongHub;
    const { subjectId: familyId, commandId } = command.context;
    switch (command.type) {
      case 'DecideToShare':
        return (
          sharingRefusal(command.data, state) ?? [
            { type: 'SharingDecided', data: { familyId, ...command.data } },
          ]
        );
      case 'DecideNotToShare':
        return (
          neededTextRefusal(command.data.reason, reasonMissing) ?? [
            { type: 'SharingDeclined', data: { familyId, ...command.data } },
          ]
        );
      case 'RecordViews':
        return (
          viewsRefusal(command.data) ?? [
            { type: 'ViewsRecorded', data: { familyId, ...command.data } },
          ]
        );
      case 'RecordConsent': {
        const consentId = derivedId(commandId, 'consent');
        if (state.consents.has(consentId)) return [];
        return (
          consentRefusal(command.data) ?? [
            { type: 'ConsentRecorded', data: { familyId, consentId, ...command.data } },
          ]
        );
      }
    }
  },

  evolve(state, event) {
    if (event.type === 'ConsentWithdrawn') {
      const consents = new Map(state.consents).set(event.data.consentId, 'withdrawn');
      return { ...state, consents };
    }
    const hub = state.hub ?? event.data.hub;
    if (event.type !== 'ConsentRecorded') return { ...state, hub };
    return { hub, consents: new Map(state.consents).set(event.data.consentId, 'given') };
  },
};

function hubRefusal(hub: string, keeper: string | undefined): Refusal | undefined {
  if (partsOfRecipient(hub).audience !== 'safeguarding-hub') {
    return new Refusal(
      'sharing/not-a-hub',
      'What is decided about sharing a family’s record is kept by a safeguarding hub.',
      '/hub',
    );
  }
  if (keeper === undefined || keeper === hub) return undefined;
  return new Refusal(
    'sharing/of-another-hub',
    'Another hub keeps what is decided about sharing this family’s record. Ask it to record this.',
    '/hub',
  );
}

const reasonMissing = new Refusal(
  'sharing/reason-missing',
  'Write down why this was decided, and why not otherwise.',
  '/reason',
);
const wordsMissing = new Refusal(
  'sharing/words-missing',
  'Write down exactly what was said or sent.',
  '/words',
);

function sharingRefusal(data: DecideToShare['data'], { consents }: FamilySharing) {
  const { consent, groundOverridden } = data;
  if (consent === 'given' && ![...consents.values()].includes('given')) {
    return new Refusal(
      'sharing/no-consent',
      'No consent of this family stands. Record it first, or say on what ground it is shared without.',
      '/consent',
    );
  }
  const without = groundRefusal(consent !== 'given', groundOverridden, '/groundOverridden');
  return (
    without ??
    neededTextRefusal(data.reason, reasonMissing) ??
    neededTextRefusal(data.words, wordsMissing)
  );
}

function viewsRefusal({ informed, groundNotInformed, words }: RecordViews['data']) {
  const isUninformed = informed === 'not-informed';
  const refusal = groundRefusal(isUninformed, groundNotInformed, '/groundNotInformed');
  if (refusal) return refusal;
  return isUninformed
    ? textRefusal(words, '/words')
    : neededTextRefusal(words ?? '', wordsMissing);
}

/** One of the four grounds wherever somebody is not asked or not heeded, and none anywhere else. */
function groundRefusal(isNeeded: boolean, ground: string | undefined, pointer: string) {
  if (isNeeded && ground === undefined) {
    return new Refusal(
      'sharing/ground-missing',
      'Say on what ground: asking would raise the risk of harm, prejudice an investigation, lose ' +
        'evidence, or cause a delay that does harm.',
      pointer,
    );
  }
  if (!isNeeded && ground !== undefined) {
    return new Refusal(
      'sharing/ground-not-needed',
      'Nobody is passed over here. Leave out the ground.',
      pointer,
    );
  }
  return undefined;
}

function consentRefusal({ parties, content, words }: RecordConsent['data']) {
  return (
    listRefusal(parties, '/parties') ??
    listRefusal(content, '/content') ??
    neededTextRefusal(words, wordsMissing)
  );
}

function withdraw(
  data: WithdrawConsent['data'],
  { consents }: FamilySharing,
): Decision<FamilySharingEvent> {
  switch (consents.get(data.consentId)) {
    case 'given':
      return [{ type: 'ConsentWithdrawn', data }];
    case 'withdrawn':
      return [];
    case undefined:
      return new Refusal(
        'sharing/no-such-consent',
        'No such consent is recorded of this family. Read its record again and choose one.',
        '/consentId',
      );
  }
}
