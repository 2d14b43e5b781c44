import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor } from './actor.js';
import {
  carries,
  HttpStanding,
  KeptStanding,
  Standing,
  STANDING_GOOD_MS,
  StandingVerifier,
} from './standing.js';
import { TokenRefused, TokenVerifier } from './token-verifier.js';

const worker: Actor = {
  id: 'larkfield-worker-3',
  organisation: 'larkfield-centres',
  audience: 'childrens-centre',
  recipient: 'larkfield-centres.childrens-centre',
  role: 'centre-worker',
  places: ['peatcutters-centre', 'larkfield-centre'],
  kind: 'person',
};

/** A vault that says what the test does, once the test lets it. */
class Vault extends Standing {
  asked = 0;
  answer: () => Promise<boolean> = async () => true;

  holds(): Promise<boolean> {
    this.asked += 1;
    return this.answer();
  }
}

describe('a part of somebody’s work', () => {
  it.each([
    ['everything', '', true],
    ['role', 'centre-worker', true],
    ['role', 'hub-triage', false],
    ['place', 'peatcutters-centre', true],
    ['place', 'brook-centre', false],
  ] as const)('is in a token or not: %s %s', (what, named, isCarried) => {
    expect(carries(worker, { what, named })).toBe(isCarried);
  });

  it('is every place where a token names none', () => {
    const everywhere = { ...worker, places: [] };
    expect(carries(everywhere, { what: 'place', named: 'anywhere' })).toBe(true);
  });
});

describe('answers about somebody’s standing', () => {
  let now: number;
  let vault: Vault;
  let kept: KeptStanding;
  beforeEach(() => {
    now = 0;
    vault = new Vault();
    kept = new KeptStanding(vault, () => now);
  });
  const holds = (actor = worker) => kept.holds(actor, 'token');

  it('are kept for as long as they are good, counted from when they were asked for', async () => {
    let answer: (holds: boolean) => void = () => undefined;
    vault.answer = () => new Promise((resolve) => void (answer = resolve));
    const [first, second] = [holds(), holds()];
    now = STANDING_GOOD_MS - 1;
    answer(true);
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(await holds()).toBe(true);
    expect(vault.asked).toBe(1);
    now = STANDING_GOOD_MS;
    vault.answer = async () => false;
    expect(await holds()).toBe(false);
    expect(vault.asked).toBe(2);
  });

  it('are not shared between two roles, nor between two places, of one person', async () => {
    await holds();
    await holds({ ...worker, places: ['larkfield-centre'] });
    await holds({ ...worker, role: 'health-visitor' });
    expect(vault.asked).toBe(3);
  });

  it('are asked for again after a refusal and after a fault', async () => {
    vault.answer = async () => false;
    expect(await holds()).toBe(false);
    vault.answer = () => Promise.reject(new Error('away'));
    await expect(holds()).rejects.toThrow('away');
    vault.answer = async () => true;
    expect(await holds()).toBe(true);
  });
});

describe('a token', () => {
  class Tokens extends TokenVerifier {
    actor = worker;

    async verify(): Promise<Actor> {
      return this.actor;
    }
  }

  it('is refused once it says what has been taken away, and told what to do', async () => {
    const vault = new Vault();
    const verifier = new StandingVerifier(new Tokens(), vault);
    expect(await verifier.verify('token')).toEqual(worker);
    vault.answer = async () => false;
    await expect(verifier.verify('token')).rejects.toMatchObject({
      status: 401,
      slug: 'standing-ended',
      detail: expect.stringContaining('Sign in again') as string,
    });
  });

  it('of a system is not asked about', async () => {
    const [vault, tokens] = [new Vault(), new Tokens()];
    tokens.actor = { ...worker, kind: 'system', role: 'subscriber-system' };
    await new StandingVerifier(tokens, vault).verify('token');
    expect(vault.asked).toBe(0);
  });

  it.each([
    [204, undefined, true],
    [401, 'standing-ended', false],
    [401, 'token-refused', TokenRefused],
    [503, 'unavailable', { slug: 'unavailable', status: 503 }],
    [200, undefined, { slug: 'unavailable', status: 503 }],
  ])('is judged by a vault that answers %s %s', async (status, slug, expected) => {
    const server = createServer((request, response) => {
      expect(request.url).toBe('/v1/standing');
      expect(request.headers.authorization).toBe('Bearer token');
      response.writeHead(status);
      response.end(slug && JSON.stringify({ type: `https://common-thread.uk/problems/${slug}` }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const asked = new HttpStanding(new URL(`http://127.0.0.1:${port}`)).holds(worker, 'token');
    if (typeof expected === 'boolean') expect(await asked).toBe(expected);
    else if (typeof expected === 'function') await expect(asked).rejects.toThrow(expected);
    else await expect(asked).rejects.toMatchObject(expected);
    await new Promise((resolve) => server.close(resolve));
  });

  it('is neither let in nor refused while the vault cannot be reached', async () => {
    const nowhere = new HttpStanding(new URL('http://127.0.0.1:9'));
    await expect(nowhere.holds(worker, 'token')).rejects.toMatchObject({ status: 503 });
  });
});
