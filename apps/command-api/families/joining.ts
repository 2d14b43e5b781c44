import { Injectable } from '@nestjs/common';
import type { Policy } from '@common-thread/disclosure/policy';
import { isOpen } from '@common-thread/disclosure/policy';
import { peopleOfFamily } from '@common-thread/disclosure/members';
import { Refusal } from '@common-thread/eventing/decider';
import { derivedId, idOfStream } from '@common-thread/eventing/identifiers';
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

/** A person in a family, and the id of the stream that says so. */
interface Member {
  readonly personId: string;
  readonly id: string;
}

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
    const earlier = await this.#joinedEarlier(sent, familyId);
    if (earlier) return this.#record(sent, familyId, body, earlier);
    if (person === undefined) {
      return this.#record(sent, familyId, body, await this.#asMember(familyId, personId ?? ''));
    }
    const outcome = await this.#identified(sent, familyId, body, person);
    return outcome instanceof Answered
      ? outcome
      : this.#record(
          sent,
          familyId,
          body,
          await this.#asMember(familyId, outcome.personId),
          outcome,
        );
  }

  /** Whom this very submission added to the family in an earlier try. */
  async #joinedEarlier(sent: Submission, familyId: string): Promise<Member | undefined> {
    const begun = memberships(await this.policy.current(), familyId).find(
      ({ streamId, begun }) => begun === derivedId(sent.commandId, streamId, 0),
    );
    return begun && { id: idOfStream('membership', begun.streamId), personId: begun.personId };
  }

  /**
   * The membership in which somebody belongs to the family now, or else the one in which they would next.
   * Its id follows from the two of them and the time before, so that two commands make one member of them.
   */
  async #asMember(familyId: string, personId: string): Promise<Member> {
    const policy = await this.policy.current();
    const own = memberships(policy, familyId).filter((each) => each.personId === personId);
    const open = own.findLast((membership) => isOpen(policy, membership));
    const id = open
      ? idOfStream('membership', open.streamId)
      : derivedId('membership', familyId, personId, own.at(-1)?.streamId ?? null);
    return { id, personId };
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
      this.#intent(familyId, body, { id: newIds(sent).membershipId, personId }),
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
    member: Member,
    identified?: IdentifiedFamily,
  ): Promise<Answered> {
    return this.submitting.submit(sent, this.#intent(familyId, body, member), body, {
      ...(identified === undefined ? {} : { identified }),
      tells: () => ({ familyId, personId: member.personId }),
    });
  }

  #intent(familyId: string, body: MemberBody, { id, personId }: Member) {
    return {
      category: 'membership',
      id,
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

function memberships(policy: Policy, familyId: string) {
  return [...(policy.streamsOfFamily.get(familyId) ?? [])].flatMap((streamId) => {
    const stream = policy.streams.get(streamId);
    return stream?.category === 'membership' && stream.personId !== undefined
      ? [{ ...stream, personId: stream.personId }]
      : [];
  });
}

const oneOfTwo = new Refusal(
  'membership/person-unclear',
  'Name the person by personId or by person, one of the two.',
  '/person',
);
