import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import type { DynamicModule, Type } from '@nestjs/common';
import {
  APP_FILTER,
  APP_GUARD,
  APP_INTERCEPTOR,
  APP_PIPE,
  NestFactory,
  Reflector,
} from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TerminusModule } from '@nestjs/terminus';
import type { FastifyInstance } from 'fastify';
import 'reflect-metadata';
import type { Actor } from './actor.js';
import { correlationIdOf, requestIdOf } from './correlation.js';
import type { HealthChecks } from './health.js';
import { Health, HEALTH_CHECKS } from './health.js';
import { closeWhenAnswered } from './in-flight.js';
import type { Log } from './log.js';
import { NestLog } from './nest-log.js';
import type { PageDrawing } from './pages/page.js';
import { PageAnswers } from './pages/page.js';
import type { ProblemPage } from './problem-filter.js';
import { ProblemFilter } from './problem-filter.js';
import type { RequestLimit } from './request-limit.js';
import { limitRequests, requestLimit } from './request-limit.js';
import type { CallerBySession } from './signed-in.js';
import { callerIfAny, SignedIn } from './signed-in.js';
import { StrictBody } from './strict-body.js';
import type { TokenVerifier } from './token-verifier.js';
import { traceRequests } from './tracing.js';

/** What pages add to an app: sessions, assets, forms, and refusals told as pages. */
export interface PagesSupport {
  /** The pages' own routes: signing in and out, forms that were kept. */
  readonly module?: DynamicModule;
  readonly sessions?: CallerBySession;
  readonly drawing: PageDrawing;
  readonly problemPage: ProblemPage;
  /** Origins a form's answer may lead to beside our own: the issuer's, when signing out. */
  readonly formsLeadTo: readonly string[];
  /** Registers cookies, sessions and assets, before any route. */
  register(fastify: FastifyInstance): Promise<void>;
}

export interface HttpAppOptions {
  readonly log: Log;
  readonly tokens: TokenVerifier;
  readonly health?: HealthChecks;
  /** Largest body in bytes; default 256 KiB. */
  readonly bodyBytesMax?: number;
  /** `requestLimit` where it is left out. */
  readonly limit?: RequestLimit;
  readonly pages?: PagesSupport;
  /** Who may use this app at all; everybody with a token of ours where it is left out. */
  readonly admits?: (actor: Actor) => boolean;
}

class HttpRoot {}

/** A Nest app on Fastify as every app of ours is: not listening yet. */
export async function createHttpApp(
  module: Type | DynamicModule,
  options: HttpAppOptions,
): Promise<NestFastifyApplication> {
  const bodyBytesMax = options.bodyBytesMax ?? 256 * 1024;
  const adapter = new FastifyAdapter({
    bodyLimit: bodyBytesMax,
    genReqId: requestIdOf,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    rootOf(module, options, bodyBytesMax),
    adapter,
    {
      logger: new NestLog(options.log),
      abortOnError: false,
      // Fastify's own JSON parser refuses prototypes; nothing but pages reads forms.
      bodyParser: false,
    },
  );
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  closeWhenAnswered(fastify);
  traceRequests(fastify);
  addHooks(fastify, options.log);
  await app.register(helmet, securityHeaders(options.pages));
  await limitRequests(app, options.limit ?? requestLimit);
  if (options.pages) {
    await app.register(formbody, { bodyLimit: bodyBytesMax });
    await options.pages.register(fastify);
  }
  return app;
}

function rootOf(
  module: Type | DynamicModule,
  options: HttpAppOptions,
  bodyBytesMax: number,
): DynamicModule {
  const { log, tokens, pages } = options;
  return {
    module: HttpRoot,
    imports: [
      module,
      TerminusModule.forRoot({ logger: false }),
      ...(pages?.module ? [pages.module] : []),
    ],
    controllers: [Health],
    providers: [
      { provide: HEALTH_CHECKS, useValue: options.health ?? {} },
      {
        provide: APP_FILTER,
        useFactory: () => new ProblemFilter(log, bodyBytesMax, pages?.problemPage),
      },
      { provide: APP_PIPE, useClass: StrictBody },
      ...(pages
        ? [{ provide: APP_INTERCEPTOR, useFactory: () => new PageAnswers(pages.drawing) }]
        : []),
      {
        provide: APP_GUARD,
        inject: [Reflector],
        useFactory: (reflector: Reflector) =>
          new SignedIn(reflector, tokens, pages?.sessions, options.admits),
      },
    ],
  };
}

/** Ids on every answer, `no-store` unless an asset says otherwise, and one log line a request. */
function addHooks(fastify: FastifyInstance, log: Log): void {
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-correlation-id', correlationIdOf(request));
  });
  fastify.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const actor = callerIfAny(request)?.actor;
    log.info('request.completed', {
      requestId: request.id,
      correlationId: correlationIdOf(request),
      method: request.method,
      ...(request.routeOptions.url ? { route: request.routeOptions.url } : {}),
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
      ...(actor ? { actorId: actor.id, organisation: actor.organisation } : {}),
    });
  });
}

function securityHeaders(pages: PagesSupport | undefined) {
  return {
    enableCSPNonces: pages !== undefined,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'", ...(pages?.formsLeadTo ?? [])],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' as const },
  };
}
