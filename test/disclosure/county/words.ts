import { derivedId } from '@common-thread/eventing/identifiers';
import type { Random } from './random.js';

/** What the events of a random county say. Sealed fields are boxes nobody opens. */
export class Words {
  constructor(private readonly random: Random) {}

  box(): string {
    return `box.v1.${this.word()}`;
  }

  word(): string {
    return `w${this.random.below(1_000)}`;
  }

  /** A field that is there half of the time. */
  maybe(field: string, value: () => unknown): Record<string, unknown> {
    return this.random.chance(0.5) ? { [field]: value() } : {};
  }

  boxes(...fields: string[]): Record<string, unknown> {
    const there = fields.filter(() => this.random.chance(0.5));
    return Object.fromEntries(there.map((field) => [field, this.box()]));
  }

  person(personId: string): Record<string, unknown> {
    return {
      personId,
      kind: this.random.pick(['child', 'adult', 'unborn']),
      ...this.maybe('sex', () => this.random.pick(['M', 'F', 'U'])),
      ...this.maybe('authority', () => '891'),
      ...this.boxes('givenName', 'familyName', 'knownAs', 'dateOfBirth', 'expectedDate'),
      ...this.boxes('nhsNumber', 'telephone', 'authorityChildId'),
    };
  }

  birth(personId: string): Record<string, unknown> {
    return {
      personId,
      dateOfBirth: this.box(),
      ...this.maybe('sex', () => this.random.pick(['M', 'F'])),
      ...this.boxes('givenName', 'familyName', 'knownAs', 'nhsNumber', 'telephone'),
    };
  }

  /** Details as they should have been told; at least one. */
  details(): Record<string, unknown> {
    return { familyName: this.box(), ...this.boxes('givenName', 'nhsNumber', 'telephone') };
  }

  address(): Record<string, unknown> {
    return { address: this.box(), ...this.boxes('postcode') };
  }

  restriction(): Record<string, unknown> {
    const ground = this.random.pick(['witness-protection', 'high-risk']);
    return {
      ground,
      authority: 'service-manager',
      speakTo: ground === 'high-risk' ? 'hub-manager' : 'service-manager',
      reviewOn: '2026-04-01',
    };
  }

  session(): Record<string, unknown> {
    return { activity: 'stay-and-play', placeId: this.place(), ...this.boxes('note') };
  }

  place(): string {
    return this.random.pick(['elm-lane', 'oak-road', 'town-hall']);
  }

  review(): Record<string, unknown> {
    return { review: this.random.pick(['new-birth', 'one-year']) };
  }

  referral(from: string): Record<string, unknown> {
    return {
      from,
      to: 'council.safeguarding-hub',
      reference: 'CT-4F7K-29QD',
      need: this.random.pick(['N1', 'N5']),
      level: this.random.pick(['3', '4']),
      statement: 'witnessed',
      parentsInformed: 'not-informed',
      concern: this.box(),
      ...this.maybe('groundNotInformed', () => 'raises-harm'),
      ...this.boxes('supportTried', 'safeContact', 'referrerContact'),
    };
  }

  contact(): Record<string, unknown> {
    return {
      channel: this.random.pick(['phone', 'form']),
      source: this.random.pick(['1B', '3A', '5A']),
      reference: 'CT-4F7K-29QD',
      ...this.maybe('need', () => 'N1'),
      ...this.boxes('concern', 'describedAs', 'callerDetails'),
    };
  }

  answer(): {
    type: 'ReferralAcknowledged' | 'ReferralAccepted' | 'ReferralReturned' | 'ReferrerTold';
    data: Record<string, unknown>;
  } {
    const contactId = derivedId('county', 'contact', this.random.below(1_000));
    return this.random.pick([
      { type: 'ReferralAcknowledged', data: { contactId } },
      { type: 'ReferralAccepted', data: { outcomes: ['new-referral'] } },
      { type: 'ReferralReturned', data: { outcomes: [], reason: 'below-threshold' } },
      { type: 'ReferrerTold', data: { contactId } },
    ]);
  }

  decision(): Record<string, unknown> {
    return {
      outcomes: this.random.pick([['advice'], ['new-referral', 'missing']]),
      rationale: this.box(),
      decidedBy: `manager-${this.random.below(3)}`,
      ...this.maybe('returnReason', () => 'duplicate'),
    };
  }
}
