import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Registry } from 'prom-client';

/**
 * A port for whoever runs the process: `/health/live`, `/health/ready` and `/metrics`. It answers from the
 * first moment, before there is an app, so that a process that waits for its engines can say for which.
 */
export class Operations {
  readonly metrics = new Registry();
  readonly #server: Server;
  #app: NestFastifyApplication | undefined;
  #waitingFor: string | undefined;
  #stopping = false;

  constructor() {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://operations');
      void this.#answer(pathname, response);
    });
  }

  async listen(port: number, host: string): Promise<void> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
  }

  /** `what` is shown to anybody who asks whether the process is ready. */
  waitingFor(what: string | undefined): void {
    this.#waitingFor = what;
  }

  /** From now on the app says itself whether it is ready. */
  running(app: NestFastifyApplication): void {
    this.#app = app;
  }

  stopping(): void {
    this.#stopping = true;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  async #answer(path: string, response: ServerResponse): Promise<void> {
    try {
      if (path === '/health/live') return json(response, 200, { status: 'ok' });
      if (path === '/health/ready') return await this.#tellReadiness(response);
      if (path !== '/metrics') return json(response, 404, { status: 'not-found' });
      const text = await this.metrics.metrics();
      response.writeHead(200, { 'content-type': this.metrics.contentType }).end(text);
    } catch {
      json(response, 500, { status: 'error' });
    }
  }

  async #tellReadiness(response: ServerResponse): Promise<void> {
    if (this.#stopping) return json(response, 503, { status: 'stopping' });
    if (!this.#app) {
      const waiting = this.#waitingFor === undefined ? {} : { waitingFor: this.#waitingFor };
      return json(response, 503, { status: 'starting', ...waiting });
    }
    const { statusCode, body } = await this.#app.inject({ url: '/health/ready' });
    response.writeHead(statusCode, { 'content-type': 'application/json' }).end(body);
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
