import { Injectable } from '@nestjs/common';
import type { Policy } from '@common-thread/disclosure/policy';
import { familiesOfPerson, isHiddenFrom } from '@common-thread/disclosure/policy';
import type { IdentifyingDetails, PersonMatch } from '@common-thread/domain/matching';
import { Matching } from '@common-thread/domain/matching';
import { Refusal } from '@common-thread/eventing/decider';
import { PolicyFollower } from '../authorisation/policy-follower.js';
import type { Submission } from '../http/submission.js';
import { Records } from '../records.js';
import type { IdentifyingAdult } from './household-body.js';

/** Whom typed details mean: somebody known with their families now, or nobody yet. */
export interface Meant {
  readonly personId: string | undefined;
  readonly familyIds: readonly string[];
}

const severalPeople = new Refusal(
  'identity/several-people',
  'More than one person has these details. Give the NHS number as well.',
);
const severalFamilies = new Refusal(
  'identity/several-households',
  'It is not certain which household is meant. Name an adult of it as well.',
);

/**
 * Asks the vault whom typed details mean. What comes back stays here: a caller is told that details are
 * not enough, never whose they are.
 */
@Injectable()
export class Identification {
  constructor(
    private readonly matching: Matching,
    private readonly records: Records,
    private readonly policy: PolicyFollower,
  ) {}

  /** The one person meant, leaving out those of `apartFrom`; a refusal where it may be several. */
  async personMeant(
    sent: Submission,
    details: IdentifyingDetails,
    apartFrom: readonly string[] = [],
  ): Promise<Meant | Refusal> {
    const candidates = await this.#candidates(sent, details);
    const others = candidates.filter((personId) => !apartFrom.includes(personId));
    if (others.length > 1) return severalPeople;
    const [personId] = others;
    if (personId === undefined) return { personId: undefined, familyIds: [] };
    const policy = await this.policy.current();
    return { personId, familyIds: familiesSeenBy(policy, sent.actor.recipient, personId) };
  }

  /** The one household meant; several homes of one child are told apart by an adult of one of them. */
  async householdMeant(
    sent: Submission,
    details: IdentifyingDetails,
    adult: IdentifyingAdult | undefined,
  ): Promise<Meant | Refusal> {
    const meant = await this.personMeant(sent, details);
    if (meant instanceof Refusal || meant.familyIds.length <= 1) return meant;
    if (!adult) return severalFamilies;
    const adults = await this.#candidates(sent, adult);
    const policy = await this.policy.current();
    const homes = new Set(adults.flatMap((personId) => familiesOfPerson(policy, personId)));
    const familyIds = meant.familyIds.filter((familyId) => homes.has(familyId));
    return familyIds.length === 1 ? { ...meant, familyIds } : severalFamilies;
  }

  /**
   * Everybody who may be meant. A number that agrees along with name and birthday settles it; a number
   * alone does not, since the rest was typed of somebody else; and whoever holds another number is not meant.
   * Nobody of a restricted family is meant by anybody but a hub: an answer that differs would tell of them.
   */
  async #candidates(
    sent: Submission,
    { givenName, familyName, dateOfBirth, nhsNumber }: IdentifyingDetails,
  ): Promise<string[]> {
    const { id, organisation, recipient, role } = sent.actor;
    const matches = await this.matching.matchPerson(
      { id, organisation, recipient, role },
      {
        ...(givenName === undefined ? {} : { givenName }),
        ...(familyName === undefined ? {} : { familyName }),
        ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
        ...(nhsNumber === undefined ? {} : { nhsNumber }),
      },
    );
    const named = (await this.#seenBy(recipient, matches)).filter(({ by }) =>
      by.includes('name-and-birth'),
    );
    const settled = named.filter(({ by }) => by.includes('nhs-number'));
    if (settled.length > 0) return settled.map(({ personId }) => personId);
    const candidates: string[] = [];
    for (const { personId } of named) {
      const otherNumber = nhsNumber !== undefined && (await this.#holdsNumber(personId));
      if (!otherNumber) candidates.push(personId);
    }
    return candidates;
  }

  async #seenBy(
    recipient: string,
    matches: readonly PersonMatch[],
  ): Promise<readonly PersonMatch[]> {
    if (matches.length === 0) return matches;
    const policy = await this.policy.current();
    return matches.filter(
      ({ personId }) =>
        familiesOfPerson(policy, personId).length === 0 ||
        familiesSeenBy(policy, recipient, personId).length > 0,
    );
  }

  /** Whether a person's record holds an NHS number, sealed as it is. */
  async #holdsNumber(personId: string): Promise<boolean> {
    const history = await this.records.history('person', personId);
    return history.some((event) => 'nhsNumber' in event.data);
  }
}

/** The families of a person that a recipient may know of. */
function familiesSeenBy(policy: Policy, recipient: string, personId: string): string[] {
  return familiesOfPerson(policy, personId).filter((id) => !isHiddenFrom(policy, recipient, id));
}
