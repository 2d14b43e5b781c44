import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { problems } from '@common-thread/platform/problem';
import { callerOf } from '@common-thread/platform/signed-in';
import type { FastifyRequest } from 'fastify';

/**
 * For command-api alone. Everybody else is told that there is no such route, before anything is said of
 * what they sent.
 */
@Injectable()
export class CommandWriterAlone implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { actor } = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (actor.role !== 'command-writer' || actor.kind !== 'system') throw problems.notFound();
    return true;
  }
}
