import type { CommandActor } from '@common-thread/eventing/decider';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { Answer } from '@common-thread/platform/asking';
import { ask } from '@common-thread/platform/asking';
import type { OwnToken } from '@common-thread/platform/own-token';

/** Sealing is part of every command: whoever sent it is told to try again rather than kept waiting. */
const TIMEOUT_MS = 4_000;

/** The vault could not do what was asked for what was asked, and never will: a fault of ours. */
export class VaultRefused extends Error {
  override readonly name = 'VaultRefused';
  constructor(
    /** Slug of the problem it answered with. */
    readonly slug: string,
  ) {
    super(`the vault refuses what it was asked: ${slug}`);
  }
}

/** The vault's doors for command-api, asked under its own credentials. */
export class VaultDoor {
  constructor(
    private readonly vault: URL,
    private readonly token: OwnToken,
  ) {}

  /** @throws VaultUnavailable where it does not answer or cannot now, VaultRefused */
  async ask(path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
    let answer = await this.#once(path, body);
    if (answer.status === 401) {
      // The issuer may have been given other keys while we held its token.
      this.token.forget();
      answer = await this.#once(path, body);
    }
    const { status } = answer;
    if (status < 300) return (answer.body ?? {}) as Record<string, unknown>;
    if (status === 400 || status === 413 || status === 422) throw new VaultRefused(slugOf(answer));
    throw new VaultUnavailable(`the vault answered ${status}`);
  }

  async #once(path: string, body: object): Promise<Answer> {
    const accessToken = await this.token.current().catch((cause: unknown) => {
      throw new VaultUnavailable('no token to ask the vault with', { cause });
    });
    const answer = await ask(this.vault, { path, accessToken, body, timeoutMs: TIMEOUT_MS });
    if (!answer) throw new VaultUnavailable('the vault does not answer');
    return answer;
  }
}

/** Who asks, and nothing more of what is known of them. */
export function askerOf({ id, organisation, recipient, role }: CommandActor): CommandActor {
  return { id, organisation, recipient, role };
}

function slugOf({ body }: Answer): string {
  const type: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'type') : '';
  return typeof type === 'string' ? type.slice(type.lastIndexOf('/') + 1) : '';
}
