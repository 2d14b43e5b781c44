import { Injectable } from '@nestjs/common';
import { Refusal } from '@common-thread/eventing/decider';
import { IdentifiedFamily } from '../authorisation/identified-family.js';
import { Commands } from '../commands.js';
import { Answered } from '../http/answering.js';
import type { Submission } from '../http/submission.js';
import { Submitting } from '../http/submitting.js';
import { authorityOf, Enrolment, newIds } from '../identification/enrolment.js';
import type { IdentifyingPerson } from '../identification/household-body.js';
import { Records } from '../records.js';
import type { LinkBody } from './contacts-bodies.js';
import { householdOf } from './contacts-bodies.js';

/** Says whom a contact is about: a family the hub looked up, or whomever identifying details mean. */
@Injectable()
export class Linking {
  constructor(
    private readonly commands: Commands,
    private readonly submitting: Submitting,
    private readonly enrolment: Enrolment,
    private readonly records: Records,
  ) {}

  async link(sent: Submission, contactId: string, body: LinkBody): Promise<Answered> {
    const { familyId, childIds, person } = body;
    if (person === undefined && familyId !== undefined && childIds !== undefined) {
      return this.#record(sent, contactId, body, familyId, childIds);
    }
    if (person?.kind !== 'child' || familyId !== undefined || childIds !== undefined) {
      return new Answered({ outcome: 'refused', refusal: oneOfTwo }, '', {});
    }
    return this.#linkByDetails(sent, contactId, body, person);
  }

  async #linkByDetails(
    sent: Submission,
    contactId: string,
    body: LinkBody,
    person: IdentifyingPerson,
  ): Promise<Answered> {
    const linked = await this.#linkedEarlier(sent, contactId);
    if (linked) return this.#record(sent, contactId, body, linked.familyId, linked.childIds);
    const { familyId, personId } = newIds(sent);
    const refused = await this.commands.rehearse(
      this.#intent(contactId, familyId, [personId]),
      sent.circumstances(body),
      authorityOf(sent, new IdentifiedFamily(familyId, personId)),
    );
    if (refused) return new Answered(refused, '', {});
    const identified = await this.enrolment.familyOf(sent, householdOf(body, person));
    if (!(identified instanceof IdentifiedFamily)) return new Answered(identified, '', {});
    const childIds = [identified.personId];
    return this.#record(sent, contactId, body, identified.familyId, childIds, identified);
  }

  /** What an earlier try of this submission linked. */
  async #linkedEarlier(sent: Submission, contactId: string) {
    const history = await this.records.history('contact', contactId);
    const linked = history.find(({ metadata }) => metadata.commandId === sent.commandId);
    return linked?.type === 'ContactLinked' ? linked.data : undefined;
  }

  #record(
    sent: Submission,
    contactId: string,
    body: LinkBody,
    familyId: string,
    childIds: readonly string[],
    identified?: IdentifiedFamily,
  ): Promise<Answered> {
    return this.submitting.submit(sent, this.#intent(contactId, familyId, childIds), body, {
      ...(identified === undefined ? {} : { identified }),
      tells: () => ({ familyId }),
    });
  }

  #intent(contactId: string, familyId: string, childIds: readonly string[]) {
    const data = { familyId, childIds: [...childIds] };
    return { category: 'contact', id: contactId, type: 'LinkContact', data } as const;
  }
}

const oneOfTwo = new Refusal(
  'contact/link-unclear',
  'Name the family and its children by id, or one child by identifying details.',
  '/person',
);
