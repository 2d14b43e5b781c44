import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOKEN_AUDIENCE } from '@common-thread/platform/token-verifier';
import { parse } from 'yaml';
import realm from '../../infra/keycloak/common-thread-realm.json' with { type: 'json' };
import {
  demonstrationPassword,
  demonstrationUsers,
} from '../../apps/sign-in/demonstration-users.js';
import { demonstrationAgencies, demonstrationSystem } from '../../apps/standalone/agencies.js';
import { repositoryRoot } from '../architecture/source-files.js';

/** What the apps read of a token (libs/platform/token-verifier.ts). */
const CLAIMS = ['recipient', 'organisation', 'role', 'kind', 'places'];

const organisationOf = (recipient: string) => recipient.slice(0, recipient.lastIndexOf('.'));
const variableOf = (name: string) => name.toUpperCase().replaceAll('-', '_');
const textOf = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

const compose = parse(textOf('docker-compose.yml'), { merge: true }) as {
  readonly services: Readonly<
    Record<string, { environment?: Record<string, string>; secrets?: string[] }>
  >;
};

describe('the realm for Keycloak', () => {
  const clientOf = (id: string) => {
    const client = realm.clients.find(({ clientId }) => clientId === id);
    if (!client) throw new Error(`the realm has no client ${id}`);
    return client;
  };
  const saidOf = (recipient: string, role: string, kind: string) => ({
    recipient: [recipient],
    organisation: [organisationOf(recipient)],
    role: [role],
    kind: [kind],
  });

  it('knows the people of the demonstration and nobody else', () => {
    const people = realm.users.filter((user) => !('serviceAccountClientId' in user));
    const known = people.map(({ id, username, enabled, attributes, credentials, ...user }) => ({
      id,
      username,
      name: `${user.firstName} ${user.lastName}`,
      attributes,
      credentials,
      enabled,
    }));
    expect(known).toEqual(
      demonstrationUsers.map(({ id, name, recipient, role, places }) => ({
        id,
        username: id,
        name,
        attributes: {
          ...saidOf(recipient, role, 'person'),
          ...(places.length === 0 ? {} : { places }),
        },
        credentials: [{ type: 'password', value: demonstrationPassword, temporary: false }],
        enabled: true,
      })),
    );
  });

  it('says in every token whose it is and for whom, and no name', () => {
    const scope = realm.clientScopes.find(({ name }) => name === 'common-thread');
    const mapped = scope?.protocolMappers.map(({ config }) => config) ?? [];
    expect(mapped.every((config) => config['access.token.claim'] === 'true')).toBe(true);
    const claims = mapped.flatMap((config) =>
      'claim.name' in config ? [config['claim.name']] : [],
    );
    expect(claims.sort()).toEqual([...CLAIMS].sort());
    expect(mapped[0]).toMatchObject({ 'included.custom.audience': TOKEN_AUDIENCE });
    for (const { defaultClientScopes } of realm.clients) {
      expect(defaultClientScopes).toEqual(expect.arrayContaining(['basic', 'common-thread']));
    }
    const profile = realm.clientScopes.find(({ name }) => name === 'profile');
    expect(profile?.protocolMappers).toMatchObject([
      { config: { 'access.token.claim': 'false' } },
    ]);
  });

  it.each(demonstrationAgencies)('lets the pages of $recipient sign people in', (agency) => {
    const { recipient } = agency;
    const organisation = organisationOf(recipient);
    const client = clientOf(recipient);
    const publicUrl = compose.services[organisation]?.environment?.COMMON_THREAD_PUBLIC_URL;
    const origin = `\${PAGES_${variableOf(organisation)}:${publicUrl}}`;
    expect(client).toMatchObject({
      name: agency.name,
      publicClient: false,
      clientAuthenticatorType: 'client-secret',
      secret: `\${CLIENT_${variableOf(organisation)}}`,
      standardFlowEnabled: true,
      implicitFlowEnabled: false,
      directAccessGrantsEnabled: false,
      redirectUris: [`${origin}/sign-in/callback`],
      attributes: {
        'pkce.code.challenge.method': 'S256',
        'post.logout.redirect.uris': `${origin}/signed-out`,
      },
    });
    expect(client.defaultClientScopes).toContain('profile');
  });

  it('lets systems ask for tokens of their own, a partner’s by signing for them', () => {
    const { clientId, recipient } = demonstrationSystem;
    expect(clientOf(clientId)).toMatchObject({
      clientAuthenticatorType: 'client-jwt',
      standardFlowEnabled: false,
      attributes: {
        'token.endpoint.auth.signing.alg': 'RS512',
        'token.endpoint.auth.signing.max.exp': '300',
        'jwt.credential.kid': `${clientId}-1`,
      },
    });
    expect(clientOf('command-api')).toMatchObject({ standardFlowEnabled: false });
    const accounts = realm.users.filter((user) => 'serviceAccountClientId' in user);
    expect(
      accounts.map(({ id, serviceAccountClientId, attributes }) => [
        id === serviceAccountClientId && id,
        attributes,
      ]),
    ).toEqual([
      ['command-api', saidOf('fairholme.command-api', 'command-writer', 'system')],
      ...demonstrationAgencies.map(({ recipient: own }) => [
        own,
        saidOf(own, 'agency-pages', 'system'),
      ]),
      [clientId, saidOf(recipient, 'subscriber-system', 'system')],
    ]);
    expect(realm.clients.map((client) => client.clientId).sort()).toEqual(
      accounts.map(({ id }) => id).sort(),
    );
  });

  it('is given by docker-compose.yml every secret that it names', () => {
    const named = new Set(
      textOf('infra/keycloak/common-thread-realm.json').match(/\$\{CLIENT_\w+/g),
    );
    const given = compose.services.keycloak?.secrets
      ?.filter((secret) => secret.startsWith('client_'))
      .map((secret) => `\${${variableOf(secret)}`);
    expect([...named].sort()).toEqual(given?.sort());
  });
});
