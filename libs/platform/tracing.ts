import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { correlationIdOf } from './correlation.js';
import type { LogFields } from './log.js';

/** Something that takes a while, as whoever traces our processes is told of it. */
export interface Span {
  /** As the header of that name carries it to another process. */
  readonly traceparent: string;
  /** What is told of it is what may stand in a log; of an error its class and code. */
  end(fields: LogFields, error?: unknown): void;
}

/** Begins a span below the one that a `traceparent` names, else one of its own. */
export type BeginSpan = (
  name: string,
  kind: 'request' | 'work',
  parent: string | undefined,
) => Span;

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

const current = new AsyncLocalStorage<Span>();
let begin: BeginSpan | undefined;

/** From now on spans are begun so; none are where it is undefined, as at the start. */
export function tellSpansTo(beginSpan: BeginSpan | undefined): void {
  begin = beginSpan;
}

/** For a question to another process of ours: what it does belongs to what is done here. */
export function currentTraceparent(): string | undefined {
  return current.getStore()?.traceparent;
}

/** Does the work, as a span where somebody traces. The name is a literal of ours. */
export function traced<Result>(
  name: string,
  fields: LogFields,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!begin) return work();
  const span = begin(name, 'work', currentTraceparent());
  return current.run(span, work).then(
    (result) => {
      span.end(fields);
      return result;
    },
    (error: unknown) => {
      span.end(fields, error);
      throw error;
    },
  );
}

/** A span for each request, by the template of its route: never by the address asked for. */
export function traceRequests(fastify: FastifyInstance): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  const within = (request: FastifyRequest, go: () => void) => {
    const span = spans.get(request);
    if (span) current.run(span, go);
    else go();
  };
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (begin) {
      const name = `${request.method} ${request.routeOptions.url ?? 'no route'}`;
      spans.set(request, begin(name, 'request', parentOf(request)));
    }
    within(request, done);
  });
  // Reading a body leaves the request's own context.
  fastify.addHook('preValidation', (request, _reply, done) => within(request, done));
  fastify.addHook('onResponse', async (request, reply) => {
    const { url } = request.routeOptions;
    spans.get(request)?.end({
      requestId: request.id,
      correlationId: correlationIdOf(request),
      method: request.method,
      ...(url === undefined ? {} : { route: url }),
      status: reply.statusCode,
    });
  });
}

function parentOf({ headers }: FastifyRequest): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' && TRACEPARENT.test(traceparent)
    ? traceparent
    : undefined;
}
