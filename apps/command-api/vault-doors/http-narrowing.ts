import { NarrowingFold } from '@common-thread/disclosure/narrowing-folds';
import { ask } from '@common-thread/platform/asking';
import type { OwnToken } from '@common-thread/platform/own-token';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { VaultDoor } from './vault-door.js';

const TIMEOUT_MS = 1_000;

/** What narrows who may know, as a vault in another process has folded it. */
export class HttpVaultNarrowing extends NarrowingFold {
  constructor(private readonly door: VaultDoor) {
    super();
  }

  async markOf(streamId: string): Promise<string | undefined> {
    try {
      return markIn(await this.door.ask('/v1/following/mark', { streamId }));
    } catch (error) {
      if (error instanceof VaultUnavailable) return undefined;
      throw error;
    }
  }
}

/** The same as a relay in another process has told it. */
export class HttpRelayNarrowing extends NarrowingFold {
  constructor(
    private readonly feedRelay: URL,
    private readonly token: OwnToken,
  ) {
    super();
  }

  async markOf(streamId: string): Promise<string | undefined> {
    const accessToken = await this.token.current().catch(() => undefined);
    if (accessToken === undefined) return undefined;
    const path = `/v1/following/mark?streamId=${streamId}`;
    const answer = await ask(this.feedRelay, { path, accessToken, timeoutMs: TIMEOUT_MS });
    if (answer?.status === 401) this.token.forget();
    return answer?.status === 200 ? markIn(answer.body) : undefined;
  }
}

function markIn(body: unknown): string | undefined {
  const mark: unknown = typeof body === 'object' && body !== null && Reflect.get(body, 'mark');
  return typeof mark === 'string' ? mark : undefined;
}
