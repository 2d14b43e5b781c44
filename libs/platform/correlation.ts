import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The caller's own request id where it is a UUID; anything else could be somebody's name. */
export function requestIdOf(raw: Pick<IncomingMessage, 'headers'>): string {
  return uuidIn(raw.headers['x-request-id']) ?? randomUUID();
}

/** Ties together what one thing done by a person sets off across apps; starts as the request id. */
export function correlationIdOf(request: FastifyRequest): string {
  return uuidIn(request.headers['x-correlation-id']) ?? request.id;
}

function uuidIn(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && UUID.test(header) ? header.toLowerCase() : undefined;
}
