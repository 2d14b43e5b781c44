import { askVault, correctionIn, VaultUnreachable } from './asking-vault.js';
import type {
  CopyParts,
  ListedRequest,
  RecordedRequest,
  RequestDetail,
  SubjectAccessRequest,
  SubjectAccessSent,
  WithheldLog,
} from './subject-access.js';

/** What a hub's officer is told instead of a copy or a request: what to do. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

/**
 * Copies of what is held about somebody, which the vault makes for a hub's information-governance officers;
 * to everybody else there is no such thing. Every method throws VaultUnreachable.
 */
export abstract class CopiesOfRecords {
  /** The soonest due first. */
  abstract list(accessToken: string): Promise<readonly ListedRequest[]>;
  /** Undefined where it is no request of this hub. */
  abstract of(accessToken: string, requestId: string): Promise<RequestDetail | undefined>;
  /** @throws CopyRefused */
  abstract request(accessToken: string, sent: SubjectAccessSent): Promise<RecordedRequest>;
  /** Leaves a matter out of every copy about the person, or gives it in this request’s. @throws CopyRefused */
  abstract leaveOut(
    accessToken: string,
    requestId: string,
    matter: { readonly number: string; readonly isLeftOut: boolean },
  ): Promise<void>;
  /** Makes a copy, now. @throws CopyRefused */
  abstract make(accessToken: string, requestId: string): Promise<CopyParts>;
  /**
   * Says that a copy made by whoever says it was put together whole: its request is listed as waiting until then.
   * @throws CopyRefused
   */
  abstract taken(accessToken: string, requestId: string, packId: string): Promise<void>;
  /** Undefined where it is no request of this hub. */
  abstract withheld(accessToken: string, requestId: string): Promise<WithheldLog | undefined>;
}

/** The whole log is read for a copy. */
const MAKING_MS_MAX = 180_000;
const TIMEOUT_MS = 20_000;
const SIGNED_OUT = 'Your sign-in has ended, or is not accepted. Sign in again, then send it';
const REQUESTS = '/v1/subject-access/requests';

interface Asked {
  readonly path: string;
  readonly body: object;
  readonly timeoutMs?: number;
}

/** Of a vault in another process. */
export class HttpCopiesOfRecords extends CopiesOfRecords {
  constructor(private readonly vault: URL) {
    super();
  }

  async list(accessToken: string): Promise<readonly ListedRequest[]> {
    const told = await this.#read<{ requests?: readonly ListedRequest[] }>(accessToken, REQUESTS);
    // Told to nobody but an officer: an empty list would say that nothing is due.
    if (!told?.requests) throw new VaultUnreachable('no list of requests is told');
    return told.requests;
  }

  of(accessToken: string, requestId: string): Promise<RequestDetail | undefined> {
    return this.#read(accessToken, `${REQUESTS}/${requestId}`);
  }

  async request(accessToken: string, sent: SubjectAccessSent): Promise<RecordedRequest> {
    const asked = { path: REQUESTS, body: sent };
    const { status, told } = theirs(await this.#answer<SubjectAccessRequest>(accessToken, asked));
    return { request: told, isNew: status === 201 };
  }

  async leaveOut(
    accessToken: string,
    requestId: string,
    { isLeftOut, number }: { readonly number: string; readonly isLeftOut: boolean },
  ): Promise<void> {
    const path = `${REQUESTS}/${requestId}/left-out${isLeftOut ? '' : '/given'}`;
    theirs(await this.#ask(accessToken, { path, body: { number }, timeoutMs: MAKING_MS_MAX }));
  }

  async make(accessToken: string, requestId: string): Promise<CopyParts> {
    const path = `${REQUESTS}/${requestId}/copies`;
    return theirs(await this.#ask(accessToken, { path, body: {}, timeoutMs: MAKING_MS_MAX }));
  }

  async taken(accessToken: string, requestId: string, packId: string): Promise<void> {
    const path = `${REQUESTS}/${requestId}/copies/${packId}/taken`;
    theirs(await this.#ask(accessToken, { path, body: {} }));
  }

  withheld(accessToken: string, requestId: string): Promise<WithheldLog | undefined> {
    return this.#read(accessToken, `${REQUESTS}/${requestId}/withheld`);
  }

  /** What is read has no refusal to tell: without an answer there is no page, signed out or not. */
  async #read<Told extends object>(accessToken: string, path: string): Promise<Told | undefined> {
    const answer = await askVault(this.vault, { path, accessToken, timeoutMs: TIMEOUT_MS });
    return answer && ((answer.body ?? {}) as Told);
  }

  /** Undefined where there is no such thing for whoever asks. */
  async #ask<Told extends object>(accessToken: string, asked: Asked): Promise<Told | undefined> {
    return (await this.#answer<Told>(accessToken, asked))?.told;
  }

  async #answer<Told extends object>(
    accessToken: string,
    { body, path, timeoutMs = TIMEOUT_MS }: Asked,
  ): Promise<{ readonly status: number; readonly told: Told } | undefined> {
    const asked = { path, accessToken, timeoutMs, body };
    const answer = await askVault(this.vault, asked, [401, 409, 422]);
    if (!answer) return undefined;
    if (answer.status === 401) throw new CopyRefused(SIGNED_OUT);
    if (answer.status >= 300) throw new CopyRefused(correctionIn(answer) ?? 'It was refused');
    return { status: answer.status, told: (answer.body ?? {}) as Told };
  }
}

function theirs<Told>(told: Told | undefined): Told {
  if (told === undefined) {
    throw new CopyRefused('There are no copies of records for whoever asks with this sign-in');
  }
  return told;
}
