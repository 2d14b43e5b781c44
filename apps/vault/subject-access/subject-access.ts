import { derivedId } from '@common-thread/eventing/identifiers';
import type { EventLog } from '@common-thread/eventing/event-log';
import type { Actor } from '@common-thread/platform/actor';
import type {
  SubjectAccessAsked,
  SubjectAccessPack,
  SubjectAccessRequest,
} from '@common-thread/platform/subject-access';
import type { Audit } from '../audit/audit.js';
import { sealBox } from '../boxes/box.js';
import type { Clock } from '../clock.js';
import type { VaultFold } from '../following/vault-fold.js';
import type { DataKeys } from '../keys/data-keys.js';
import type { Reveals } from '../revealing/reveals.js';
import { Gathering } from './gathering.js';
import { linesOf, looksAt } from './looks.js';
import type { Given } from './opening.js';
import { openFacts } from './opening.js';
import type { KeptRequest, SubjectAccessStore } from './requests.js';
import { dueOn } from './requests.js';
import { WithholdingRules } from './withholding.js';

export interface SubjectAccessEngines {
  readonly log: EventLog;
  readonly requests: SubjectAccessStore;
  readonly reveals: Reveals;
  readonly audit: Audit;
  readonly keys: DataKeys;
  readonly fold: VaultFold;
  readonly clock: Clock;
}

/** A copy, with what whoever puts it together needs and the copy must not say. */
export interface MadeCopy {
  readonly pack: SubjectAccessPack;
  /** Facts that are in it: of which events, and who must not be named as having been told. */
  readonly given: readonly Given[];
  /** Pages of agencies on which it may be said to stand: `family/<id>`, `contact/<id>`. */
  readonly lines: readonly string[];
}

/** Why no copy is made; what is said to the officer. */
export class NoCopy extends Error {
  override readonly name = 'NoCopy';
}

/**
 * What is held about a person, for the person: UK GDPR Article 15. The vault makes it, because it alone
 * opens boxes; each opening is in the audit under the request before it is done.
 */
export class SubjectAccess {
  constructor(private readonly engines: SubjectAccessEngines) {}

  /**
   * Records the request, then makes the copy. Asked again it is the same request and another copy.
   * @throws NoCopy saying what to do, VaultStale, VaultUnavailable
   */
  async copyFor(
    officer: Actor,
    asked: SubjectAccessAsked,
    progress: (eventsRead: number) => void = () => undefined,
  ): Promise<MadeCopy> {
    mustBeOfficer(officer);
    const { gathered, asOf } = await this.#gather(asked.personId, progress);
    if (!gathered.isKnown) throw new NoCopy(`Nobody of the record has the id ${asked.personId}.`);
    if (gathered.isRestricted) throw new NoCopy(this.#restrictedWords(asked.personId));
    const rules = new WithholdingRules(asked, gathered);
    if (rules.unknownNumbers.length > 0) {
      const numbers = rules.unknownNumbers.join(', ');
      throw new NoCopy(`No referral or contact about this person has the number ${numbers}.`);
    }
    const request = await this.#record(officer, asked);
    // What was looked at before this copy was begun: what it opens itself is its own purpose.
    const { looks, withheld: notShown } = await looksAt(
      this.engines.audit,
      gathered,
      rules,
      asked,
    );
    const opened = await openFacts(this.engines, officer, { request, gathered, rules });
    if (!gathered.restrictionsAreStill(this.engines.fold)) {
      throw new NoCopy('A restriction was recorded meanwhile. Ask for the copy again.');
    }
    const withheld = [...opened.withheld, ...notShown];
    await this.engines.requests.made({
      requestId: request.requestId,
      at: this.engines.clock.now(),
      officer: officer.id,
      facts: opened.held.length,
      withheld,
    });
    const pack = { request, asOf, held: opened.held, looked: looks, withheld };
    return { pack, given: opened.given, lines: linesOf(gathered, rules) };
  }

  /** What is to be answered, the soonest due first; undefined for whoever is no officer of a hub. */
  async list(officer: Actor) {
    if (!isOfficer(officer)) return undefined;
    const kept = await this.engines.requests.ofHub(officer.recipient);
    return kept.map(({ request, madeAt }) => ({ ...requestOf(request), madeAt }));
  }

  async #gather(personId: string, progress: (eventsRead: number) => void) {
    const { clock, log } = this.engines;
    const gathered = new Gathering(personId);
    const reading = new AbortController();
    const begun = clock.now();
    let asOf = begun.toISOString();
    let eventsRead = 0;
    for await (const followed of log.follow({ signal: reading.signal })) {
      if (followed.kind === 'caughtUp') {
        if (Date.parse(followed.asOf) < begun.getTime()) continue;
        asOf = followed.asOf;
        break;
      }
      for (const event of followed.events) gathered.fold(event);
      eventsRead += followed.events.length;
      progress(eventsRead);
    }
    reading.abort();
    for (const streamId of gathered.matters) {
      gathered.foldMatter(await log.readStream(streamId));
    }
    return { gathered, asOf };
  }

  async #record(officer: Actor, asked: SubjectAccessAsked): Promise<SubjectAccessRequest> {
    const { clock, requests } = this.engines;
    const { askedBy, personId, receivedOn } = asked;
    const requestId = derivedId(
      'subject-access',
      officer.recipient,
      personId,
      receivedOn,
      askedBy,
    );
    const at = clock.now();
    const { id, organisation, recipient, role } = officer;
    const request: KeptRequest = {
      requestId,
      dueOn: dueOn(receivedOn),
      officer: id,
      reason: await this.#sealed(requestId, officer, asked),
      recordedAt: at,
      ...{ personId, askedBy, receivedOn, organisation, recipient },
    };
    await requests.record(request, {
      at,
      kind: 'subject-access',
      asker: { id, organisation, recipient, role },
      purpose: 'subject-access',
      page: 'subject-access/request',
      about: [personId],
      items: [],
    });
    const kept = await requests.find(requestId);
    return requestOf(kept ?? request);
  }

  async #sealed(requestId: string, officer: Actor, asked: SubjectAccessAsked): Promise<string> {
    const [key] = await this.engines.keys.ensure([
      {
        slot: `subject-access/${requestId}`,
        recordClass: 'subject-access',
        controller: officer.organisation,
        subjects: [asked.personId],
      },
    ]);
    const header = {
      keyId: key!.keyId,
      eventId: requestId,
      eventType: 'subject-access',
      streamId: `subject-access-${requestId}`,
      field: 'reason',
      version: 1,
    };
    return sealBox(header, asked.reason, key!.secret);
  }

  #restrictedWords(personId: string): string {
    const posts = this.engines.fold
      .familiesOf(personId)
      .flatMap((id) => this.engines.fold.speakTo(id) ?? []);
    const whom = posts[0]?.replaceAll('-', ' ') ?? 'hub manager';
    return `This person’s record is restricted: speak to the ${whom}. Nothing was opened.`;
  }
}

function requestOf(kept: SubjectAccessRequest): SubjectAccessRequest {
  const { requestId, personId, askedBy, receivedOn, dueOn: due, officer } = kept;
  return { requestId, personId, askedBy, receivedOn, dueOn: due, officer };
}

function isOfficer({ audience, role }: Actor): boolean {
  return role === 'information-governance' && audience === 'safeguarding-hub';
}

function mustBeOfficer(actor: Actor): void {
  if (isOfficer(actor)) return;
  throw new NoCopy('Only an information-governance officer of a hub asks for a copy.');
}
