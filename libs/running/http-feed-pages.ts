import { ask } from '@common-thread/platform/asking';
import type { OwnToken } from '@common-thread/platform/own-token';
import type { FeedPage } from '@common-thread/projecting/feed-pages';
import { FeedPages, FeedUnavailable } from '@common-thread/projecting/feed-pages';
import type { FeedBody, FeedEnvelope, FeedRow } from '@common-thread/projecting/feed-row';

const PAGE_TIMEOUT_MS = 10_000;
/** Longer than a receiver waits before it compares heads whatever it heard. */
const WAIT_SECONDS = 20;

/** As the relay tells a row: libs/projecting/feed-row.ts written as a CloudEvent. */
type ToldOverHttp = FeedEnvelope & {
  readonly hash: string;
  readonly withdrawnby?: string;
  readonly data?: FeedBody;
};

/** The relay's pages of an agency's own feed over HTTP, asked under the agency's own credentials. */
export class HttpFeedPages extends FeedPages {
  constructor(
    private readonly relay: URL,
    private readonly token: OwnToken,
  ) {
    super();
  }

  async page(_recipient: string, after: number, limit: number): Promise<FeedPage> {
    return this.#read(`/v1/feed?after=${after}&limit=${limit}`, PAGE_TIMEOUT_MS);
  }

  async changed(_recipient: string, after: number, signal: AbortSignal): Promise<void> {
    const path = `/v1/feed?after=${after}&limit=1&wait=${WAIT_SECONDS}`;
    const timeoutMs = WAIT_SECONDS * 1_000 + PAGE_TIMEOUT_MS;
    // Nothing was heard: whoever asked compares heads in its own time, and then meets the fault itself.
    await this.#read(path, timeoutMs, signal).catch(() => untilAborted(signal));
  }

  async #read(path: string, timeoutMs: number, signal?: AbortSignal): Promise<FeedPage> {
    const accessToken = await this.token.current().catch((cause: unknown) => {
      throw new FeedUnavailable('no token to ask the relay with', { cause });
    });
    const heard = signal === undefined ? {} : { signal };
    const answer = await ask(this.relay, { path, accessToken, timeoutMs, ...heard });
    if (!answer) throw new FeedUnavailable('the relay does not answer');
    // The next try has another token, should the issuer have other keys by now.
    if (answer.status === 401) this.token.forget();
    const head = Number(answer.headers.get('x-feed-head') ?? Number.NaN);
    if (answer.status !== 200 || !Number.isSafeInteger(head) || !Array.isArray(answer.body)) {
      throw new FeedUnavailable(`the relay answered ${answer.status}`);
    }
    return { rows: (answer.body as ToldOverHttp[]).map(rowOf), head };
  }
}

function rowOf({ hash, withdrawnby, data, ...envelope }: ToldOverHttp): FeedRow {
  return { envelope, hash, body: data ?? null, withdrawnBy: withdrawnby ?? null };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
