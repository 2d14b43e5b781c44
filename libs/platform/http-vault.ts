import { askVault, VaultUnreachable } from './asking-vault.js';
import { DraftSealing } from './drafts.js';
import type { LookedUp, LookUpMatch, LookUpQuery } from './looking-up.js';
import { LookingUp } from './looking-up.js';
import type { Revealed, RevealPage } from './revealing.js';
import { Revealing } from './revealing.js';
import { traced } from './tracing.js';

const TIMEOUT_MS = 4_000;

/** One JSON request to the vault. @throws VaultUnreachable unless it answers 2xx or 404 */
async function post(
  vault: URL,
  path: string,
  accessToken: string,
  body: object,
): Promise<Record<string, unknown> | undefined> {
  const answer = await askVault(vault, { path, accessToken, body, timeoutMs: TIMEOUT_MS });
  return answer && ((answer.body ?? {}) as Record<string, unknown>);
}

/** Reveals over HTTP with the caller's own token; caches nothing. */
export class HttpRevealing extends Revealing {
  constructor(private readonly vault: URL) {
    super();
  }

  async reveal(accessToken: string, page: RevealPage): Promise<readonly Revealed[]> {
    const answer = await traced('reveal', { count: page.requests.length }, () =>
      post(this.vault, '/v1/reveal', accessToken, page),
    );
    const revealed = answer?.revealed;
    if (!Array.isArray(revealed) || revealed.length !== page.requests.length) {
      throw new VaultUnreachable('the vault answered something else than was asked');
    }
    return revealed as Revealed[];
  }
}

export class HttpLookingUp extends LookingUp {
  constructor(private readonly vault: URL) {
    super();
  }

  async lookUp(accessToken: string, query: LookUpQuery): Promise<LookedUp> {
    const answer = await post(this.vault, '/v1/look-up', accessToken, query);
    if (!Array.isArray(answer?.matches) || !Array.isArray(answer.speakTo)) {
      throw new VaultUnreachable('the vault answered something else than was asked');
    }
    const { matches, speakTo } = answer;
    return { matches: matches as LookUpMatch[], speakTo: speakTo as string[] };
  }
}

/** Keeps forms through the vault, as the app itself: nobody is signed in when a form is kept. */
export class HttpDraftSealing extends DraftSealing {
  constructor(
    private readonly vault: URL,
    /** The app's own access token, current. */
    private readonly ownToken: () => Promise<string>,
  ) {
    super();
  }

  async seal(ownerId: string, form: string, text: string): Promise<string> {
    const answer = await post(this.vault, '/v1/drafts/seal', await this.token(), {
      ownerId,
      form,
      text,
    });
    if (typeof answer?.sealed !== 'string') throw new VaultUnreachable('the vault sealed nothing');
    return answer.sealed;
  }

  async open(ownerId: string, form: string, sealed: string): Promise<string | undefined> {
    const answer = await post(this.vault, '/v1/drafts/open', await this.token(), {
      ownerId,
      form,
      sealed,
    });
    return typeof answer?.text === 'string' ? answer.text : undefined;
  }

  async discard(ownerId: string, form: string, sealed: string): Promise<void> {
    await post(this.vault, '/v1/drafts/discard', await this.token(), {
      ownerId,
      form,
      sealed,
    });
  }

  private async token(): Promise<string> {
    return this.ownToken().catch(() => {
      throw new VaultUnreachable('no token to ask the vault with');
    });
  }
}
