import type { EventLog } from '@common-thread/eventing/event-log';
import type { Actor } from '@common-thread/platform/actor';
import { keyOfCommand } from '@common-thread/platform/subject-access';
import type {
  CopyParts,
  RecordedRequest,
  SubjectAccessAsked,
  SubjectAccessPack,
  SubjectAccessRequest,
  SubjectAccessSent,
} from '@common-thread/platform/subject-access';
import type { AuditEntryId } from '../audit/audit.js';
import type { LogFollower } from '../following/log-follower.js';
import { STALE_MS, VaultStale } from '../following/log-follower.js';
import type { VaultFold } from '../following/vault-fold.js';
import type { Reveals } from '../revealing/reveals.js';
import type { Gathered, GatheringOptions } from './gathering-turns.js';
import { GatheringTurns } from './gathering-turns.js';
import { linesOf, looksAt } from './looks.js';
import { openFacts } from './opening.js';
import type { RequestKeepingEngines } from './request-keeping.js';
import { isOfficerOfHub } from '../staff/officers.js';
import { RequestKeeping } from './request-keeping.js';
import { WithholdingRules } from './withholding.js';

export interface SubjectAccessEngines extends RequestKeepingEngines {
  readonly log: EventLog;
  readonly reveals: Reveals;
  readonly fold: VaultFold;
  readonly follower: LogFollower;
}

/** A copy, with what whoever puts it together needs and the copy must not say. */
export interface MadeCopy extends Omit<CopyParts, 'copy'> {
  readonly pack: SubjectAccessPack;
  /** To be told to the audit once the answer has left. */
  readonly entryIds: readonly AuditEntryId[];
}

/** Why no copy is made; what is said to the officer. */
export class NoCopy extends Error {
  override readonly name = 'NoCopy';
}

/**
 * What is held about a person, for the person: UK GDPR Article 15. The vault makes it, because it alone
 * opens boxes; each opening is in the audit under the request before it is done. Every method throws NoCopy
 * saying what to do, VaultStale, VaultUnavailable and LogUnavailable.
 */
export class SubjectAccess {
  readonly keeping: RequestKeeping;
  readonly #turns: GatheringTurns;

  constructor(private readonly engines: SubjectAccessEngines) {
    this.keeping = new RequestKeeping(engines);
    this.#turns = new GatheringTurns(engines);
  }

  /** Records the request, then makes the copy. Asked again as before it is the same request and another copy. */
  async copyFor(
    officer: Actor,
    asked: SubjectAccessAsked,
    progress: (eventsRead: number) => void = () => undefined,
  ): Promise<MadeCopy & Pick<RecordedRequest, 'isNew'>> {
    mustBeOfficer(officer);
    const gathered = await this.#gather(asked.personId, { progress });
    mustKnow(asked, gathered, asked.seriousHarm);
    const key = keyOfCommand(asked);
    const { isNew, request } = await this.keeping.record(officer, { ...asked, key });
    for (const number of asked.seriousHarm) {
      await this.keeping.leaveOut(officer, request, { number, isLeftOut: true });
    }
    return { ...(await this.#make(officer, request, gathered)), isNew };
  }

  /** Records the request alone, of somebody who is known and may be told so. */
  async request(officer: Actor, sent: SubjectAccessSent): Promise<RecordedRequest> {
    mustBeOfficer(officer);
    const { clock, fold, follower } = this.engines;
    if (!(await follower.past(clock.now(), STALE_MS))) {
      throw new VaultStale('the vault is behind the log');
    }
    const { personId } = sent;
    if (fold.eventsTelling(personId).length === 0) throw unknown(personId);
    const families = fold.familiesEverOf(personId);
    if (families.length > 0 && families.every((id) => fold.speakTo(id) !== undefined)) {
      throw this.#restricted(personId);
    }
    return this.keeping.record(officer, sent);
  }

  /**
   * Makes a copy for a request that was recorded; undefined where it is none of the officer's hub.
   * @param signal aborted once whoever asked has left
   */
  async copyOf(
    officer: Actor,
    requestId: string,
    signal?: AbortSignal,
  ): Promise<MadeCopy | undefined> {
    const request = await this.keeping.find(officer, requestId);
    if (!request) return undefined;
    const gathered = await this.#gather(request.personId, signal && { signal });
    return this.#make(officer, request, gathered);
  }

  /** Leaves a matter out of every copy of a request from now on; undefined as above. */
  async leaveOut(
    officer: Actor,
    requestId: string,
    number: string,
    signal?: AbortSignal,
  ): Promise<SubjectAccessRequest | undefined> {
    const request = await this.keeping.find(officer, requestId);
    if (!request) return undefined;
    const gathered = await this.#gather(request.personId, signal && { signal });
    mustKnow(request, gathered, [number]);
    await this.keeping.leaveOut(officer, request, { number, isLeftOut: true });
    return request;
  }

  /** Gives a matter after all; undefined as above. */
  async giveAfterAll(
    officer: Actor,
    requestId: string,
    number: string,
  ): Promise<SubjectAccessRequest | undefined> {
    const request = await this.keeping.find(officer, requestId);
    if (!request) return undefined;
    await this.keeping.leaveOut(officer, request, { number, isLeftOut: false });
    return request;
  }

  async #make(
    officer: Actor,
    request: SubjectAccessRequest,
    { asOf, gathered }: Gathered,
  ): Promise<MadeCopy> {
    const { askedBy, personId, requestId } = request;
    const seriousHarm = await this.keeping.numbersLeftOut(requestId);
    const rules = new WithholdingRules({ askedBy, personId, seriousHarm }, gathered);
    const { audit, clock, fold, requests } = this.engines;
    // What was looked at before this copy was begun: what it opens itself is its own purpose.
    const seen = await looksAt(audit, gathered, rules, personId);
    const opened = await openFacts(this.engines, officer, { request, gathered, rules });
    if (!gathered.restrictionsAreStill(fold)) {
      throw new NoCopy('A restriction was recorded meanwhile. Ask for the copy again.');
    }
    const byNow = await this.keeping.numbersLeftOut(requestId);
    if (byNow.some((number) => !seriousHarm.includes(number))) {
      throw new NoCopy('A matter to leave out was recorded meanwhile. Ask for the copy again.');
    }
    const { entryIds, given, held } = opened;
    const withheld = [...opened.withheld, ...seen.withheld];
    const made = { officer: officer.id, facts: held.length, withheld };
    const packId = await requests.made({ requestId, at: clock.now(), ...made });
    const pack = { request, asOf, held, looked: seen.looks, withheld };
    return {
      pack,
      packId,
      given,
      entryIds,
      lines: linesOf(gathered, rules),
      names: gathered.names,
    };
  }

  async #gather(personId: string, options?: GatheringOptions): Promise<Gathered> {
    const read = await this.#turns.gather(personId, options);
    if (!read.gathered.isKnown) throw unknown(personId);
    if (read.gathered.isRestricted) throw this.#restricted(personId);
    return read;
  }

  #restricted(personId: string): NoCopy {
    const posts = this.engines.fold
      .familiesOf(personId)
      .flatMap((id) => this.engines.fold.speakTo(id) ?? []);
    const whom = posts[0]?.replaceAll('-', ' ') ?? 'hub manager';
    return new NoCopy(
      `This person’s record is restricted: speak to the ${whom}. Nothing was opened.`,
    );
  }
}

function unknown(personId: string): NoCopy {
  return new NoCopy(`Nobody of the record has the id ${personId}.`);
}

/** @throws NoCopy naming numbers that no referral or contact about the person has */
function mustKnow(
  { askedBy, personId }: Pick<SubjectAccessAsked, 'askedBy' | 'personId'>,
  { gathered }: Gathered,
  seriousHarm: readonly string[],
): void {
  const rules = new WithholdingRules({ askedBy, personId, seriousHarm }, gathered);
  if (rules.unknownNumbers.length === 0) return;
  const numbers = rules.unknownNumbers.join(', ');
  throw new NoCopy(`No referral or contact about this person has the number ${numbers}.`);
}

function mustBeOfficer(actor: Actor): void {
  if (isOfficerOfHub(actor)) return;
  throw new NoCopy('Only an information-governance officer of a hub asks for a copy.');
}
