import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { createParamDecorator, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, Role } from './actor.js';
import { problems } from './problem.js';
import type { TokenVerifier } from './token-verifier.js';
import { IssuerUnavailable, TokenRefused } from './token-verifier.js';

/** Who is asking and the token they ask with. */
export interface SignedInCaller {
  readonly actor: Actor;
  /** Their own: what is done for them elsewhere is done with it, never with ours. */
  readonly accessToken: string;
}

/** Not here but there: thrown where a page asks for somebody to sign in first. */
export class SentElsewhere extends Error {
  override readonly name = 'SentElsewhere';
  /** `path` is one of our own pages. */
  constructor(readonly path: string) {
    super('sent elsewhere');
  }
}

/** Where a page's session comes from; answers null where nobody is signed in. */
export interface CallerBySession {
  callerOf(request: FastifyRequest, reply: FastifyReply): Promise<SignedInCaller | null>;
  /** Says what to do where nobody is signed in: throws SentElsewhere or a Problem. */
  refuse(request: FastifyRequest): Promise<never>;
}

const callers = new WeakMap<FastifyRequest, SignedInCaller>();

/** @throws Problem `not-signed-in` on a route that is open to anybody */
export function callerOf(request: FastifyRequest): SignedInCaller {
  const caller = callers.get(request);
  if (!caller) throw problems.notSignedIn();
  return caller;
}

/** The caller where there is one: for pages shown to anybody. */
export function callerIfAny(request: FastifyRequest): SignedInCaller | undefined {
  return callers.get(request);
}

const OPEN = 'common-thread:open';
/** Marks a route that needs nobody signed in. Every other route needs somebody. */
export const OpenToAnybody = () => SetMetadata(OPEN, true);

const FOR_ROLES = 'common-thread:for-roles';
/** Marks a route, or all of a controller's, for some roles: to everybody else there is nothing here. */
export const ForRoles = (...roles: readonly Role[]) => SetMetadata(FOR_ROLES, roles);

/** The roles a controller or handler is for; undefined where it is for all that its app admits. */
export function rolesFor(target: object): readonly Role[] | undefined {
  return Reflect.getMetadata(FOR_ROLES, target) as readonly Role[] | undefined;
}

/** The caller, in a handler: `@Caller() caller: SignedInCaller`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** One guard for both kinds of sign-in: a bearer token, else the page's session. */
export class SignedIn implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
    private readonly sessions?: CallerBySession,
    /** Whose app this is: anybody else is told that there is nothing here. */
    private readonly admits: (actor: Actor) => boolean = () => true,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(OPEN, targets)) {
      return true;
    }
    const caller = await this.callerBy(request, reply);
    const roles = this.reflector.getAllAndOverride<readonly Role[] | undefined>(
      FOR_ROLES,
      targets,
    );
    const isAdmitted = ({ actor }: SignedInCaller) =>
      this.admits(actor) && (roles === undefined || roles.includes(actor.role));
    if (caller && !isAdmitted(caller)) throw problems.notFound();
    if (caller) callers.set(request, caller);
    else if (this.sessions) await this.sessions.refuse(request);
    else throw problems.notSignedIn();
    return true;
  }

  private async callerBy(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<SignedInCaller | null> {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      return (await this.sessions?.callerOf(request, reply)) ?? null;
    }
    const accessToken = /^Bearer ([\w.~+/=-]{1,8192})$/i.exec(authorization)?.[1];
    if (!accessToken) throw problems.tokenRefused();
    try {
      return { actor: await this.tokens.verify(accessToken), accessToken };
    } catch (error) {
      if (error instanceof TokenRefused) throw problems.tokenRefused();
      if (error instanceof IssuerUnavailable) throw problems.signInUnavailable();
      throw error;
    }
  }
}
