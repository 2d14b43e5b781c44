import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { IssuerUnavailable, JwtVerifier, TokenRefused } from './token-verifier.js';
import { VERIFIED_GOOD_MS } from './verified-tokens.js';

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

  describe('of a token that it has verified', () => {
    const START = Date.now();
    let now = START;
    let asked = 0;
    let counting: JwtVerifier;

    beforeEach(async () => {
      [now, asked] = [START, 0];
      const keys = createLocalJWKSet({
        keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one' }],
      });
      const counted: JWTVerifyGetKey = (...given) => ((asked += 1), keys(...given));
      counting = new JwtVerifier(ISSUER, counted, () => now);
    });

    it('does not verify the signature again for a minute, and then does', async () => {
      const mine = await token(claims);
      const actor = await counting.verify(mine);
      now = START + VERIFIED_GOOD_MS - 1;
      expect(await counting.verify(mine)).toEqual(actor);
      expect(asked).toBe(1);
      now = START + VERIFIED_GOOD_MS;
      expect(await counting.verify(mine)).toEqual(actor);
      expect(asked).toBe(2);
    });

    it('refuses it from the second it has ended, within that minute too', async () => {
      const mine = await token(claims, { expires: '20s' });
      await counting.verify(mine);
      now = START + 40_000;
      await expect(counting.verify(mine)).rejects.toThrow(TokenRefused);
    });

    it('verifies it again where the clock was set back', async () => {
      const mine = await token(claims);
      await counting.verify(mine);
      now = START - 1_000;
      await counting.verify(mine);
      expect(asked).toBe(2);
    });

    it('takes no other for it, not with one letter changed', async () => {
      const mine = await token(claims);
      await counting.verify(mine);
      const [header, payload, signature] = mine.split('.');
      const swapped = `${signature!.startsWith('A') ? 'B' : 'A'}${signature!.slice(1)}`;
      const forged = [header, payload, swapped].join('.');
      await expect(counting.verify(forged)).rejects.toThrow(TokenRefused);
    });
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
