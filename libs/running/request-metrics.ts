import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Registry } from 'prom-client';
import { Gauge, Histogram } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** How long requests take, by the template of their route: never by the address asked for. */
export function measureRequests(app: NestFastifyApplication, metrics: Registry): void {
  const durations = new Histogram({
    name: 'common_thread_http_request_seconds',
    help: 'Duration of requests, by route template and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [metrics],
  });
  const inFlight = new Gauge({
    name: 'common_thread_http_requests_in_flight',
    help: 'Requests that have come and have not been answered',
    registers: [metrics],
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (_request, reply) => {
    inFlight.inc();
    reply.raw.once('close', () => inFlight.dec());
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const status = String(reply.statusCode);
    durations.observe({ method: request.method, route, status }, reply.elapsedTime / 1_000);
  });
}
