import type { JWTPayload } from 'jose';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { IssuerUnavailable, JwtVerifier, TokenRefused } from './token-verifier.js';

const ISSUER = 'http://127.0.0.1:3004';
const claims = {
  organisation: 'fairholme-hub',
  recipient: 'fairholme-hub.safeguarding-hub',
  role: 'hub-triage',
  places: [],
  kind: 'person',
};

describe('the token verifier', () => {
  let pair: Awaited<ReturnType<typeof generateKeyPair>>;
  let verifier: JwtVerifier;

  beforeAll(async () => {
    pair = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256' };
    verifier = JwtVerifier.local(ISSUER, { keys: [key] });
  });

  const token = (
    payload: JWTPayload,
    { issuer = ISSUER, audience = 'common-thread', expires = '5m', key = pair.privateKey } = {},
  ) =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setSubject('triage-1')
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(key);

  it('tells who is asking', async () => {
    const actor = await verifier.verify(await token({ ...claims, places: ['ash-vale'] }));
    expect(actor).toEqual({
      id: 'triage-1',
      organisation: 'fairholme-hub',
      audience: 'safeguarding-hub',
      recipient: 'fairholme-hub.safeguarding-hub',
      role: 'hub-triage',
      places: ['ash-vale'],
      kind: 'person',
    });
  });

  it.each([
    ['another issuer', claims, { issuer: 'http://elsewhere.example' }],
    ['another audience', claims, { audience: 'payroll' }],
    ['a token that has expired', claims, { expires: '-1m' }],
    ['a role nobody has', { ...claims, role: 'director' }, {}],
    ['a recipient of another organisation', { ...claims, organisation: 'fairholme-health' }, {}],
    ['a recipient that is none', { ...claims, recipient: 'fairholme-hub' }, {}],
    ['places that are not slugs', { ...claims, places: ['Ash Vale'] }, {}],
  ])('refuses %s', async (_, payload, options) => {
    await expect(verifier.verify(await token(payload, options))).rejects.toThrow(TokenRefused);
  });

  it('refuses a token signed by somebody else, and no token at all', async () => {
    const other = await generateKeyPair('RS256');
    const forged = await token(claims, { key: other.privateKey });
    await expect(verifier.verify(forged)).rejects.toThrow(TokenRefused);
    await expect(verifier.verify('not.a.token')).rejects.toThrow(TokenRefused);
  });

  it('says so when the issuer cannot be reached, rather than turning people away', async () => {
    const remote = JwtVerifier.remote(ISSUER, new URL('http://127.0.0.1:9/jwks'));
    await expect(remote.verify(await token(claims))).rejects.toThrow(IssuerUnavailable);
  });
});
