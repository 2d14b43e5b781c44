import { CopiesOfRecords, CopyRefused } from '@common-thread/platform/copies-of-records';
import { VaultUnreachable } from '@common-thread/platform/asking-vault';
import type {
  CopyParts,
  RecordedRequest,
  RequestDetail,
  SubjectAccessSent,
  WithheldLog,
} from '@common-thread/platform/subject-access';

/** Requests for copies as the test says; refuses with words where there are any, unless it is down. */
export class TestCopies extends CopiesOfRecords {
  isDown = false;
  /** The vault accepts the officer's token no longer: as HttpCopiesOfRecords says it. */
  isSignedOut = false;
  refusal: string | undefined;
  requests: readonly RequestDetail[] = [];
  parts: CopyParts | undefined;
  log: WithheldLog['made'];
  readonly packsTaken: string[] = [];
  readonly sent: SubjectAccessSent[] = [];
  readonly leftOut: { readonly number: string; readonly isLeftOut: boolean }[] = [];

  async list(): Promise<readonly RequestDetail[]> {
    this.#reach();
    return this.requests;
  }

  async of(_token: string, requestId: string): Promise<RequestDetail | undefined> {
    this.#reach();
    return this.requests.find((request) => request.requestId === requestId);
  }

  async request(_token: string, sent: SubjectAccessSent): Promise<RecordedRequest> {
    this.#accept();
    this.sent.push(sent);
    return { request: this.requests[0]!, isNew: true };
  }

  async leaveOut(
    _token: string,
    _requestId: string,
    matter: { readonly number: string; readonly isLeftOut: boolean },
  ): Promise<void> {
    this.#accept();
    this.leftOut.push(matter);
  }

  async make(): Promise<CopyParts> {
    this.#accept();
    return this.parts!;
  }

  async taken(_token: string, requestId: string, packId: string): Promise<void> {
    this.#accept();
    this.packsTaken.push(packId);
    const madeAt = '2026-03-20T10:00:00.000Z';
    this.requests = this.requests.map((request) =>
      request.requestId === requestId ? { ...request, madeAt } : request,
    );
  }

  async withheld(token: string, requestId: string): Promise<WithheldLog | undefined> {
    const request = await this.of(token, requestId);
    return request && { request, ...(this.log ? { made: this.log } : {}) };
  }

  #accept(): void {
    if (this.isSignedOut) throw new CopyRefused('Your sign-in has ended. Sign in again');
    this.#reach();
    if (this.refusal !== undefined) throw new CopyRefused(this.refusal);
  }

  #reach(): void {
    if (this.isDown || this.isSignedOut) throw new VaultUnreachable('the test made it so');
  }
}
