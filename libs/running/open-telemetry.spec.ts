import { Body, Controller, Inject, Module, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsOptional, IsString } from 'class-validator';
import type { Actor } from '@common-thread/platform/actor';
import { ask } from '@common-thread/platform/asking';
import { createHttpApp } from '@common-thread/platform/http-app';
import { Log } from '@common-thread/platform/log';
import { TokenVerifier } from '@common-thread/platform/token-verifier';
import { tellSpansTo, traced } from '@common-thread/platform/tracing';
import { sourceFiles } from '../../test/architecture/source-files.js';
import { TraceReceiver } from '../../test/distributed/trace-receiver.js';
import type { OpenTelemetry } from './open-telemetry.js';
import { openTelemetry } from './open-telemetry.js';

const CANARY = 'Quillfeather';
const NEXT = Symbol('next app');

class Note {
  @IsString()
  concern!: string;
}
class Search {
  @IsOptional()
  @IsString()
  name?: string;
}

/** Passes on what it is told to the next app, where there is one. */
@Controller('v1/notes')
class Notes {
  constructor(@Inject(NEXT) private readonly next: URL | null) {}

  @Post()
  async keep(@Body() note: Note, @Query() _search: Search): Promise<object> {
    if (!this.next) return {};
    const question = { path: '/v1/notes', accessToken: 'good', body: note, timeoutMs: 5_000 };
    const answer = await traced('pass on', { reason: CANARY.concat(' Row'), count: 1 }, () =>
      ask(this.next!, question),
    );
    return { status: answer?.status };
  }
}

@Module({ controllers: [Notes] })
class NotesModule {}

class Anybody extends TokenVerifier {
  async verify(): Promise<Actor> {
    return {
      id: 'worker-1',
      organisation: 'larkfield-centres',
      audience: 'childrens-centre',
      recipient: 'larkfield-centres.childrens-centre',
      role: 'centre-worker',
      places: [],
      kind: 'person',
    };
  }
}

describe('traces', () => {
  let receiver: TraceReceiver;
  let telemetry: OpenTelemetry;
  const apps: NestFastifyApplication[] = [];

  beforeAll(async () => {
    receiver = await TraceReceiver.start();
  });
  beforeEach(() => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = receiver.endpoint;
    telemetry = openTelemetry('notes');
    tellSpansTo(telemetry.begin);
    receiver.spans.length = 0;
    receiver.text = '';
  });
  afterEach(async () => {
    tellSpansTo(undefined);
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });
  afterAll(() => receiver.close());

  async function listening(next: URL | null): Promise<URL> {
    const module = { module: NotesModule, providers: [{ provide: NEXT, useValue: next }] };
    const log = new Log({ app: 'notes', level: 'silent' });
    const app = await createHttpApp(module, { log, tokens: new Anybody() });
    apps.push(app);
    await app.listen(0, '127.0.0.1');
    return new URL(await app.getUrl());
  }

  async function post(app: URL, headers: Record<string, string> = {}): Promise<number> {
    const response = await fetch(new URL(`/v1/notes?name=${CANARY}`, app), {
      method: 'POST',
      headers: { authorization: 'Bearer good', 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ concern: `${CANARY} has a bruise` }),
    });
    return response.status;
  }

  it('follow one thing done through each app that has a part in it', async () => {
    const first = await listening(await listening(null));
    const caller = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    expect(await post(first, { traceparent: caller })).toBe(201);
    await telemetry.close();
    const byParent = new Map(receiver.spans.map((span) => [span.parentSpanId, span]));
    const asked = byParent.get('b'.repeat(16));
    const work = byParent.get(asked?.spanId);
    const passedOn = byParent.get(work?.spanId);
    expect([asked, work, passedOn].map((span) => span?.name)).toEqual([
      'POST /v1/notes',
      'pass on',
      'POST /v1/notes',
    ]);
    expect(new Set(receiver.spans.map(({ traceId }) => traceId))).toEqual(
      new Set(['a'.repeat(32)]),
    );
  });

  it('hold ids and codes, and nothing of anybody', async () => {
    expect(await post(await listening(await listening(null)))).toBe(201);
    await telemetry.close();
    expect(receiver.spans).toHaveLength(3);
    expect(receiver.text).not.toContain(CANARY);
    const told = receiver.spans.map(({ name, attributes }) => [
      name,
      Object.keys(attributes).sort(),
    ]);
    const ofRequest = ['correlationId', 'method', 'requestId', 'route', 'status'];
    const named = ofRequest.map((field) => `common_thread.${field}`);
    expect(told).toEqual([
      ['POST /v1/notes', named],
      ['pass on', ['common_thread.count']],
      ['POST /v1/notes', named],
    ]);
  });

  it('tell of an error its class and where it arose, never its words', async () => {
    const failing = traced('fail', {}, async () => {
      throw new RangeError(`no record of ${CANARY}`);
    });
    await expect(failing).rejects.toThrow(RangeError);
    await telemetry.close();
    expect(receiver.spans[0]?.attributes).toMatchObject({ 'common_thread.error': 'RangeError' });
    expect(receiver.text).not.toContain(CANARY);
  });

  it('begin anew where the caller’s header is none', async () => {
    const app = await listening(null);
    for (const traceparent of ['nonsense', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`, CANARY]) {
      expect(await post(app, { traceparent })).toBe(201);
    }
    await telemetry.close();
    expect(receiver.spans.map(({ parentSpanId }) => parentSpanId ?? '')).toEqual(['', '', '']);
    expect(new Set(receiver.spans.map(({ traceId }) => traceId)).size).toBe(3);
  });

  it('are loaded by nobody who does not send them', () => {
    const loads = /from '(@opentelemetry\/|[^']*\/open-telemetry)/;
    const loading = sourceFiles(['apps', 'libs'])
      .filter(({ path, text }) => !path.endsWith('.spec.ts') && loads.test(text))
      .map(({ path }) => path);
    expect(loading).toEqual(['libs/running/open-telemetry.ts']);
    expect(loads.test("import { openTelemetry } from './open-telemetry.js';")).toBe(true);
  });
});
