import { Injectable } from '@nestjs/common';
import type { Policy } from '@common-thread/disclosure/policy';
import { isOpen } from '@common-thread/disclosure/policy';
import { Refusal } from '@common-thread/eventing/decider';
import { derivedId, idOfStream, streamIdOf } from '@common-thread/eventing/identifiers';
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

/** Which family, and the id of the stream that says so. */
interface TakenOn {
  readonly familyId: string;
  readonly id: string;
}

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
      this.#intent(sent, asked, { familyId, id: derivedId(sent.commandId, asked.kind) }),
      {
        ...sent.circumstances(asked.body),
        requires: async () => this.#placeRefusal(sent, asked),
      },
      authorityOf(sent, provisional),
    );
    if (refused) return new Answered(refused, '', {});
    const identified = await this.enrolment.familyOf(sent, asked.body);
    if (!(identified instanceof IdentifiedFamily)) return new Answered(identified, '', {});
    const policy = await this.policy.current();
    const id = streamFor(policy, asked.kind, sent.actor.recipient, identified.familyId);
    return this.#record(sent, asked, { familyId: identified.familyId, id }, identified);
  }

  /** What this very submission took on in an earlier try. */
  async #recordedEarlier(sent: Submission, { kind }: Asked): Promise<TakenOn | undefined> {
    await this.policy.current();
    const streamId = this.policy.streamTakenOnBy(sent.commandId);
    if (streamId === undefined) return undefined;
    const id = idOfStream(kind, streamId);
    const [began] = await this.records.history(kind, id);
    return began && 'familyId' in began.data ? { familyId: began.data.familyId, id } : undefined;
  }

  #record(
    sent: Submission,
    asked: Asked,
    { familyId, id }: TakenOn,
    identified?: IdentifiedFamily,
  ): Promise<Answered> {
    return this.submitting.submit(sent, this.#intent(sent, asked, { familyId, id }), asked.body, {
      ...(identified === undefined ? {} : { identified }),
      requires: async () =>
        (await this.#placeRefusal(sent, asked)) ?? this.#takenOnRefusal(asked.kind, id),
      tells: () => ({ familyId }),
    });
  }

  async #placeRefusal(sent: Submission, asked: Asked): Promise<Refusal | undefined> {
    return asked.kind === 'registration'
      ? this.places.refusal(sent.actor, asked.body.placeId)
      : undefined;
  }

  /** Asked again after a conflict, when another command may have begun the stream in between. */
  async #takenOnRefusal(kind: Asked['kind'], id: string): Promise<Refusal | undefined> {
    const policy = await this.policy.current();
    const begun = policy.streams.get(streamIdOf(kind, id))?.begun !== undefined;
    return begun ? takenOn[kind] : undefined;
  }

  #intent(sent: Submission, asked: Asked, { familyId, id }: TakenOn) {
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

/**
 * The stream in which a recipient has the family taken on now, or else the one in which it would be next.
 * One agency takes one family on once at a time, so the id follows from the two of them and from the time
 * before: commands that race for it meet in one stream, and one of them wins. Only the caller's own
 * records are looked at, which tells nothing that the caller does not know.
 */
function streamFor(policy: Policy, kind: Asked['kind'], recipient: string, familyId: string) {
  const own = [...(policy.streamsOfFamily.get(familyId) ?? [])].flatMap((streamId) => {
    const stream = policy.streams.get(streamId);
    return stream?.category === kind && stream.author === recipient ? [stream] : [];
  });
  const open = own.findLast((stream) => isOpen(policy, stream));
  return open
    ? idOfStream(kind, open.streamId)
    : derivedId(kind, recipient, familyId, own.at(-1)?.streamId ?? null);
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
