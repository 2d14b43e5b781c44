import * as oidc from 'openid-client';

/** A token is got again this long before it ends. */
const BEFORE_END_MS = 60_000;
const LIFE_SECONDS = 300;

interface Held {
  readonly accessToken: string;
  /** Epoch milliseconds. */
  readonly endsAt: number;
}

/** The access token of an app itself, under its own client credentials. */
export class OwnToken {
  #held: Promise<Held> | undefined;

  constructor(
    /** This app as a client of the issuer. */
    private readonly client: () => Promise<oidc.Configuration>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Kept until a minute before it ends. @throws where the issuer cannot be reached or refuses */
  async current(): Promise<string> {
    const held = await this.#held?.catch(() => undefined);
    if (held && held.endsAt > this.now() + BEFORE_END_MS) return held.accessToken;
    this.#held = this.#get();
    return (await this.#held).accessToken;
  }

  /** It was not accepted: the next one is a new one. */
  forget(): void {
    this.#held = undefined;
  }

  async #get(): Promise<Held> {
    const tokens = await oidc.clientCredentialsGrant(await this.client());
    const lifeMs = (tokens.expires_in ?? LIFE_SECONDS) * 1_000;
    return { accessToken: tokens.access_token, endsAt: this.now() + lifeMs };
  }
}
