import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigurationError, Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import { IssuerClient } from '@common-thread/platform/pages/issuer-client';
import { JwtVerifier } from '@common-thread/platform/token-verifier';
import { decodeJwt, importPKCS8, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../test/browser/free-port.js';
import { PlainBrowser } from '../../test/browser/plain-browser.js';
import { createSignIn, issuerAddresses } from './create-sign-in.js';
import { demonstrationPassword } from './demonstration-users.js';
import { systemKey } from './issuer-keys.js';

const SYSTEM = 'fairholme-health-subscriber';
const log = new Log({ app: 'sign-in', level: 'silent' });

describe('the embedded sign-in', () => {
  let app: NestFastifyApplication;
  let publicUrl: URL;
  let directory: string;
  let keyFile: string;
  let client: IssuerClient;
  const pagesUrl = new URL('http://127.0.0.1:9');
  const secret = 'a secret of the hub pages';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sign-in-'));
    const port = await freePort();
    publicUrl = new URL(`http://127.0.0.1:${port}`);
    const key = await systemKey(directory, SYSTEM);
    keyFile = key.path;
    app = await createSignIn({
      publicUrl,
      dataDirectory: directory,
      log,
      environment: new Environment({}),
      pages: [
        {
          clientId: 'hub-pages',
          clientSecret: secret,
          recipient: 'fairholme-hub.safeguarding-hub',
          organisation: 'Fairholme Safeguarding Hub',
          publicUrl: pagesUrl,
        },
      ],
      systems: [
        {
          clientId: SYSTEM,
          recipient: 'fairholme-health.health-visiting',
          publicKey: key.publicKey,
        },
      ],
    });
    await app.listen(port, '127.0.0.1');
    const { issuer } = issuerAddresses(publicUrl);
    client = new IssuerClient({
      issuer,
      clientId: 'hub-pages',
      clientSecret: secret,
      publicUrl: pagesUrl,
    });
  });
  afterAll(() => app.close());

  const verifier = () => {
    const { issuer, keys } = issuerAddresses(publicUrl);
    return JwtVerifier.remote(issuer.href, keys);
  };

  it.each([{ NODE_ENV: 'production' }, { COMMON_THREAD_MODE: 'production' }])(
    'does not start in production (%p)',
    async (values) => {
      const options = { publicUrl, dataDirectory: directory, log, pages: [], systems: [] };
      const started = createSignIn({ ...options, environment: new Environment(values) });
      await expect(started).rejects.toThrow(ConfigurationError);
      await expect(started).rejects.toThrow('COMMON_THREAD_ISSUER');
    },
  );

  async function signInAs(user: string, password = demonstrationPassword) {
    const browser = new PlainBrowser();
    const { address, pending } = await client.begin('/');
    const asked = await browser.open(address);
    expect(asked.text).toContain('Sign in to Fairholme Safeguarding Hub');
    let answered = await browser.postOnly(asked.address, { user, password });
    while (answered.location && answered.location.origin === publicUrl.origin) {
      const next = answered.location;
      answered = await browser.openOnly(next);
    }
    return { answered, pending };
  }

  it('signs somebody in and says who they are and for whom', async () => {
    const { answered, pending } = await signInAs('hub-triage-1');
    expect(answered.location?.pathname).toBe('/sign-in/callback');
    const tokens = await client.finish(answered.location ?? pagesUrl, pending);
    expect(decodeJwt(tokens.idToken ?? '')).toMatchObject({ name: 'Juniper Ashdown' });
    expect(await verifier().verify(tokens.accessToken)).toEqual({
      id: 'hub-triage-1',
      organisation: 'fairholme-hub',
      audience: 'safeguarding-hub',
      recipient: 'fairholme-hub.safeguarding-hub',
      role: 'hub-triage',
      places: [],
      kind: 'person',
    });
    const again = await client.refresh(tokens.refreshToken ?? '');
    expect((await verifier().verify(again.accessToken)).id).toBe('hub-triage-1');
    await client.signOut(tokens.idToken ?? '', tokens.refreshToken);
    await expect(client.refresh(tokens.refreshToken ?? '')).rejects.toThrow();
  });

  it.each([
    ['the wrong password', 'hub-triage-1', 'guess', 'Type the password'],
    ['somebody of another agency', 'larkfield-worker-1', demonstrationPassword, 'Choose who'],
    ['nobody', '', demonstrationPassword, 'Choose who'],
  ])('turns away %s', async (_, user, password, words) => {
    const { answered } = await signInAs(user, password);
    expect(answered.status).toBe(422);
    expect(answered.text).toContain('<title>Error: ');
    expect(answered.text).toContain(words);
    expect(answered.text).not.toContain('Marigold Finch');
  });

  it('gives the pages a token of their own', async () => {
    const actor = await verifier().verify(await client.ownToken.current());
    expect(actor).toMatchObject({ id: 'hub-pages', role: 'agency-pages', kind: 'system' });
  });

  const assertion = async (changes: { life?: string; alg?: string; audience?: string } = {}) => {
    const { life = '4m', alg = 'RS512' } = changes;
    const key = await importPKCS8(await readFile(keyFile, 'utf8'), alg);
    return new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg, kid: `${SYSTEM}-1` })
      .setIssuer(SYSTEM)
      .setSubject(SYSTEM)
      .setAudience(changes.audience ?? issuerAddresses(publicUrl).issuer.href)
      .setIssuedAt()
      .setExpirationTime(life)
      .sign(key);
  };
  const tokenFor = async (signed: string) =>
    fetch(new URL('/oidc/token', publicUrl), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: signed,
      }),
    });

  it('gives a system a token for a request it signed with RS512', async () => {
    const signed = await assertion();
    const answer = (await (await tokenFor(signed)).json()) as { access_token: string };
    const actor = await verifier().verify(answer.access_token);
    expect(actor).toMatchObject({
      id: SYSTEM,
      recipient: 'fairholme-health.health-visiting',
      role: 'subscriber-system',
      kind: 'system',
    });
    expect((await tokenFor(signed)).status).toBe(401);
  });

  it.each([
    ['one good for longer than five minutes', { life: '10m' }],
    ['one meant for somebody else', { audience: 'https://elsewhere.example' }],
  ])('refuses %s', async (_, changes) => {
    expect((await tokenFor(await assertion(changes))).status).toBe(401);
  });

  it('keeps its keys to itself, and keeps them', async () => {
    expect((await stat(keyFile)).mode & 0o077).toBe(0);
    const again = await systemKey(directory, SYSTEM);
    expect(again.publicKey.n).toBe((await systemKey(directory, SYSTEM)).publicKey.n);
  });
});
