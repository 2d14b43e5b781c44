import { TOKEN_AUDIENCE } from '@common-thread/platform/token-verifier';
import type { Configuration, KoaContextWithOIDC, UnknownObject } from 'oidc-provider';
import { Provider, errors } from 'oidc-provider';
import type { ClientClaims, PagesClient, ServiceClient, SystemClient } from './clients.js';
import { pagesMetadata, serviceMetadata, systemMetadata } from './clients.js';
import { demonstrationUsers } from './demonstration-users.js';
import type { IssuerKeys } from './issuer-keys.js';
import { memoryAdapter } from './memory-adapter.js';
import { signOutPage } from './sign-out-page.js';

/** The one protected resource: every app of ours. */
const RESOURCE = 'https://common-thread.uk/api';
const ACCESS_SECONDS = 15 * 60;
const SESSION_SECONDS = 10 * 60 * 60;
/** A signed request for a token is good for five minutes at most, as NHS services ask. */
const ASSERTION_SECONDS_MAX = 5 * 60;

export interface IssuerParts {
  /** Where it is reached, and how it names itself in tokens. */
  readonly issuer: URL;
  readonly keys: IssuerKeys;
  readonly pages: readonly PagesClient[];
  readonly services: readonly ServiceClient[];
  readonly systems: readonly SystemClient[];
  readonly stylesheet: string;
}

/** The embedded OpenID Connect issuer: authorisation code with PKCE for people, signed JWTs for systems. */
export function createIssuer(parts: IssuerParts): Provider {
  const provider = new Provider(parts.issuer.href, configurationOf(parts));
  provider.proxy = false;
  return provider;
}

function configurationOf(parts: IssuerParts): Configuration {
  const clientClaims = claimsByClient(parts);
  return {
    adapter: memoryAdapter(parts.systems.map(systemMetadata)),
    clients: [...parts.pages.map(pagesMetadata), ...parts.services.map(serviceMetadata)],
    jwks: { keys: [parts.keys.signing] },
    cookies: {
      keys: [...parts.keys.cookies],
      names: {
        session: 'common-thread-issuer',
        interaction: 'common-thread-issuer-interaction',
        resume: 'common-thread-issuer-resume',
      },
    },
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    scopes: ['openid', 'profile', 'api'],
    pkce: { required: () => true },
    clientAuthMethods: ['client_secret_basic', 'private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS512', 'PS512', 'RS256'] },
    assertJwtClientAuthClaimsAndHeader: checkAssertion,
    ttl: {
      AccessToken: ACCESS_SECONDS,
      ClientCredentials: ACCESS_SECONDS,
      IdToken: ACCESS_SECONDS,
      Interaction: 60 * 60,
      Grant: SESSION_SECONDS,
      Session: SESSION_SECONDS,
      RefreshToken: SESSION_SECONDS,
    },
    // Several demonstration users share one browser: one signing in must not sign another out.
    expiresWithSession: () => false,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: false,
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    loadExistingGrant,
    findAccount: (_ctx, id) => accountOf(id),
    extraTokenClaims: (_ctx, token) =>
      'accountId' in token && typeof token.accountId === 'string'
        ? personClaims(token.accountId)
        : systemClaims(clientClaims.get(token.clientId ?? '')),
    features: features(parts.stylesheet),
    renderError: (ctx) => {
      ctx.type = 'text/plain';
      ctx.body = 'Signing in was not finished. Go back to the page you came from and try again.';
    },
  };
}

function features(stylesheet: string): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: {
      enabled: true,
      allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
    },
    userinfo: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = signOutPage(form, stylesheet);
      },
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: 'api',
        audience: TOKEN_AUDIENCE,
        accessTokenTTL: ACCESS_SECONDS,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  };
}

/** Everybody here has agreed to everything; a demonstration asks nobody for consent. */
async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const grantId = session.grantIdFor(client.clientId);
  const existing = grantId ? await provider.Grant.find(grantId) : undefined;
  if (existing?.accountId === session.accountId) return existing;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile');
  grant.addResourceScope(RESOURCE, 'api');
  await grant.save();
  return grant;
}

function accountOf(id: string) {
  const user = demonstrationUsers.find((candidate) => candidate.id === id);
  return user && { accountId: id, claims: () => ({ sub: id, name: user.name }) };
}

function personClaims(id: string): UnknownObject | undefined {
  const user = demonstrationUsers.find((candidate) => candidate.id === id);
  return (
    user && { ...shared(user.recipient), role: user.role, places: user.places, kind: 'person' }
  );
}

function systemClaims(claims: ClientClaims | undefined): UnknownObject | undefined {
  return claims && { ...shared(claims.recipient), role: claims.role, places: [], kind: 'system' };
}

function shared(recipient: string) {
  return { organisation: recipient.slice(0, recipient.lastIndexOf('.')), recipient };
}

function claimsByClient({
  pages,
  services,
  systems,
}: IssuerParts): ReadonlyMap<string, ClientClaims> {
  return new Map<string, ClientClaims>([
    ...pages.map(({ clientId, recipient }) => {
      return [clientId, { recipient, role: 'agency-pages' }] as const;
    }),
    ...services.map(({ clientId, recipient, role }) => {
      return [clientId, { recipient, role }] as const;
    }),
    ...systems.map(({ clientId, recipient }) => {
      return [clientId, { recipient, role: 'subscriber-system' }] as const;
    }),
  ]);
}

/** Beyond what the protocol asks: a named key, one audience, and five minutes at most. */
function checkAssertion(
  _ctx: KoaContextWithOIDC,
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
): void {
  const { exp, iat, aud } = claims;
  const now = Math.floor(Date.now() / 1_000);
  const from = typeof iat === 'number' ? iat : now;
  if (typeof header.kid !== 'string') throw refusedAssertion('name the key (kid)');
  if (typeof aud !== 'string') throw refusedAssertion('name one audience');
  if (typeof exp !== 'number' || exp - from > ASSERTION_SECONDS_MAX) {
    throw refusedAssertion('let it expire within five minutes');
  }
}

function refusedAssertion(what: string): Error {
  return new errors.InvalidClientAuth(`the signed request is not accepted: ${what}`);
}
