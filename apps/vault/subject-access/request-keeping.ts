import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import type {
  ListedRequest,
  RecordedRequest,
  RequestDetail,
  SubjectAccessRequest,
  SubjectAccessSent,
  WithheldLog,
} from '@common-thread/platform/subject-access';
import type { Audit, AuditEntry } from '../audit/audit.js';
import type { ReadAnswer } from '../auditing/audit-reading.js';
import { sealBox } from '../boxes/box.js';
import type { Clock } from '../clock.js';
import type { DataKeys } from '../keys/data-keys.js';
import { isOfficerOfHub, overseeing } from '../staff/officers.js';
import type { KeptRequest, LeftOutChange, SubjectAccessStore } from './requests.js';
import { dueOn } from './requests.js';

export interface RequestKeepingEngines {
  readonly requests: SubjectAccessStore;
  readonly audit: Audit;
  readonly keys: DataKeys;
  readonly clock: Clock;
}

/**
 * Requests for a copy and what was decided about each, kept with an audit entry. What is read here is a
 * hub's own, for its officers; undefined for everybody else. Every method throws VaultUnavailable.
 */
export class RequestKeeping {
  constructor(private readonly engines: RequestKeepingEngines) {}

  /** The same asked again, or sent again under its key, is one request. */
  async record(officer: Actor, asked: SubjectAccessSent): Promise<RecordedRequest> {
    const { clock, requests } = this.engines;
    const { askedBy, key, personId, receivedOn } = asked;
    const parts = [officer.recipient, personId, receivedOn, askedBy, key];
    const requestId = derivedId('subject-access', ...parts);
    const at = clock.now();
    const { id, organisation, recipient } = officer;
    const request: KeptRequest = {
      requestId,
      dueOn: dueOn(receivedOn),
      officer: id,
      reason: await this.#sealed(requestId, officer, asked),
      recordedAt: at,
      ...{ personId, askedBy, receivedOn, organisation, recipient },
    };
    const isNew = await requests.record(request, working(officer, at, 'request', personId));
    return { request: requestOf((await requests.find(requestId)) ?? request), isNew };
  }

  /** Said once or again it is left out, or given after all; the store says whether that changes anything. */
  async leaveOut(
    officer: Actor,
    { personId, requestId }: SubjectAccessRequest,
    { isLeftOut, number }: Pick<LeftOutChange, 'number' | 'isLeftOut'>,
  ): Promise<void> {
    const at = this.engines.clock.now();
    const change = { requestId, number, isLeftOut, at, officer: officer.id };
    const page = isLeftOut ? 'leave-out' : 'give';
    await this.engines.requests.leaveOut(change, working(officer, at, page, personId));
  }

  /**
   * A copy that was made is whole and has its files: only then is the request answered. Said once or again;
   * false where it is no copy of that request, made by this officer.
   */
  async taken(officer: Actor, requestId: string, packId: string): Promise<boolean> {
    const request = await this.find(officer, requestId);
    if (!request) return false;
    const at = this.engines.clock.now();
    const entry = working(officer, at, 'taken', request.personId);
    return this.engines.requests.taken({ requestId, packId, at, officer: officer.id }, entry);
  }

  async numbersLeftOut(requestId: string): Promise<readonly string[]> {
    const leftOut = await this.engines.requests.leftOut(requestId);
    return leftOut.map(({ number }) => number);
  }

  /** A request of the officer's own hub. */
  async find(officer: Actor, requestId: string): Promise<SubjectAccessRequest | undefined> {
    if (!isOfficerOfHub(officer)) return undefined;
    const kept = await this.engines.requests.find(requestId);
    return kept?.recipient === officer.recipient ? requestOf(kept) : undefined;
  }

  /** What is to be answered, the soonest due first. */
  async list(officer: Actor): Promise<ReadAnswer<readonly ListedRequest[]> | undefined> {
    if (!isOfficerOfHub(officer)) return undefined;
    const kept = await this.engines.requests.ofHub(officer.recipient);
    const answer = kept.map(({ request, madeAt }) => ({
      ...requestOf(request),
      ...(madeAt === undefined ? {} : { madeAt: madeAt.toISOString() }),
    }));
    const about = [...new Set(answer.map(({ personId }) => personId))];
    return { answer, entryId: await this.#read(officer, 'requests', about) };
  }

  async of(officer: Actor, requestId: string): Promise<ReadAnswer<RequestDetail> | undefined> {
    const request = await this.find(officer, requestId);
    if (!request) return undefined;
    const madeAt = await this.engines.requests.lastTaken(requestId);
    const answer = {
      ...request,
      ...(madeAt ? { madeAt: madeAt.toISOString() } : {}),
      leftOut: await this.engines.requests.leftOut(requestId),
    };
    return { answer, entryId: await this.#read(officer, 'request-read', [request.personId]) };
  }

  /** What the last copy left out, and why. */
  async withheld(officer: Actor, requestId: string): Promise<ReadAnswer<WithheldLog> | undefined> {
    const request = await this.find(officer, requestId);
    if (!request) return undefined;
    const entryId = await this.#read(officer, 'withheld', [request.personId]);
    const made = await this.engines.requests.lastMade(requestId);
    if (!made) return { answer: { request }, entryId };
    const { at, facts, officer: madeBy, withheld } = made;
    const told = { at: at.toISOString(), officer: madeBy, facts, withheld };
    return { answer: { request, made: told }, entryId };
  }

  #read(officer: Actor, page: string, about: readonly string[]) {
    const { audit, clock } = this.engines;
    return audit.commit(overseeing(officer, clock.now(), `subject-access/${page}`, about));
  }

  async #sealed(
    requestId: string,
    officer: Actor,
    { personId, reason }: SubjectAccessSent,
  ): Promise<string> {
    const [key] = await this.engines.keys.ensure([
      {
        slot: `subject-access/${requestId}`,
        recordClass: 'subject-access',
        controller: officer.organisation,
        subjects: [personId],
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
    return sealBox(header, reason, key!.secret);
  }
}

/** The entry of what an officer recorded about a request. */
function working(
  { id, organisation, recipient, role }: Actor,
  at: Date,
  page: string,
  personId: string,
): AuditEntry {
  const asker = { id, organisation, recipient, role };
  const purpose = 'subject-access';
  const entry = { at, kind: purpose, asker, purpose, about: [personId], items: [] } as const;
  return { ...entry, page: `subject-access/${page}` };
}

function requestOf(kept: SubjectAccessRequest): SubjectAccessRequest {
  const { requestId, personId, askedBy, receivedOn, dueOn: due, officer } = kept;
  return { requestId, personId, askedBy, receivedOn, dueOn: due, officer };
}
