import { Injectable } from '@nestjs/common';
import { isOpen } from '@common-thread/disclosure/policy';
import { Refusal } from '@common-thread/eventing/decider';
import { derivedId } from '@common-thread/eventing/identifiers';
import { IdentifiedFamily } from '../authorisation/identified-family.js';
import { PolicyFollower } from '../authorisation/policy-follower.js';
import { Commands } from '../commands.js';
import { Answered } from '../http/answering.js';
import type { Submission } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { authorityOf, Enrolment, newIds } from '../identification/enrolment.js';
import { Records } from '../records.js';
import type { CaseloadBody, RegistrationBody } from './engagement-bodies.js';
import { OwnPlaces } from './own-places.js';

type Asked =
  | { readonly kind: 'registration'; readonly body: RegistrationBody }
  | { readonly kind: 'caseload'; readonly body: CaseloadBody };

/**
 * Takes a family on, at a centre or on a caseload, by the identifying details of one member. The answer
 * is the same whether the family was known before or has just come into being.
 */
@Injectable()
export class Beginning {
  constructor(
    private readonly commands: Commands,
    private readonly submitting: Submitting,
    private readonly enrolment: Enrolment,
    private readonly records: Records,
    private readonly policy: PolicyFollower,
    private readonly places: OwnPlaces,
  ) {}

  async begin(sent: Submission, asked: Asked): Promise<Answered> {
    const { familyId, personId } = newIds(sent);
    const recorded = await this.#recordedEarlier(sent, asked);
    if (recorded !== undefined) return this.#record(sent, asked, recorded);
    const provisional = new IdentifiedFamily(familyId, personId);
    const refused = await this.commands.rehearse(
      this.#intent(sent, asked, familyId),
      { ...sent.circumstances(asked.body), requires: this.#placeOf(sent, asked) },
      authorityOf(sent, provisional),
    );
    if (refused) return new Answered(refused, '', {});
    const identified = await this.enrolment.familyOf(sent, asked.body);
    if (!(identified instanceof IdentifiedFamily)) return new Answered(identified, '', {});
    if (await this.#isTakenOn(sent, asked.kind, identified.familyId)) {
      return new Answered({ outcome: 'refused', refusal: takenOn[asked.kind] }, '', {});
    }
    return this.#record(sent, asked, identified.familyId, identified);
  }

  /** The family this very submission took on in an earlier try. */
  async #recordedEarlier(sent: Submission, asked: Asked): Promise<string | undefined> {
    const { kind } = asked;
    const [began] = await this.records.history(kind, derivedId(sent.commandId, kind));
    return began && 'familyId' in began.data ? began.data.familyId : undefined;
  }

  /** Only the caller's own record is looked at: it tells nothing that the caller does not know. */
  async #isTakenOn(sent: Submission, category: Asked['kind'], familyId: string): Promise<boolean> {
    const policy = await this.policy.current();
    return [...(policy.streamsOfFamily.get(familyId) ?? [])].some((streamId) => {
      const stream = policy.streams.get(streamId);
      return (
        stream?.category === category &&
        stream.author === sent.actor.recipient &&
        isOpen(policy, stream)
      );
    });
  }

  #record(
    sent: Submission,
    asked: Asked,
    familyId: string,
    identified?: IdentifiedFamily,
  ): Promise<Answered> {
    return this.submitting.submit(sent, this.#intent(sent, asked, familyId), asked.body, {
      ...(identified === undefined ? {} : { identified }),
      requires: this.#placeOf(sent, asked),
      tells: () => ({ familyId }),
    });
  }

  #placeOf(sent: Submission, asked: Asked) {
    return async (): Promise<Refusal | undefined> =>
      asked.kind === 'registration'
        ? this.places.refusal(sent.actor, asked.body.placeId)
        : undefined;
  }

  #intent(sent: Submission, asked: Asked, familyId: string) {
    const id = derivedId(sent.commandId, asked.kind);
    const { recipient } = sent.actor;
    return asked.kind === 'registration'
      ? ({
          category: 'registration',
          id,
          type: 'BeginCentreRegistration',
          data: { familyId, provider: recipient, placeId: asked.body.placeId },
        } as const)
      : ({
          category: 'caseload',
          id,
          type: 'BeginCaseload',
          data: { familyId, trust: recipient },
        } as const);
  }
}

const takenOn = {
  registration: new Refusal(
    'registration/already-registered',
    'This family is registered with you already. Use that registration.',
  ),
  caseload: new Refusal(
    'caseload/already-on-caseload',
    'This family is on your caseload already.',
  ),
};
