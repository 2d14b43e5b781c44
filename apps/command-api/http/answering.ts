import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { catchError, map } from 'rxjs';
import type { Refusal } from '@common-thread/eventing/decider';
import { LogUnavailable, UnacceptableEvent } from '@common-thread/eventing/event-log';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import { Problem, problems } from '@common-thread/platform/problem';
import { PolicyBehind } from '../authorisation/policy-follower.js';
import type { CommandOutcome } from '../commands/command-answer.js';

/** What a handler gives back: what became of the command, and how a success is told. */
export class Answered {
  constructor(
    readonly answer: CommandOutcome,
    /** Path of what was recorded. */
    readonly location: string,
    /** Ids and codes alone. */
    readonly body: object,
    /** Recorded, and not in force yet. */
    readonly isPending = false,
  ) {}
}

/** Tells an answer over HTTP: 201 with its ids and tag, 200 where nothing had to change, else a problem. */
@Injectable()
export class AnswerOverHttp implements NestInterceptor<unknown, object> {
  intercept(context: ExecutionContext, next: CallHandler): Observable<object> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      catchError((error: unknown) => {
        throw problemOfFault(error);
      }),
      map((answered) => {
        if (!(answered instanceof Answered)) throw problems.unexpected();
        const { answer, location, body } = answered;
        if (answer.outcome !== 'recorded' && answer.outcome !== 'unchanged') {
          throw problemOf(answer);
        }
        const done = answer.outcome === 'recorded' ? 201 : 200;
        reply.status(answered.isPending ? 202 : done).header('location', location);
        if (answer.tag !== undefined) reply.header('etag', `"${answer.tag}"`);
        return body;
      }),
    );
  }
}

type Unrecorded = Exclude<CommandOutcome, { readonly outcome: 'recorded' | 'unchanged' }>;

function problemOf(answer: Unrecorded): Problem {
  switch (answer.outcome) {
    case 'refused':
      return problemOfRefusal(answer.refusal);
    case 'not-found':
      return problems.notFound();
    case 'key-reused':
      return problems.idempotencyKeyReused();
    case 'tag-missing':
      return problems.preconditionRequired();
    case 'stale':
      return answer.tag === undefined ? goneFromSight() : problems.preconditionFailed(answer.tag);
    case 'busy':
      return problems.unavailable('This record is being changed by others and', 1);
  }
}

/** A rule that names a field is about what was sent; one that names none is about how things stand. */
function problemOfRefusal({ code, detail, pointer }: Refusal): Problem {
  const title = 'This cannot be recorded';
  return pointer === undefined
    ? new Problem(409, code, title, { detail })
    : new Problem(422, code, title, { detail, errors: [{ pointer, detail }] });
}

function goneFromSight(): Problem {
  return new Problem(412, 'precondition-failed', 'It has changed since you read it', {
    detail: 'Read it again, then decide whether to send this again. Nothing was recorded.',
  });
}

/** What a port throws. Whether it was recorded may be unknown: the same key answers that later. */
function problemOfFault(error: unknown): unknown {
  if (error instanceof LogUnavailable) return problems.unavailable('The record');
  if (error instanceof VaultUnavailable) return problems.unavailable('The vault');
  if (error instanceof PolicyBehind) return problems.unavailable('Who may do this');
  if (error instanceof UnacceptableEvent) {
    return new Problem(422, 'unacceptable-record', 'This cannot be recorded as it is', {
      detail: 'It is too large, or holds what no store keeps. Shorten it and use a new key.',
    });
  }
  return error;
}
