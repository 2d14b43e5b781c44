import * as oidc from 'openid-client';
import type { ClientCredentials } from '../issuer.js';
import { IssuersClient } from '../issuer.js';
import type { PendingSignIn } from './session-store.js';

export interface IssuerOptions extends ClientCredentials {
  /** Where this app is reached by a browser: its origin. */
  readonly publicUrl: URL;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
  /** Epoch milliseconds. */
  readonly accessExpiresAt: number;
}

const PENDING_MAX = 5;

/** This app as a client of the OpenID Connect issuer through which people sign in. */
export class IssuerClient extends IssuersClient {
  constructor(private readonly options: IssuerOptions) {
    super(options);
  }

  get callback(): URL {
    return new URL('/sign-in/callback', this.options.publicUrl);
  }

  /** Where to send the browser, and what to remember until it comes back. */
  async begin(to: string): Promise<{ address: URL; pending: PendingSignIn }> {
    const verifier = oidc.randomPKCECodeVerifier();
    const pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier, to };
    const address = oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.callback.href,
      scope: 'openid profile',
      // Machines are shared in village halls: whoever signs in says so each time.
      prompt: 'login',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: pending.state,
      nonce: pending.nonce,
    });
    return { address, pending };
  }

  /** Exchanges the code that came back. @throws where anything about it is not as it was begun */
  async finish(current: URL, pending: PendingSignIn): Promise<Tokens> {
    const tokens = await oidc.authorizationCodeGrant(await this.configuration(), current, {
      pkceCodeVerifier: pending.verifier,
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      idTokenExpected: true,
    });
    return held(tokens);
  }

  async refresh(refreshToken: string): Promise<Tokens> {
    return held(await oidc.refreshTokenGrant(await this.configuration(), refreshToken));
  }

  /** Ends the issuer's own session too. */
  async signOut(idToken: string, refreshToken: string | undefined): Promise<URL> {
    const configuration = await this.configuration();
    if (refreshToken) await oidc.tokenRevocation(configuration, refreshToken);
    return oidc.buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: new URL('/signed-out', this.options.publicUrl).href,
    });
  }
}

/** Remembers a few sign-ins at once: people open several tabs. */
export function withPending(
  pending: readonly PendingSignIn[] | undefined,
  next: PendingSignIn,
): readonly PendingSignIn[] {
  return [...(pending ?? []), next].slice(-PENDING_MAX);
}

function held(tokens: oidc.TokenEndpointResponse): Tokens {
  return {
    accessToken: tokens.access_token,
    ...(tokens.refresh_token ? { refreshToken: tokens.refresh_token } : {}),
    ...(tokens.id_token ? { idToken: tokens.id_token } : {}),
    accessExpiresAt: Date.now() + (tokens.expires_in ?? 300) * 1_000,
  };
}
