import { Injectable } from '@nestjs/common';
import type { RegisterPerson } from '@common-thread/domain/person/person';
import { Refusal } from '@common-thread/eventing/decider';
import { derivedId } from '@common-thread/eventing/identifiers';
import { IdentifiedFamily } from '../authorisation/identified-family.js';
import type { Authority } from '../commands.js';
import { Commands } from '../commands.js';
import type { CommandOutcome } from '../commands/command-answer.js';
import { given } from '../http/body-fields.js';
import type { Submission } from '../http/submission.js';
import { Records } from '../records.js';
import type { HouseholdBody, IdentifyingPerson } from './household-body.js';
import type { Meant } from './identification.js';
import { Identification } from './identification.js';

export type Unrecorded = Exclude<CommandOutcome, { readonly outcome: 'recorded' | 'unchanged' }>;

/** Ids of what one submission may create: every try of it derives the same. */
export function newIds(sent: Submission) {
  return {
    personId: derivedId(sent.commandId, 'person'),
    familyId: derivedId(sent.commandId, 'family'),
    membershipId: derivedId(sent.commandId, 'membership'),
  };
}

/**
 * Finds the family that typed details mean, or registers the person and a family for them. Several
 * commands with derived ids: each is idempotent, so a submission cut short goes on where it stopped when
 * it is sent again, and says the same whoever was known before.
 */
@Injectable()
export class Enrolment {
  constructor(
    private readonly commands: Commands,
    private readonly records: Records,
    private readonly identification: Identification,
  ) {}

  async familyOf(sent: Submission, body: HouseholdBody): Promise<IdentifiedFamily | Unrecorded> {
    const ids = newIds(sent);
    const meant =
      (await this.begunEarlier(sent)) ??
      (await this.identification.householdMeant(sent, detailsOf(body.person), body.adult));
    if (meant instanceof Refusal) return { outcome: 'refused', refusal: meant };
    const [known] = meant.familyIds;
    if (meant.personId !== undefined && known !== undefined) {
      return new IdentifiedFamily(known, meant.personId);
    }
    const personId = meant.personId ?? ids.personId;
    const identified = new IdentifiedFamily(ids.familyId, personId);
    return this.#begin(sent, body, identified);
  }

  /** What an earlier try of this submission began, if it began anything. */
  async begunEarlier(sent: Submission): Promise<Meant | undefined> {
    const { personId, membershipId } = newIds(sent);
    const [joined] = await this.records.history('membership', membershipId);
    if (joined?.type === 'MembershipBegan') {
      return { personId: joined.data.personId, familyIds: [] };
    }
    const registered = await this.records.history('person', personId);
    return registered.length > 0 ? { personId, familyIds: [] } : undefined;
  }

  /** Registers a person of this submission, unless a try before this one has. */
  async register(
    sent: Submission,
    body: object,
    data: RegisterPerson['data'],
  ): Promise<Unrecorded | undefined> {
    const answer = await this.commands.execute(
      { category: 'person', id: newIds(sent).personId, type: 'RegisterPerson', data },
      sent.circumstances(body, { step: 'person' }),
      authorityOf(sent),
    );
    return unrecorded(answer, '/person');
  }

  async #begin(
    sent: Submission,
    body: HouseholdBody,
    identified: IdentifiedFamily,
  ): Promise<IdentifiedFamily | Unrecorded> {
    const { personId, membershipId } = newIds(sent);
    const membership = {
      category: 'membership',
      id: membershipId,
      type: 'BeginMembership',
      data: {
        familyId: identified.familyId,
        personId: identified.personId,
        position: body.position ?? (body.person.kind === 'adult' ? 'parent' : 'child'),
        ...given(body, 'address', 'postcode'),
      },
    } as const;
    const circumstances = sent.circumstances(body, { step: 'membership' });
    const authority = authorityOf(sent, identified);
    const refused = await this.commands.rehearse(membership, circumstances, authority);
    if (refused) return unrecorded(refused) ?? identified;
    if (identified.personId === personId) {
      const unregistered = await this.register(sent, body, personDataOf(body.person));
      if (unregistered) return unregistered;
    }
    const joined = await this.commands.execute(membership, circumstances, authority);
    return unrecorded(joined) ?? identified;
  }
}

export function authorityOf(sent: Submission, identified?: IdentifiedFamily): Authority {
  return {
    kind: 'caller',
    actor: sent.actor,
    route: sent.route,
    ...(identified === undefined ? {} : { identified }),
  };
}

/** What the vault is asked to match. */
export function detailsOf(person: IdentifyingPerson) {
  return given(person, 'givenName', 'familyName', 'dateOfBirth', 'nhsNumber');
}

function personDataOf(person: IdentifyingPerson) {
  return {
    kind: person.kind,
    givenName: person.givenName,
    familyName: person.familyName,
    dateOfBirth: person.dateOfBirth,
    ...given(person, 'knownAs', 'nhsNumber', 'sex', 'telephone'),
  };
}

/** The outcome that ends a composition; undefined where it may go on. `under` is where its data came from. */
export function unrecorded(outcome: CommandOutcome, under = ''): Unrecorded | undefined {
  if (outcome.outcome === 'recorded' || outcome.outcome === 'unchanged') return undefined;
  if (outcome.outcome !== 'refused') return outcome;
  const { code, detail, pointer } = outcome.refusal;
  const at = pointer === undefined ? undefined : `${under}${pointer}`;
  return { outcome: 'refused', refusal: new Refusal(code, detail, at) };
}
