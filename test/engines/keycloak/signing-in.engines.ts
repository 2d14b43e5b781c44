import { readFile } from 'node:fs/promises';
import { IssuerVerifier } from '@common-thread/platform/token-verifier';
import { decodeJwt, importPKCS8 } from 'jose';
import * as oidc from 'openid-client';
import type { LocalKeycloak } from '../../../infra/local/keycloak.js';
import { systemKey } from '../../../apps/sign-in/issuer-keys.js';
import { demonstrationPassword } from '../../../apps/sign-in/demonstration-users.js';
import { demonstrationSystem } from '../../../apps/standalone/agencies.js';
import { signInDirectory } from '../../../apps/standalone/sign-in.js';
import type { Visited } from '../../browser/plain-browser.js';
import { fieldOn, PlainBrowser } from '../../browser/plain-browser.js';
import { DistributedSystem } from '../../distributed/distributed-system.js';
import type { CompiledApps } from '../../faults/compiled-apps.js';
import { compileApps } from '../../faults/compiled-apps.js';
import { eventually, HEALTH, HUB } from '../../journeys/whole-system.js';
import { issuerOf, startCountyKeycloak } from './county-keycloak.js';

const PROCESSES = ['vault', 'feed-relay', 'command-api', 'fairholme-hub'];
/** Its first start may fetch and build it, and share the machine with other suites. */
const KEYCLOAK_STARTS_MS_MAX = 600_000;
const TEST_MS_MAX = 120_000;

describe('signing in through a real Keycloak', () => {
  let apps: CompiledApps;
  let keycloak: LocalKeycloak;
  let system: DistributedSystem;

  beforeAll(async () => {
    apps = await compileApps();
    system = await DistributedSystem.prepare(apps, {
      issuer: async (county) => {
        keycloak = await startCountyKeycloak(county);
        return { issuer: issuerOf(keycloak) };
      },
    });
    await system.start(PROCESSES);
    await system.seed(0); // recorded as command-api, by a token of its own
  }, KEYCLOAK_STARTS_MS_MAX);

  afterAll(async () => {
    await system?.close();
    await keycloak?.stop();
    await apps?.remove();
  }, TEST_MS_MAX);

  it(
    'lets somebody of the hub into its pages, by name, and out of both again',
    async () => {
      const browser = new PlainBrowser();
      const queue = await signInAs(browser, 'hub-triage-1');
      expect(queue).toMatchObject({ status: 200 });
      expect(queue.address.origin).toBe(system.agencyAddress(HUB).origin);
      expect(queue.text).toContain('Juniper Ashdown');
      const out = new URL('/sign-out', system.agencyAddress(HUB));
      const left = await browser.post(out, { _token: fieldOn(queue, '_token') });
      expect(left.address.href).toBe(new URL('/signed-out', system.agencyAddress(HUB)).href);
      const again = await browser.open(system.agencyAddress(HUB));
      expect(again.address.origin).toBe(keycloak.origin.origin);
    },
    TEST_MS_MAX,
  );

  it(
    'lets nobody in by a wrong password, nor anybody of another agency',
    async () => {
      const wrong = await signInAs(new PlainBrowser(), 'hub-triage-1', 'guess');
      expect(wrong.address.origin).toBe(keycloak.origin.origin);
      const elsewhere = await signInAs(new PlainBrowser(), 'larkfield-worker-1');
      expect(elsewhere).toMatchObject({ status: 403 });
      expect(elsewhere.text).toContain('You do not work for Fairholme Safeguarding Hub here');
    },
    TEST_MS_MAX,
  );

  it(
    'says of a person what the embedded sign-in says',
    async () => {
      const { accessToken, idToken } = await tokensOf('larkfield-worker-3');
      const verifier = new IssuerVerifier({ issuer: issuerOf(keycloak) });
      expect(await verifier.verify(accessToken)).toEqual({
        id: 'larkfield-worker-3',
        organisation: 'larkfield-centres',
        audience: 'childrens-centre',
        recipient: 'larkfield-centres.childrens-centre',
        role: 'centre-worker',
        places: ['peatcutters-centre'],
        kind: 'person',
      });
      expect(JSON.stringify(decodeJwt(accessToken))).not.toMatch(/tansy|copperkettle/i);
      expect(decodeJwt(idToken)).toMatchObject({ name: 'Tansy Copperkettle' });
    },
    TEST_MS_MAX,
  );

  it(
    'gives a partner’s system its own feed for a request it signed, and nothing of another’s',
    async () => {
      const token = await partnersToken();
      const feed = await eventually(
        () => asked('/v1/feed?after=0&limit=100', token),
        ({ status, body }) => status !== 200 || body !== '[]',
      );
      expect(feed).toMatchObject({ status: 200 });
      const recipients = (JSON.parse(feed.body) as { feed: string }[]).map((row) => row.feed);
      expect([...new Set(recipients)]).toEqual([HEALTH]);
      const another = `/v1/feed?after=0&recipient=${HUB}`;
      expect(await asked(another, token)).toMatchObject({ status: 400 });
      const atTheHub = await fetch(new URL('/v1/contacts', system.agencyAddress(HUB)), {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(atTheHub.status).toBe(404);
    },
    TEST_MS_MAX,
  );

  it(
    'refuses what is meant for somebody else, is another realm’s, or has expired',
    async () => {
      const { idToken } = await tokensOf('hub-triage-1');
      const ofAdministrator = await administratorsToken();
      for (const token of [idToken, ofAdministrator, 'nothing']) {
        expect(await asked('/v1/feed/head', token)).toMatchObject({ status: 401 });
      }
      await shortenLives(ofAdministrator);
      const token = await partnersToken();
      expect(await asked('/v1/feed/head', token)).toMatchObject({ status: 200 });
      await eventually(
        () => asked('/v1/feed/head', token),
        ({ status }) => status === 401,
      );
    },
    TEST_MS_MAX,
  );

  /** From the hub's first page to wherever signing in leads, with no script and no screen. */
  async function signInAs(
    browser: PlainBrowser,
    username: string,
    password = demonstrationPassword,
  ): Promise<Visited> {
    const asking = await browser.open(system.agencyAddress(HUB));
    expect(asking.address.searchParams.get('code_challenge_method')).toBe('S256');
    return browser.post(formOn(asking), { username, password });
  }

  /** By the code flow with PKCE, as a client of the realm's own. */
  async function tokensOf(username: string) {
    const recipient = username.startsWith('hub') ? HUB : 'larkfield-centres.childrens-centre';
    const path = `secrets/client-${recipient}`;
    const secret = await readFile(`${system.configuration.dataDirectory}/${path}`, 'utf8');
    const client = await discovered(recipient, oidc.ClientSecretBasic(secret));
    const verifier = oidc.randomPKCECodeVerifier();
    const expectedState = oidc.randomState();
    const begun = oidc.buildAuthorizationUrl(client, {
      redirect_uri: new URL('/sign-in/callback', system.agencyAddress(recipient)).href,
      scope: 'openid profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: expectedState,
    });
    const browser = new PlainBrowser();
    const form = formOn(await browser.open(begun));
    const answered = await browser.postOnly(form, { username, password: demonstrationPassword });
    const tokens = await oidc.authorizationCodeGrant(client, answered.location!, {
      pkceCodeVerifier: verifier,
      expectedState,
      idTokenExpected: true,
    });
    return { accessToken: tokens.access_token, idToken: tokens.id_token! };
  }

  async function partnersToken(): Promise<string> {
    const { clientId } = demonstrationSystem;
    const { path, publicKey } = await systemKey(signInDirectory(system.configuration), clientId);
    const key = await importPKCS8(await readFile(path, 'utf8'), 'RS512');
    const signing = oidc.PrivateKeyJwt({ key, kid: publicKey.kid });
    const tokens = await oidc.clientCredentialsGrant(await discovered(clientId, signing));
    return tokens.access_token;
  }

  function discovered(clientId: string, authentication: oidc.ClientAuth) {
    return oidc.discovery(issuerOf(keycloak), clientId, undefined, authentication, {
      execute: [oidc.allowInsecureRequests],
    });
  }

  async function administratorsToken(): Promise<string> {
    const { username, password } = keycloak.administrator;
    const address = new URL('/realms/master/protocol/openid-connect/token', keycloak.origin);
    const asking = { grant_type: 'password', client_id: 'admin-cli', username, password };
    const response = await fetch(address, { method: 'POST', body: new URLSearchParams(asking) });
    return ((await response.json()) as { access_token: string }).access_token;
  }

  /** The partner's next tokens are good for a second. */
  async function shortenLives(token: string): Promise<void> {
    const clients = new URL('/admin/realms/common-thread/clients', keycloak.origin);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const found = await fetch(`${clients.href}?clientId=${demonstrationSystem.clientId}`, {
      headers,
    });
    const [client] = (await found.json()) as { id: string; attributes: object }[];
    const attributes = { ...client!.attributes, 'access.token.lifespan': '1' };
    const changed = await fetch(`${clients.href}/${client!.id}`, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ ...client, attributes }),
    });
    expect(changed.status).toBe(204);
  }

  async function asked(path: string, token: string) {
    const response = await fetch(new URL(path, system.addressOf('feed-relay')), {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: await response.text() };
  }
});

/** Where Keycloak's page sends what is typed. */
function formOn(page: Visited): URL {
  const action = /<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"/.exec(page.text)?.[1];
  if (action === undefined) throw new Error(`no form to sign in with at ${page.address.href}`);
  return new URL(action.replaceAll('&amp;', '&'), page.address);
}
