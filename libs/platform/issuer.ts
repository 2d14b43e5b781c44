import * as oidc from 'openid-client';
import { OwnToken } from './own-token.js';

/** Where the OpenID Connect issuer is. */
export interface IssuerAddress {
  /** As the issuer names itself in its tokens, and as browsers reach it. */
  readonly issuer: URL;
  /**
   * Where this process reaches it, where that is another address, such as one inside a cluster. Plain HTTP is
   * then the operator's word; elsewhere it is for this machine alone.
   */
  readonly reachedAt?: URL;
}

const TIMEOUT_MS = 5_000;
const DOCUMENT = '.well-known/openid-configuration';

/** The issuer's own description of itself. @throws where it cannot be had, or is another issuer's */
export async function describeIssuer(address: IssuerAddress): Promise<oidc.ServerMetadata> {
  const { issuer, reachedAt = issuer } = address;
  if (reachedAt.protocol !== 'https:' && !mayBePlain(address)) {
    throw new Error(
      `${reachedAt.origin} is asked over plain HTTP although it is not this machine`,
    );
  }
  const document = new URL(DOCUMENT, withSlash(reachedAt));
  const response = await fetch(document, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${document.href} answered ${response.status}`);
  const metadata = (await response.json()) as oidc.ServerMetadata;
  if (!URL.canParse(metadata.issuer) || !isSame(new URL(metadata.issuer), issuer)) {
    throw new Error(`${document.href} describes another issuer than ${issuer.href}`);
  }
  return metadata;
}

export interface ClientCredentials extends IssuerAddress {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An app of ours as a client of the issuer. */
export class IssuersClient {
  #configured: Promise<oidc.Configuration> | undefined;
  /** The app's own access token. */
  readonly ownToken = new OwnToken(() => this.configuration());

  constructor(private readonly credentials: ClientCredentials) {}

  /** Asked once it answers: the issuer may start after us. @throws as describeIssuer does */
  configuration(): Promise<oidc.Configuration> {
    this.#configured ??= this.#configure().catch((error: unknown) => {
      this.#configured = undefined;
      throw error;
    });
    return this.#configured;
  }

  async #configure(): Promise<oidc.Configuration> {
    const { clientId, clientSecret } = this.credentials;
    const metadata = await describeIssuer(this.credentials);
    const authentication = oidc.ClientSecretBasic(clientSecret);
    const configured = new oidc.Configuration(metadata, clientId, undefined, authentication);
    configured.timeout = TIMEOUT_MS / 1_000;
    if (mayBePlain(this.credentials)) oidc.allowInsecureRequests(configured);
    return configured;
  }
}

function mayBePlain({ issuer, reachedAt }: IssuerAddress): boolean {
  const { protocol, hostname } = reachedAt ?? issuer;
  if (protocol !== 'http:') return false;
  return reachedAt !== undefined || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

function isSame(one: URL, other: URL): boolean {
  return withSlash(one).href === withSlash(other).href;
}

function withSlash(address: URL): URL {
  return address.href.endsWith('/') ? address : new URL(`${address.href}/`);
}
