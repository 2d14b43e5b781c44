import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpCommands } from './commands.js';
import { CopyRefused, HttpCopiesOfRecords } from './copies-of-records.js';
import { VaultUnreachable } from './asking-vault.js';
import { HttpErasing } from './erasing.js';
import { HttpDraftSealing, HttpLookingUp, HttpRevealing } from './http-vault.js';
import { HttpSharingAgreements } from './sharing-agreements.js';
import { HttpTellings, TOLD_AT_ONCE_MAX } from './tellings.js';

interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** An app that answers as a test says. */
describe('asking other apps over HTTP', () => {
  let server: Server;
  let address: URL;
  let asked: Asked[] = [];
  let answer: (response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const path = request.url ?? '';
        asked.push({
          path,
          headers: request.headers,
          body: text === '' ? undefined : JSON.parse(text),
        });
        answer(response);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
  });

  const json = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    answer = (response) => response.writeHead(status, headers).end(JSON.stringify(body));
  };
  const command = {
    path: '/v1/contacts/1/rating',
    body: { rating: 'red' },
    idempotencyKey: 'key-12345',
    ifMatch: 'tag-1',
  };
  const send = () => new HttpCommands(address).send('token', command);

  it('sends a command with the person’s own token, its key and its tag', async () => {
    json(201, { id: '1' }, { etag: '"tag-2"' });
    expect(await send()).toEqual({ kind: 'done', answer: { id: '1' }, tag: 'tag-2' });
    expect(asked[0]).toMatchObject({
      path: '/v1/contacts/1/rating',
      body: { rating: 'red' },
      headers: {
        authorization: 'Bearer token',
        'idempotency-key': 'key-12345',
        'if-match': '"tag-1"',
      },
    });
  });

  it('says what a refusal says', async () => {
    json(409, {
      type: 'https://common-thread.uk/problems/contact/in-error',
      title: 'This cannot be recorded',
      detail: 'It is closed.',
    });
    expect(await send()).toMatchObject({
      kind: 'refused',
      slug: 'contact/in-error',
      detail: 'It is closed.',
      errors: [],
    });
  });

  it('says that it has changed, with the new tag alone', async () => {
    json(412, {}, { etag: '"tag-3"' });
    expect(await send()).toEqual({ kind: 'changed', tag: 'tag-3' });
  });

  it.each([500, 502, 503, 401, 429])('relies on no answer of %i', async (status) => {
    json(status, {});
    expect(await send()).toEqual({ kind: 'unavailable' });
  });

  it('relies on nothing where nobody answers', async () => {
    const nobody = new HttpCommands(new URL('http://127.0.0.1:9'));
    expect(await nobody.send('token', command)).toEqual({ kind: 'unavailable' });
  });

  const page = {
    purpose: 'triage',
    page: 'hub/contact',
    about: ['family/1'],
    requests: [{ box: 'box.v1.a.b', field: 'givenName', line: 'family/1' }],
  } as const;

  it('reveals a page in one request', async () => {
    json(200, { revealed: [{ text: 'Wren' }] });
    expect(await new HttpRevealing(address).reveal('token', page)).toEqual([{ text: 'Wren' }]);
    expect(asked).toMatchObject([{ path: '/v1/reveal', body: page }]);
  });

  it.each([
    ['answers something else than was asked', 200, { revealed: [] }],
    ['is behind the log', 503, {}],
  ])('counts a vault as out of reach that %s', async (_, status, body) => {
    json(status, body);
    await expect(new HttpRevealing(address).reveal('token', page)).rejects.toThrow(
      VaultUnreachable,
    );
  });

  it('asks a vault what is due, and relies on nothing else it might say', async () => {
    const erasing = new HttpErasing(address);
    json(200, { asOf: '2026-03-02', until: '2027-03-02', due: [], more: 0, notCounted: 0 });
    expect(await erasing.due('token')).toMatchObject({ until: '2027-03-02', due: [] });
    expect(asked).toMatchObject([{ path: '/v1/erasures/due' }]);
    json(404, {});
    expect(await erasing.of('token', '1')).toBeUndefined();
    // Told to nobody but an officer: whoever asks for a list is one.
    await expect(erasing.due('token')).rejects.toThrow(VaultUnreachable);
    json(503, {});
    await expect(erasing.of('token', '1')).rejects.toThrow(VaultUnreachable);
    await expect(erasing.all('token')).rejects.toThrow(VaultUnreachable);
  });

  it('asks a vault for requests for copies, and never takes silence for none', async () => {
    const copies = new HttpCopiesOfRecords(address);
    json(200, { requests: [] });
    expect(await copies.list('token')).toEqual([]);
    expect(asked).toMatchObject([{ path: '/v1/subject-access/requests' }]);
    const sent = {
      key: '2',
      personId: '3',
      askedBy: 'self',
      receivedOn: '2026-03-02',
      reason: 'Seen.',
    } as const;
    for (const [status, isNew] of [
      [201, true],
      [200, false],
    ] as const) {
      json(status, { requestId: '1' });
      expect(await copies.request('token', sent)).toMatchObject({
        isNew,
        request: { requestId: '1' },
      });
    }
    json(404, {});
    expect(await copies.of('token', '1')).toBeUndefined();
    await expect(copies.list('token')).rejects.toThrow(VaultUnreachable);
    await expect(copies.make('token', '1')).rejects.toThrow(CopyRefused);
    json(409, { detail: 'Speak to the manager.' });
    await expect(copies.make('token', '1')).rejects.toThrow('Speak to the manager.');
    json(401, {});
    await expect(copies.make('token', '1')).rejects.toThrow('Your sign-in has ended');
    // A page knows what to say of a vault that does not answer; it was sent nothing to refuse.
    await expect(copies.list('token')).rejects.toThrow(VaultUnreachable);
    await expect(copies.of('token', '1')).rejects.toThrow(VaultUnreachable);
    await expect(copies.withheld('token', '1')).rejects.toThrow(VaultUnreachable);
    json(503, {});
    await expect(copies.make('token', '1')).rejects.toThrow(VaultUnreachable);
  });

  it('asks a relay about as many facts as it takes at once, and gives no part for the whole', async () => {
    const eventIds = Array.from({ length: TOLD_AT_ONCE_MAX + 1 }, (_, nth) => `event ${nth}`);
    const about = { personId: '1', eventIds, lines: ['family/2'] };
    json(200, [{ eventId: 'event 1' }]);
    const tellings = new HttpTellings(address);
    expect(await tellings.about('token', about)).toHaveLength(2);
    expect(asked.map(({ path }) => path)).toEqual(['/v1/tellings/about', '/v1/tellings/about']);
    expect(asked.map(({ body }) => (body as typeof about).eventIds.length)).toEqual([
      TOLD_AT_ONCE_MAX,
      1,
    ]);
    answer = (response) =>
      response
        .writeHead(asked.length % 2 === 1 ? 200 : 503)
        .end(JSON.stringify([{ eventId: 'event 1' }]));
    expect(await tellings.about('token', about)).toBeUndefined();
  });

  it('asks a vault for agreements, and takes what is no answer for none', async () => {
    const agreements = new HttpSharingAgreements(address);
    const known = { asOf: '2026-03-02T10:00:00.000Z', tableVersion: 1 };
    json(200, { ...known, agreements: [] });
    expect(await agreements.all('token')).toEqual({ ...known, agreements: [] });
    expect(asked).toMatchObject([{ path: '/v1/agreements' }]);
    json(404, {});
    expect(await agreements.of('token', '1')).toBeUndefined();
    await expect(agreements.all('token')).rejects.toThrow(VaultUnreachable);
    // An empty list would say that nothing is shared.
    json(200, {});
    await expect(agreements.all('token')).rejects.toThrow(VaultUnreachable);
    json(503, {});
    await expect(agreements.of('token', '1')).rejects.toThrow(VaultUnreachable);
  });

  it('looks people up in the body, never in the address', async () => {
    json(200, { matches: [{ personId: '1', familyIds: ['2'] }], speakTo: ['hub-manager'] });
    const query = { familyName: 'Quillfeather', dateOfBirth: '2023-03-12' };
    expect(await new HttpLookingUp(address).lookUp('token', query)).toEqual({
      matches: [{ personId: '1', familyIds: ['2'] }],
      speakTo: ['hub-manager'],
    });
    expect(asked).toMatchObject([{ path: '/v1/look-up', body: query }]);
  });

  it('keeps drafts as itself, and opens none that are not this owner’s', async () => {
    const drafts = new HttpDraftSealing(address, async () => 'own token');
    json(200, { sealed: 'box.v1.a.b' });
    expect(await drafts.seal('worker-1', 'refer-family', 'typed')).toBe('box.v1.a.b');
    expect(asked[0]?.headers.authorization).toBe('Bearer own token');
    json(404, {});
    expect(await drafts.open('worker-2', 'refer-family', 'box.v1.a.b')).toBeUndefined();
    answer = (response) => response.writeHead(204).end();
    await drafts.discard('worker-1', 'refer-family', 'box.v1.a.b');
    expect(asked.at(-1)?.path).toBe('/v1/drafts/discard');
  });

  it('keeps nothing where it gets no token of its own', async () => {
    const drafts = new HttpDraftSealing(address, () => Promise.reject(new Error('no issuer')));
    await expect(drafts.seal('worker-1', 'refer-family', 'typed')).rejects.toThrow(
      VaultUnreachable,
    );
  });
});
