import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsIn, IsString, MaxLength } from 'class-validator';
import type { Actor } from './actor.js';
import { createHttpApp } from './http-app.js';
import { Log } from './log.js';
import { problems } from './problem.js';
import { CountedApart } from './request-limit.js';
import type { SignedInCaller } from './signed-in.js';
import { Caller, OpenToAnybody } from './signed-in.js';
import { TokenRefused, TokenVerifier } from './token-verifier.js';

class Note {
  @IsIn(['1', '2'])
  level!: string;

  @IsString()
  @MaxLength(100)
  concern!: string;
}

@Controller('v1')
class Notes {
  @Post('notes')
  keep(@Body() note: Note, @Caller() caller: SignedInCaller): object {
    return { length: note.concern.length, recipient: caller.actor.recipient };
  }

  @Get('people/:personId')
  @OpenToAnybody()
  show(@Param('personId') personId: string): never {
    throw new RangeError(`no record of ${personId}`);
  }

  @Get('changed')
  @OpenToAnybody()
  changed(): never {
    throw problems.preconditionFailed('c0ffee');
  }

  @Get('asked-for-them')
  @CountedApart()
  @OpenToAnybody()
  askedForThem(): object {
    return {};
  }
}

@Module({ controllers: [Notes] })
class NotesModule {}

const worker: Actor = {
  id: 'worker-1',
  organisation: 'larkfield-centres',
  audience: 'childrens-centre',
  recipient: 'larkfield-centres.childrens-centre',
  role: 'centre-worker',
  places: [],
  kind: 'person',
};

class OneToken extends TokenVerifier {
  async verify(token: string): Promise<Actor> {
    if (token !== 'good') throw new TokenRefused('no');
    return worker;
  }
}

const CANARY = 'Quillfeather';

describe('an app on HTTP', () => {
  let app: NestFastifyApplication;
  let logged = '';

  beforeAll(async () => {
    const log = new Log({ app: 'notes', destination: { write: (line) => void (logged += line) } });
    app = await createHttpApp(NotesModule, {
      log,
      tokens: new OneToken(),
      bodyBytesMax: 2_000,
      health: { database: async () => undefined, vault: () => Promise.reject(new Error(CANARY)) },
    });
    await app.init();
  });
  afterAll(() => app.close());

  const post = (payload: unknown, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/v1/notes',
      headers: { authorization: 'Bearer good', 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });

  it('answers somebody signed in, tells nobody to keep it, and gives no weak tag', async () => {
    const answer = await post({ level: '1', concern: 'short' });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ length: 5, recipient: worker.recipient });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers.etag).toBeUndefined();
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
  });

  it('points at what is wrong without repeating it', async () => {
    const answer = await post({ level: CANARY, concern: 5, [CANARY]: 'x' });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      type: 'https://common-thread.uk/problems/invalid-body',
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: '/level' }),
        expect.objectContaining({ pointer: '/concern' }),
        { pointer: '/', detail: 'holds a field that is not known here; remove it' },
      ]) as unknown,
    });
    expect(answer.body).not.toContain(CANARY);
  });

  it.each([
    ['NUL', { level: '1', concern: 'a\0b' }, 422, 'invalid-body'],
    ['half of a surrogate pair', '{"level":"1","concern":"\\ud800"}', 422, 'invalid-body'],
    ['a body that is not JSON', `{"concern":"${CANARY}`, 400, 'malformed-body'],
    ['a body too large', { level: '1', concern: CANARY.repeat(500) }, 413, 'body-too-large'],
    ['a prototype', '{"__proto__":{"level":"1"}}', 400, 'malformed-body'],
    ['a list for an object', [1], 422, 'invalid-body'],
  ])('refuses %s clearly', async (_, payload, status, slug) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(status);
    expect(answer.json<{ type: string }>().type).toMatch(new RegExp(`/${slug}$`));
    expect(answer.body).not.toContain(CANARY);
  });

  it('refuses a media type it does not read', async () => {
    const answer = await post('<x/>', { 'content-type': 'text/xml' });
    expect(answer.statusCode).toBe(415);
  });

  it.each([
    ['no token', { authorization: '' }],
    ['a token it does not accept', { authorization: 'Bearer bad' }],
    ['something else than a bearer token', { authorization: 'Basic eDp5' }],
  ])('turns away %s', async (_, headers) => {
    const answer = await post({ level: '1', concern: 'x' }, headers);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });

  it('carries the new tag alone when something has changed', async () => {
    const answer = await app.inject({ url: '/v1/changed' });
    expect(answer.statusCode).toBe(412);
    expect(answer.headers.etag).toBe('"c0ffee"');
  });

  it('answers not found for what is not there', async () => {
    const answer = await app.inject({ url: `/v1/${CANARY}` });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ status: 404, title: 'Not found' });
    expect(answer.body).not.toContain(CANARY);
  });

  it('returns the ids it was given, and its own where they are not ids', async () => {
    const id = '0b0e0b0e-0000-4000-8000-000000000001';
    const given = await app.inject({
      url: '/health/live',
      headers: { 'x-request-id': id, 'x-correlation-id': CANARY },
    });
    expect(given.headers['x-request-id']).toBe(id);
    expect(given.headers['x-correlation-id']).toBe(id);
  });

  it('is ready only while everything it stands on answers, and says what does not', async () => {
    const answer = await app.inject({ url: '/health/ready' });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('"vault"');
    expect(answer.body).not.toContain(CANARY);
  });

  it('logs nothing of a body, a header, a path, a query or a thrown error', async () => {
    await post({ level: '1', concern: CANARY }, { 'x-request-id': CANARY, 'user-agent': CANARY });
    await app.inject({ url: `/v1/people/${CANARY}?name=${CANARY}`, headers: { referer: CANARY } });
    await app.inject({ url: `/${CANARY}` });
    expect(logged).toContain('"route":"/v1/people/:personId"');
    expect(logged).toContain('"error":"RangeError"');
    expect(logged).not.toContain(CANARY);
  });
});

describe('an app asked too often', () => {
  it('tells that caller to wait and goes on answering the others', async () => {
    const log = new Log({ app: 'notes', destination: { write: () => undefined } });
    const limit = { requestsMax: 2, windowMs: 60_000 };
    const app = await createHttpApp(NotesModule, { log, tokens: new OneToken(), limit });
    await app.init();
    const ask = (headers: Record<string, string> = {}) =>
      app.inject({ method: 'GET', url: '/v1/changed', headers });
    const colleague = { authorization: 'Bearer good' };
    const sent = [await ask(), await ask(), await ask(), await ask(colleague)];
    expect(sent.map(({ statusCode }) => statusCode)).toEqual([412, 412, 429, 412]);
    expect(Number(sent[2]!.headers['retry-after'])).toBeGreaterThan(0);
    expect(sent[2]!.json()).toMatchObject({
      type: 'https://common-thread.uk/problems/too-many-requests',
      status: 429,
    });
    await app.close();
  });

  it('counts apart what apps ask in somebody’s name', async () => {
    const log = new Log({ app: 'notes', destination: { write: () => undefined } });
    const limit = { requestsMax: 2, windowMs: 60_000 };
    const app = await createHttpApp(NotesModule, { log, tokens: new OneToken(), limit });
    await app.init();
    const [own, theirs] = ['/v1/changed', '/v1/asked-for-them'];
    const answer = await app.inject({ url: theirs, remoteAddress: '192.0.2.1' });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('x-rate'))).toEqual([]);
    const ask = async (url: string) => (await app.inject({ url })).statusCode;
    const sent = [await ask(own), await ask(theirs), await ask(theirs), await ask(theirs)];
    expect([...sent, await ask(own), await ask(own)]).toEqual([412, 200, 200, 429, 412, 429]);
    await app.close();
  });
});
