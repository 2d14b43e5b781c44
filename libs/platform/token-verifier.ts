import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { Actor } from './actor.js';
import { roles } from './actor.js';
import type { IssuerAddress } from './issuer.js';
import { describeIssuer } from './issuer.js';
import { VerifiedTokens } from './verified-tokens.js';

/** The audience of every access token of this service. */
export const TOKEN_AUDIENCE = 'common-thread';

/** The token is not one of ours, or no longer: sign in again. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** The issuer's keys cannot be fetched, so nobody can be let in or turned away. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** Turns a bearer token into who is asking. */
export abstract class TokenVerifier {
  /** @throws TokenRefused, IssuerUnavailable */
  abstract verify(token: string): Promise<Actor>;
}

export class JwtVerifier extends TokenVerifier {
  readonly #verified: VerifiedTokens;

  constructor(
    private readonly issuer: string,
    private readonly keys: JWTVerifyGetKey,
    /** Milliseconds since 1970. */
    private readonly now: () => number = () => Date.now(),
  ) {
    super();
    this.#verified = new VerifiedTokens(now);
  }

  /** Keys are fetched when first needed, kept, and fetched again when an unknown one turns up. */
  static remote(issuer: string, keysAt: URL): JwtVerifier {
    return new JwtVerifier(issuer, createRemoteJWKSet(keysAt, { timeoutDuration: 3_000 }));
  }

  static local(
    issuer: string,
    keys: Parameters<typeof createLocalJWKSet>[0],
    now?: () => number,
  ): JwtVerifier {
    return new JwtVerifier(issuer, createLocalJWKSet(keys), now);
  }

  async verify(token: string): Promise<Actor> {
    const known = this.#verified.bearerOf(token);
    if (known) return known;
    const claims = await this.claims(token);
    const actor = actorOf(claims);
    this.#verified.keep(token, actor, Number(claims.exp) * 1_000);
    return actor;
  }

  private async claims(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.issuer,
        audience: TOKEN_AUDIENCE,
        algorithms: ['RS256'],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: 5,
        currentDate: new Date(this.now()),
      });
      return payload;
    } catch (error) {
      if (isUnreachable(error)) throw new IssuerUnavailable('the keys cannot be fetched');
      throw new TokenRefused('the token is not accepted');
    }
  }
}

/** Asks the issuer for its name and keys when the first token comes: it may start after us. */
export class IssuerVerifier extends TokenVerifier {
  #verifier: Promise<TokenVerifier> | undefined;

  constructor(private readonly address: IssuerAddress) {
    super();
  }

  async verify(token: string): Promise<Actor> {
    this.#verifier ??= this.#discover();
    const verifier = await this.#verifier.catch(() => {
      this.#verifier = undefined;
      throw new IssuerUnavailable('the issuer does not describe itself');
    });
    return verifier.verify(token);
  }

  async #discover(): Promise<TokenVerifier> {
    const { issuer, jwks_uri: keysAt } = await describeIssuer(this.address);
    if (keysAt === undefined) throw new Error('the issuer does not say where its keys are');
    return JwtVerifier.remote(issuer, new URL(keysAt));
  }
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout) return true;
  // jose throws a bare JOSEError for a bad answer of the keys' address, fetch a TypeError.
  return error instanceof errors.JOSEError ? error.code === 'ERR_JOSE_GENERIC' : true;
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const RECIPIENT = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z0-9]+(?:-[a-z0-9]+)*)$/;

function actorOf(claims: JWTPayload): Actor {
  const { sub, organisation, recipient, kind } = claims;
  const parts = typeof recipient === 'string' ? RECIPIENT.exec(recipient) : null;
  const role = roles.find((known) => known === claims.role);
  const places = claims.places ?? [];
  const wellFormed =
    typeof sub === 'string' &&
    /^[\w.|-]{1,100}$/.test(sub) &&
    parts !== null &&
    parts[1] === organisation &&
    role !== undefined &&
    (kind === 'person' || kind === 'system') &&
    Array.isArray(places) &&
    places.every((place): place is string => typeof place === 'string' && SLUG.test(place));
  if (!wellFormed || parts?.[1] === undefined || parts[2] === undefined) {
    throw new TokenRefused('the token lacks a claim this service needs');
  }
  return {
    id: sub,
    organisation: parts[1],
    audience: parts[2],
    recipient: parts[0],
    role,
    places,
    kind,
  };
}
