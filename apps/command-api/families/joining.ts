import { Injectable } from '@nestjs/common';
import { peopleOfFamily } from '@common-thread/disclosure/policy';
import { Refusal } from '@common-thread/eventing/decider';
import { IdentifiedFamily } from '../authorisation/identified-family.js';
import { PolicyFollower } from '../authorisation/policy-follower.js';
import { Commands } from '../commands.js';
import { Answered } from '../http/answering.js';
import { given } from '../http/body-fields.js';
import type { Submission } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import type { Meant } from '../identification/identification.js';
import { Identification } from '../identification/identification.js';
import { authorityOf, Enrolment, newIds } from '../identification/enrolment.js';
import type { MemberBody, NewMember } from './families-bodies.js';

const details = ['givenName', 'familyName', 'dateOfBirth', 'nhsNumber'] as const;

/** Adds somebody to a family that is in reach, by an id in reach or by identifying details. */
@Injectable()
export class Joining {
  constructor(
    private readonly commands: Commands,
    private readonly submitting: Submitting,
    private readonly enrolment: Enrolment,
    private readonly identification: Identification,
    private readonly policy: PolicyFollower,
  ) {}

  async join(sent: Submission, familyId: string, body: MemberBody): Promise<Answered> {
    const { personId, person } = body;
    if ((personId === undefined) === (person === undefined)) return this.#refused(oneOfTwo);
    if (person === undefined) return this.#record(sent, familyId, body, personId ?? '');
    const outcome = await this.#identified(sent, familyId, body, person);
    return outcome instanceof Answered
      ? outcome
      : this.#record(sent, familyId, body, outcome.personId, outcome);
  }

  async #identified(
    sent: Submission,
    familyId: string,
    body: MemberBody,
    person: NewMember,
  ): Promise<IdentifiedFamily | Answered> {
    const { personId } = newIds(sent);
    const provisional = new IdentifiedFamily(familyId, personId);
    const refused = await this.commands.rehearse(
      this.#intent(sent, familyId, body, personId),
      sent.circumstances(body),
      authorityOf(sent, provisional),
    );
    if (refused) return new Answered(refused, '', {});
    const meant = await this.#personMeant(sent, familyId, person);
    if (meant instanceof Refusal) return this.#refused(meant);
    if (meant.personId !== undefined && meant.personId !== personId) {
      return new IdentifiedFamily(familyId, meant.personId);
    }
    const unregistered = await this.enrolment.register(sent, body, {
      kind: person.kind,
      ...given(person, ...details, 'knownAs', 'expectedDate', 'sex', 'telephone'),
    });
    return unregistered ? new Answered(unregistered, '', {}) : provisional;
  }

  /**
   * Somebody known, or nobody yet. Members of this family are left out: the caller sees them, and whoever
   * shares their details is a twin.
   */
  async #personMeant(
    sent: Submission,
    familyId: string,
    person: NewMember,
  ): Promise<Meant | Refusal> {
    const earlier = await this.enrolment.begunEarlier(sent);
    const searchable = person.familyName !== undefined && person.dateOfBirth !== undefined;
    if (earlier) return earlier;
    if (!searchable) return { personId: undefined, familyIds: [] };
    const members = peopleOfFamily(await this.policy.current(), familyId);
    return this.identification.personMeant(sent, given(person, ...details), members);
  }

  #record(
    sent: Submission,
    familyId: string,
    body: MemberBody,
    personId: string,
    identified?: IdentifiedFamily,
  ): Promise<Answered> {
    return this.submitting.submit(sent, this.#intent(sent, familyId, body, personId), body, {
      ...(identified === undefined ? {} : { identified }),
      tells: () => ({ familyId, personId }),
    });
  }

  #intent(sent: Submission, familyId: string, body: MemberBody, personId: string) {
    return {
      category: 'membership',
      id: newIds(sent).membershipId,
      type: 'BeginMembership',
      data: {
        familyId,
        personId,
        position: body.position,
        ...given(body, 'address', 'postcode'),
      },
    } as const;
  }

  #refused(refusal: Refusal): Answered {
    return new Answered({ outcome: 'refused', refusal }, '', {});
  }
}

const oneOfTwo = new Refusal(
  'membership/person-unclear',
  'Name the person by personId or by person, one of the two.',
  '/person',
);
