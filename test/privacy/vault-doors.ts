import type { Deriving } from '@common-thread/domain/deriving';
import type { Matching } from '@common-thread/domain/matching';
import type { Sealing } from '@common-thread/eventing/sealing';
import type { Actor } from '@common-thread/platform/actor';
import { createHttpApp } from '@common-thread/platform/http-app';
import { Log } from '@common-thread/platform/log';
import { OwnToken } from '@common-thread/platform/own-token';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import { HttpDeriving } from '../../apps/command-api/vault-doors/http-deriving.js';
import { HttpMatching } from '../../apps/command-api/vault-doors/http-matching.js';
import { HttpSealing } from '../../apps/command-api/vault-doors/http-sealing.js';
import { VaultDoor } from '../../apps/command-api/vault-doors/vault-door.js';
import type { VaultCore } from '../../apps/vault/vault-core.js';
import { VaultModule } from '../../apps/vault/vault.module.js';

/** What command-api reaches of a vault, whichever process that runs in. */
export interface Doors {
  readonly sealing: Sealing;
  readonly matching: Matching;
  readonly deriving: Deriving;
  close(): Promise<void>;
}

export async function inProcess({ sealing, matching, deriving }: VaultCore): Promise<Doors> {
  return { sealing, matching, deriving, close: async () => undefined };
}

export const commandWriter: Actor = {
  id: 'command-api',
  organisation: 'fairholme',
  audience: 'command-api',
  recipient: 'fairholme.command-api',
  role: 'command-writer',
  places: [],
  kind: 'system',
};

/** Counts up, so that a test can say which token is good. */
export class CountedToken extends OwnToken {
  #nth = 1;

  constructor() {
    super(() => Promise.reject(new Error('no issuer')));
  }

  override async current(): Promise<string> {
    return `writer-${this.#nth}`;
  }

  override forget(): void {
    this.#nth += 1;
  }
}

/** Takes the writer's second token, its first being an old one, and others by name. */
class Tokens extends TokenVerifier {
  constructor(private readonly others: Readonly<Record<string, Actor>>) {
    super();
  }

  async verify(token: string): Promise<Actor> {
    const actor = token === 'writer-2' ? commandWriter : this.others[token];
    if (!actor) throw new TokenRefused('no');
    return actor;
  }
}

export async function serveVault(core: VaultCore, others: Readonly<Record<string, Actor>> = {}) {
  const app = await createHttpApp(VaultModule.of(core), {
    log: new Log({ app: 'vault', level: 'silent' }),
    tokens: new Tokens(others),
  });
  await app.listen(0, '127.0.0.1');
  return { app, address: new URL(await app.getUrl()) };
}

export async function overHttp(core: VaultCore): Promise<Doors> {
  const { app, address } = await serveVault(core);
  const door = new VaultDoor(address, new CountedToken());
  return {
    sealing: new HttpSealing(door),
    matching: new HttpMatching(door),
    deriving: new HttpDeriving(door),
    close: () => app.close(),
  };
}
