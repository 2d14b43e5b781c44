import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../actor.js';
import type { Problem } from '../problem.js';
import { isStandingEnded, problems } from '../problem.js';
import type { CallerBySession, SignedInCaller } from '../signed-in.js';
import { SentElsewhere } from '../signed-in.js';
import type { TokenVerifier } from '../token-verifier.js';
import { IssuerUnavailable, TokenRefused } from '../token-verifier.js';
import type { FormOrigin, FormTokens } from './form-token.js';
import type { IssuerClient } from './issuer-client.js';
import type { KeptForms } from './kept-forms.js';
import type { PostgresSessions, SignedInSession } from './session-store.js';
import { sessionName } from './session-store.js';
import { formFields, typedFieldsOf } from './typed-fields.js';

/** A token with less than this left is exchanged before it is used. */
const EXCHANGE_BEFORE_MS = 60_000;

/** Sign-in by session, for pages. */
export class PageSessions implements CallerBySession {
  /** One exchange at a time for each session, so that no refresh token is used twice. */
  readonly #exchanging = new Map<string, Promise<SignedInSession | undefined>>();

  constructor(
    private readonly sessions: PostgresSessions,
    private readonly issuer: IssuerClient,
    private readonly tokens: TokenVerifier,
    private readonly formTokens: FormTokens,
    private readonly kept: KeptForms,
    private readonly admits: (actor: Actor) => boolean,
  ) {}

  async callerOf(request: FastifyRequest, _reply: FastifyReply): Promise<SignedInCaller | null> {
    const held = request.session.signedIn;
    const current = held && (await this.current(request, held));
    const actor = current && (await this.actorOf(current.accessToken, request));
    if (!current || !actor || !this.admits(actor)) return null;
    await this.sessions.touch(request.session.sessionId, current);
    if (isPost(request)) await this.checkForm(request, actor);
    return { actor, accessToken: current.accessToken };
  }

  /** Asks for a sign-in, keeping a posted form for whoever opened it. */
  async refuse(request: FastifyRequest): Promise<never> {
    if (request.url.startsWith('/v1/')) throw problems.notSignedIn();
    if (!isPost(request)) throw new SentElsewhere(signInFor(request.url));
    const origin = this.originOf(request);
    if (!origin) throw new SentElsewhere('/sign-in');
    throw new SentElsewhere(signInFor(await this.keep(request, origin)));
  }

  private async checkForm(request: FastifyRequest, actor: Actor): Promise<void> {
    const origin = this.originOf(request);
    if (origin?.sessionName === sessionName(request.session.sessionId)) return;
    // Opened in an earlier session. Its owner gets it back to look over; nobody else is shown it.
    if (origin) {
      const reopened = await this.keep(request, origin);
      throw new SentElsewhere(origin.ownerId === actor.id ? reopened : '/kept-for-its-owner');
    }
    throw problems.formNotOurs();
  }

  /** Says so on a page; what was posted is kept for whoever typed it, should it still be theirs to send. */
  private async sayWorkChanged(request: FastifyRequest, ended: Problem): Promise<never> {
    if (request.url.startsWith('/v1/')) throw ended;
    const origin = isPost(request) ? this.originOf(request) : undefined;
    const to = origin ? await this.keep(request, origin) : '/';
    await request.session.destroy();
    throw new SentElsewhere(`/work-changed?to=${encodeURIComponent(to)}`);
  }

  private originOf(request: FastifyRequest): FormOrigin | undefined {
    return this.formTokens.read(typedFieldsOf(request.body)[formFields.token]);
  }

  private async keep(request: FastifyRequest, origin: FormOrigin): Promise<string> {
    const id = await this.kept.keep(origin.ownerId, typedFieldsOf(request.body));
    return id === undefined ? '/' : `/kept-forms/${id}`;
  }

  private async current(
    request: FastifyRequest,
    held: SignedInSession,
  ): Promise<SignedInSession | undefined> {
    if (held.accessExpiresAt - EXCHANGE_BEFORE_MS > Date.now()) return held;
    const name = sessionName(request.session.sessionId);
    let exchange = this.#exchanging.get(name);
    if (!exchange) {
      exchange = this.exchange(held).finally(() => this.#exchanging.delete(name));
      this.#exchanging.set(name, exchange);
    }
    const exchanged = await exchange;
    if (exchanged) request.session.signedIn = exchanged;
    return exchanged;
  }

  private async exchange(held: SignedInSession): Promise<SignedInSession | undefined> {
    if (!held.refreshToken) return undefined;
    try {
      return { ...held, ...(await this.issuer.refresh(held.refreshToken)) };
    } catch {
      // Refused or unreachable: either way this session cannot go on, and signing in again says why.
      return undefined;
    }
  }

  private async actorOf(accessToken: string, request: FastifyRequest): Promise<Actor | undefined> {
    try {
      return await this.tokens.verify(accessToken);
    } catch (error) {
      if (error instanceof TokenRefused) return undefined;
      if (isStandingEnded(error)) await this.sayWorkChanged(request, error);
      if (error instanceof IssuerUnavailable) throw problems.signInUnavailable();
      throw error;
    }
  }
}

function isPost(request: FastifyRequest): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD';
}

function signInFor(path: string): string {
  return `/sign-in?to=${encodeURIComponent(path)}`;
}
