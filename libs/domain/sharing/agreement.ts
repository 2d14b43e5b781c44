import type { Command, Decider, Decision } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import type { agreementEndReasons } from '../code-lists.js';
import { listRefusal, sameMembers } from '../limits.js';
import { partsOfRecipient } from '../identifiers.js';
import { isDay, londonDay } from '../london-day.js';
import { occurrenceRefusal } from '../occurrence.js';
import type { AgreedScope } from './agreed-scope.js';
import { isWithin, sameScope } from './agreed-scope.js';
import type { AgreementEvent } from './events.js';

type Terms = DataOf<AgreementEvent, 'AgreementSigned'>;
type Narrowed = DataOf<AgreementEvent, 'AgreementNarrowed'>;
type Ended = DataOf<AgreementEvent, 'AgreementEnded'>;

export type SignAgreement = Command<'SignAgreement', Terms>;
/** Its first day has come. */
export type BringAgreementIntoForce = Command<'BringAgreementIntoForce', Record<never, never>>;
export type NarrowAgreement = Command<'NarrowAgreement', Omit<Narrowed, 'agreementVersion'>>;
export type EndAgreement = Command<
  'EndAgreement',
  Omit<Ended, 'reason' | 'endedBy'> & {
    readonly reason: (typeof agreementEndReasons)[number];
    readonly endedBy: string;
  }
>;
/** Its last day has passed. */
export type ExpireAgreement = Command<'ExpireAgreement', Record<never, never>>;
export type AgreementCommand =
  SignAgreement | BringAgreementIntoForce | NarrowAgreement | EndAgreement | ExpireAgreement;

export interface Agreement {
  readonly status: 'none' | 'signed' | 'in-force' | 'ended';
  readonly terms: Terms | undefined;
  /** 1 as signed, and one more with each narrowing. */
  readonly version: number;
  /** The last narrowing, and the end, as recorded: whoever asks for another is not told that theirs was. */
  readonly narrowed?: Narrowed;
  readonly ended?: Ended;
}

/**
 * What organisations have agreed to tell each other. It only ever narrows and ends: whoever wants more
 * signs another. Ended is ended, so that its stream says for ever what was told on it and until when.
 */
export const agreement: Decider<AgreementCommand, AgreementEvent, Agreement> = {
  category: 'agreement',
  initialState: { status: 'none', terms: undefined, version: 0 },

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    const today = londonDay(command.context.now);
    switch (command.type) {
      case 'SignAgreement':
        return sign(command.data, today, state);
      case 'BringAgreementIntoForce': {
        if (!state.terms) return unknown;
        if (state.status !== 'signed') return [];
        return state.terms.from <= today ? [tookEffect(state.version)] : notYet;
      }
      case 'NarrowAgreement':
        return narrow(command.data, state);
      case 'EndAgreement':
        return endedForAnother(command) ?? end(command.data, state);
      case 'ExpireAgreement': {
        if (!state.terms) return unknown;
        if (state.status === 'ended') return [];
        if (state.terms.until >= today) return notYet;
        const takesBack = state.terms.takesBackAtExpiry;
        return [{ type: 'AgreementEnded', data: { reason: 'expired', takesBack } }];
      }
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'AgreementSigned':
        return { status: 'signed', terms: event.data, version: 1 };
      case 'AgreementTookEffect':
        return { ...state, status: 'in-force' };
      case 'AgreementNarrowed': {
        const { content, notice, existence, agreementVersion: version } = event.data;
        const terms = state.terms && { ...state.terms, content, notice, existence };
        return { ...state, terms, version, narrowed: event.data };
      }
      case 'AgreementEnded':
        return { ...state, status: 'ended', ended: event.data };
    }
  },
};

const unknown = new Refusal(
  'agreement/not-signed',
  'There is no such agreement. Check which one is meant, or sign it first.',
);
const over = new Refusal(
  'agreement/ended',
  'This agreement has ended. Sign a new one for what is to be shared from now on.',
);
const endedOtherwise = new Refusal(
  'agreement/ended-otherwise',
  'This agreement has ended already, and otherwise than you say: by another party, for another reason, or ' +
    'with another answer to what becomes of what was told. Nothing more was recorded: read how it ended.',
);
const narrowedOtherwise = new Refusal(
  'agreement/narrowed-otherwise',
  'This agreement shares no more than that already, and was narrowed otherwise than you say: for another ' +
    'reason, signed by others, or with another answer to what becomes of what was told. Nothing more was ' +
    'recorded: read how it was narrowed.',
);
const notYet = new Refusal('agreement/not-yet', 'Its day has not come. Ask again on that day.');

function tookEffect(agreementVersion: number) {
  return { type: 'AgreementTookEffect', data: { agreementVersion } } as const;
}

function sign(terms: Terms, today: string, state: Agreement): Decision<AgreementEvent> {
  if (state.terms) {
    return isSame(terms, state.terms) && state.version === 1 ? [] : signedAlready;
  }
  const refusal =
    listRefusal(terms.parties, '/parties') ??
    (terms.parties.length < 2 ? onePartyOnly : undefined) ??
    basisRefusal(terms.lawfulBases) ??
    scopeRefusal(terms) ??
    daysRefusal(terms, today) ??
    signatureRefusal(terms.signatories, terms.parties);
  if (refusal) return refusal;
  const signed = { type: 'AgreementSigned', data: terms } as const;
  // What is signed on its first day or later is in force as soon as it is recorded.
  return terms.from <= today ? [signed, tookEffect(1)] : [signed];
}

function narrow(data: NarrowAgreement['data'], state: Agreement): Decision<AgreementEvent> {
  if (!state.terms) return unknown;
  if (state.narrowed && isSameNarrowing(data, state.narrowed)) return [];
  if (state.status === 'ended') return over;
  if (sameScope(data, state.terms)) return state.narrowed ? narrowedOtherwise : [];
  const refusal =
    scopeRefusal(data) ??
    (isWithin(data, state.terms) ? undefined : wider) ??
    signatureRefusal(data.signatories, state.terms.parties);
  if (refusal) return refusal;
  return [{ type: 'AgreementNarrowed', data: { ...data, agreementVersion: state.version + 1 } }];
}

function end(data: EndAgreement['data'], state: Agreement): Decision<AgreementEvent> {
  if (!state.terms) return unknown;
  if (state.ended) return isSameEnd(data, state.ended) ? [] : endedOtherwise;
  if (!state.terms.parties.includes(data.endedBy)) return notAParty;
  return [{ type: 'AgreementEnded', data }];
}

/** A party ends what it signed itself; for whichever party an officer of a hub records it. */
function endedForAnother({ context, data }: EndAgreement): Refusal | undefined {
  const { organisation, recipient } = context.actor;
  const isHub = partsOfRecipient(recipient).audience === 'safeguarding-hub';
  return isHub || data.endedBy === organisation ? undefined : notYours;
}

const signedAlready = new Refusal(
  'agreement/signed-already',
  'This agreement has been signed on other terms. Narrow it, or sign another.',
);
const onePartyOnly = new Refusal(
  'agreement/one-party',
  'Name at least two organisations: within one there is nothing to agree.',
  '/parties',
);
const wider = new Refusal(
  'agreement/wider',
  'This would share more than was signed. Sign a new agreement for that.',
);
const notAParty = new Refusal(
  'agreement/not-a-party',
  'Name the party that ends it: one of those that signed.',
  '/endedBy',
);
const notYours = new Refusal(
  'agreement/ended-for-another',
  'Name your own organisation. An end by another party is recorded by its own officer, or by the hub’s.',
  '/endedBy',
);

function isSame(one: Terms, other: Terms): boolean {
  return (
    sameScope(one, other) &&
    sameMembers(one.parties, other.parties) &&
    sameMembers(one.lawfulBases, other.lawfulBases) &&
    sameMembers(one.signatories, other.signatories) &&
    one.purpose === other.purpose &&
    one.from === other.from &&
    one.until === other.until &&
    one.takesBackAtExpiry === other.takesBackAtExpiry
  );
}

function isSameNarrowing(one: NarrowAgreement['data'], other: Narrowed): boolean {
  return (
    sameScope(one, other) &&
    sameMembers(one.signatories, other.signatories) &&
    one.reason === other.reason &&
    one.takesBack === other.takesBack
  );
}

function isSameEnd(one: EndAgreement['data'], other: Ended): boolean {
  return (
    one.reason === other.reason &&
    one.endedBy === other.endedBy &&
    one.takesBack === other.takesBack
  );
}

/** Facts about children's welfare and health need a condition of Article 9 besides one of Article 6. */
function basisRefusal(bases: Terms['lawfulBases']): Refusal | undefined {
  const has = (article: string) => bases.some((basis) => basis.startsWith(article));
  if (has('uk-gdpr-6-') && has('uk-gdpr-9-')) return listRefusal(bases, '/lawfulBases');
  return new Refusal(
    'agreement/no-lawful-basis',
    'Name a basis of UK GDPR Article 6 and a condition of Article 9.',
    '/lawfulBases',
  );
}

function scopeRefusal({ content, notice, existence }: AgreedScope): Refusal | undefined {
  const kinds = [...content, ...notice, ...existence];
  if (kinds.length === 0) {
    return new Refusal(
      'agreement/nothing-shared',
      'Name at least one kind of fact. To share nothing, end the agreement.',
      '/content',
    );
  }
  return listRefusal(kinds, '/content');
}

function daysRefusal({ from, until }: Terms, today: string): Refusal | undefined {
  if (!isDay(from)) return dayRefusal('/from', 'Give its first day, YYYY-MM-DD.');
  if (!isDay(until) || until < from || until < today) {
    return dayRefusal('/until', 'Give its last day: today or later, and not before its first.');
  }
  return undefined;
}

function dayRefusal(pointer: string, detail: string): Refusal {
  return new Refusal('agreement/days', detail, pointer);
}

function signatureRefusal(
  signatories: readonly string[],
  parties: readonly string[],
): Refusal | undefined {
  const signedFor = signatories.map((each) => each.slice(0, each.lastIndexOf('/')));
  if (sameMembers(signedFor, parties) && new Set(signedFor).size === parties.length) {
    return undefined;
  }
  return new Refusal(
    'agreement/not-signed-by-all',
    'Name one signatory for each party and for nobody else: its short name, a slash, the post.',
    '/signatories',
  );
}
