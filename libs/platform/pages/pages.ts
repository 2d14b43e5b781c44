import cookie from '@fastify/cookie';
import session from '@fastify/session';
import type { DynamicModule } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import type { Actor } from '../actor.js';
import type { DraftSealing } from '../drafts.js';
import type { PagesSupport } from '../http-app.js';
import type { Log } from '../log.js';
import type { TokenVerifier } from '../token-verifier.js';
import { Assets } from './assets.js';
import { FormTokens } from './form-token.js';
import type { Freshness } from './freshness.js';
import type { IssuerClient } from './issuer-client.js';
import { KeptForms } from './kept-forms.js';
import type { ServiceNames } from './layout.js';
import { Layout } from './layout.js';
import { PageSessions } from './page-sessions.js';
import { problemPage } from './problem-page.js';
import { sessionLimits } from './session-limits.js';
import { PostgresSessions } from './session-store.js';
import type { SignInParts } from './sign-in-pages.js';
import { SIGN_IN_PARTS, SignInPages } from './sign-in-pages.js';
import { Templates } from './templates.js';

export interface AgencyPagesOptions {
  readonly names: ServiceNames;
  readonly recipient: string;
  /** Who works with these pages. */
  readonly admits: (actor: Actor) => boolean;
  readonly log: Log;
  readonly tokens: TokenVerifier;
  readonly issuer: IssuerClient;
  /** The agency's own database and the schema of its own tables in it. */
  readonly pool: Pool;
  readonly schema: string;
  /** At least 32 characters; the same on every instance of one app, and kept secret. */
  readonly sessionSecret: string;
  readonly drafts: DraftSealing;
  readonly freshness: Freshness;
  /** Origins a form's answer may lead to: the issuer's, when signing out. */
  readonly formsLeadTo: readonly string[];
  /** Whether browsers reach the pages by HTTPS. */
  readonly secureCookies: boolean;
}

export interface AgencyPages extends PagesSupport {
  readonly kept: KeptForms;
}

class SignInModule {}

/** Everything an agency's pages share: sign-in, sessions, forms that are kept, layout and assets. */
export async function createAgencyPages(options: AgencyPagesOptions): Promise<AgencyPages> {
  const { pool, schema, sessionSecret, tokens, issuer, names, formsLeadTo } = options;
  const sessions = new PostgresSessions(pool, schema, sessionSecret, sessionLimits);
  const kept = new KeptForms(pool, schema, options.drafts);
  await sessions.createTable();
  await kept.createTable();
  const formTokens = new FormTokens(sessionSecret);
  const assets = new Assets();
  const layout = new Layout(names, new Templates(), assets, {
    formTokens,
    freshness: options.freshness,
    limits: sessionLimits,
  });
  return {
    kept,
    drawing: layout,
    problemPage: problemPage(layout),
    sessions: new PageSessions(sessions, issuer, tokens, formTokens, kept, options.admits),
    formsLeadTo,
    module: signInModule({ ...options, organisation: names.organisation, kept }),
    register: (fastify) => register(fastify, assets, sessions, options),
  };
}

function signInModule(parts: SignInParts): DynamicModule {
  return {
    module: SignInModule,
    controllers: [SignInPages],
    providers: [{ provide: SIGN_IN_PARTS, useValue: parts }],
  };
}

async function register(
  fastify: FastifyInstance,
  assets: Assets,
  sessions: PostgresSessions,
  options: AgencyPagesOptions,
): Promise<void> {
  await assets.register(fastify);
  await fastify.register(cookie);
  await fastify.register(session, {
    secret: options.sessionSecret,
    // Cookies ignore ports, so that agencies on one machine must not share a name.
    cookieName: `common-thread-${options.recipient.replaceAll('.', '-')}`,
    cookie: {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: options.secureCookies,
    },
    store: sessions,
    saveUninitialized: false,
    rolling: false,
  });
}
