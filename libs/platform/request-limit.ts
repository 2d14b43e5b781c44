import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';

/** How often one caller may ask one instance of an app. */
export interface RequestLimit {
  readonly requestsMax: number;
  readonly windowMs: number;
}

/**
 * A hundred a second for a minute: far more than a person, or a subscriber that catches up with years of its
 * feed, has need of; far less than it takes to read a county through stolen credentials unnoticed or to keep
 * others from being answered.
 */
export const requestLimit: RequestLimit = { requestsMax: 6_000, windowMs: 60_000 };

/** Answers 429 with `Retry-After` to a caller who asks more often. */
export async function limitRequests(
  app: NestFastifyApplication,
  { requestsMax, windowMs }: RequestLimit,
): Promise<void> {
  await app.register(rateLimit, {
    max: requestsMax,
    timeWindow: windowMs,
    keyGenerator: callerOf,
  });
}

/** How many are left is told with each answer, but of what apps ask: they ask at moments of their own. */
const UNTOLD = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
};

/**
 * A route that apps ask in somebody's name: limited like the others, but counted apart. How many requests are
 * left to a person must not hang on what is asked for them.
 */
export const CountedApart = () => RouteConfig({ rateLimit: { addHeadersOnExceeding: UNTOLD } });

/**
 * Whose requests count together: a token's, a browser's, else an address's. Agencies come through proxies, so
 * that an address alone would have colleagues limit each other. Hashed: what is counted by is no credential.
 */
function callerOf({ headers, ip }: FastifyRequest): string {
  const by = headers.authorization ?? headers.cookie ?? ip;
  return createHash('sha256').update(by).digest('base64url');
}
