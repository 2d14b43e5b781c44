import type { Role } from '@common-thread/platform/actor';
import type { ClientMetadata } from 'oidc-provider';
import type { PublicKey } from './issuer-keys.js';

/** An agency's pages: people sign in to them, and they keep forms as themselves. */
export interface PagesClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly recipient: string;
  /** For whom people sign in: `Fairholme Safeguarding Hub`. */
  readonly organisation: string;
  /** Origin at which a browser reaches the pages. */
  readonly publicUrl: URL;
}

/** An app of ours without pages, acting as itself. */
export interface ServiceClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly recipient: string;
  readonly role: Role;
}

/** A partner's system: it signs its own requests for tokens. */
export interface SystemClient {
  readonly clientId: string;
  readonly recipient: string;
  readonly publicKey: PublicKey;
}

/** What tokens under a client's own credentials say of it. */
export interface ClientClaims {
  readonly recipient: string;
  readonly role: Role;
}

export function pagesMetadata(client: PagesClient): ClientMetadata {
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    client_name: client.organisation,
    redirect_uris: [new URL('/sign-in/callback', client.publicUrl).href],
    post_logout_redirect_uris: [new URL('/signed-out', client.publicUrl).href],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

export function serviceMetadata({ clientId, clientSecret }: ServiceClient): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

export function systemMetadata(client: SystemClient): ClientMetadata {
  return {
    client_id: client.clientId,
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS512',
    jwks: { keys: [client.publicKey] },
  };
}
