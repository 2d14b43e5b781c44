import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** A request that takes longer holds up nobody's closing. */
const WAIT_MS_MAX = 20_000;

/**
 * Lets an app close when what is in flight has been answered: what comes meanwhile is told to come back, and then
 * every connection is ended, also those over which nothing was ever asked.
 */
export function closeWhenAnswered(fastify: FastifyInstance): void {
  const inFlight = new Set<ServerResponse>();
  let answered: () => void = () => undefined;
  fastify.addHook('onRequest', async (_request, reply) => {
    const { raw } = reply;
    inFlight.add(raw);
    const done = () => {
      inFlight.delete(raw);
      if (inFlight.size === 0) answered();
    };
    // Finished is not said where the asker hung up, nor closed where there is no connection.
    raw.once('finish', done);
    raw.once('close', done);
  });
  fastify.addHook('preClose', async () => {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      answered = resolve;
      timer = setTimeout(resolve, WAIT_MS_MAX);
      if (inFlight.size === 0) resolve();
    });
    clearTimeout(timer);
    fastify.server.closeAllConnections();
  });
}
