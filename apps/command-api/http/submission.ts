import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { createParamDecorator, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import { correlationIdOf } from '@common-thread/platform/correlation';
import { Problem, problems } from '@common-thread/platform/problem';
import { callerOf } from '@common-thread/platform/signed-in';
import type { CommandRoute } from '../authorisation.js';
import { declarationOf } from '../authorisation.js';
import type { Circumstances } from '../commands.js';
import { readOccurrence } from './occurrence-field.js';

/** A command as it came in: who sent it, where, and under which key. */
export class Submission {
  /** Equal for every try of one command: organisation, client, route with its ids, and key. */
  readonly commandId: string;

  constructor(
    readonly actor: Actor,
    readonly route: CommandRoute,
    readonly correlationId: string,
    /** The tags of `If-Match`; none where the header is absent. */
    readonly tags: readonly string[],
    sentTo: { readonly path: string; readonly key: string },
  ) {
    const { organisation, id } = actor;
    this.commandId = derivedId('command', organisation, id, sentTo.path, sentTo.key);
  }

  /**
   * The circumstances of the command itself, or of a step before it. `body` is what was sent, checked;
   * its `occurredAt` is when the fact happened.
   */
  circumstances(
    body: object,
    options: { readonly expects?: 'additive' | 'tags'; readonly step?: string } = {},
  ): Circumstances {
    const { step } = options;
    const occurredAt: unknown = Reflect.get(body, 'occurredAt');
    return {
      commandId: step === undefined ? this.commandId : derivedId(this.commandId, step),
      correlationId: this.correlationId,
      ...(typeof occurredAt === 'string' ? readOccurrence(occurredAt) : {}),
      body: { ...body },
      expects: options.expects === 'tags' ? this.tags : 'additive',
    };
  }
}

const submissions = new WeakMap<FastifyRequest, Submission>();

/** The submission, in a handler: `@Sent() sent: Submission`. */
export const Sent = createParamDecorator((_: unknown, context: ExecutionContext): Submission => {
  const submission = submissions.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!submission) throw problems.notFound();
  return submission;
});

/** What an Idempotency-Key may be: bare, or quoted as the IETF draft writes it. */
const KEY = /^(?:"([\w.:-]{8,128})"|([\w.:-]{8,128}))$/;

/** Lets in who may use the route at all, with a key; everything about the record is asked later. */
@Injectable()
export class CommandGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { actor } = callerOf(request);
    const route = `${request.method} ${request.routeOptions.url ?? ''}`;
    const declaration = declarationOf(route);
    if (!declaration) throw problems.notFound();
    if (!declaration.roles.includes(actor.role)) throw notForThisRole();
    const header = request.headers['idempotency-key'];
    const [, quoted, bare] = (typeof header === 'string' && KEY.exec(header)) || [];
    const key = quoted ?? bare;
    if (key === undefined) throw problems.idempotencyKeyMissing();
    const path = `${request.method} ${request.url.split('?')[0] ?? ''}`;
    submissions.set(
      request,
      new Submission(
        actor,
        // A declaration was found under it.
        route as CommandRoute,
        correlationIdOf(request),
        tagsIn(request.headers['if-match']),
        { path, key },
      ),
    );
    return true;
  }
}

/** Strong tags alone: a weak one, or `*`, says nothing of what was read. */
function tagsIn(header: string | undefined): string[] {
  if (header === undefined) return [];
  const tags = header.split(',').map((tag) => /^"([^"]*)"$/.exec(tag.trim())?.[1]);
  return header.trim() === '*' ? [] : tags.map((tag) => tag ?? '');
}

function notForThisRole(): Problem {
  return new Problem(403, 'not-for-your-role', 'Your role does not do this', {
    detail: 'Ask a colleague whose role it is. Nothing was recorded.',
  });
}
