import { isNativeError } from 'node:util/types';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VaultUnreachable } from './asking-vault.js';
import type { Log } from './log.js';
import { Problem, problems } from './problem.js';
import { SentElsewhere } from './signed-in.js';

/** Tells a refusal as a page; answers nothing where the request is not for a page. */
export type ProblemPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
) => Promise<string | undefined>;

/**
 * Turns whatever was thrown into a problem document, or a page where one was asked for. What is not a
 * Problem is told as `unexpected`: its message may quote anything and goes nowhere.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly bodyBytesMax: number,
    private readonly page?: ProblemPage,
  ) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (thrown instanceof SentElsewhere) {
      await reply.status(303).header('location', thrown.path).send();
      return;
    }
    const problem = this.problemOf(thrown);
    if (problem.status >= 500) {
      this.log.error('request.failed', { requestId: request.id, reason: problem.slug }, thrown);
    }
    await this.answer(request, reply, problem);
  }

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    problem: Problem,
  ): Promise<void> {
    reply.status(problem.status).headers(problem.headers);
    const page = await this.page?.(request, reply, problem);
    if (page !== undefined) await reply.type('text/html; charset=utf-8').send(page);
    else await reply.type('application/problem+json').send(problem.toDocument(request.id));
  }

  private problemOf(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    if (thrown instanceof VaultUnreachable) return problems.unavailable('The vault');
    const code: unknown = isNativeError(thrown) ? Reflect.get(thrown, 'code') : undefined;
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problems.bodyTooLarge(this.bodyBytesMax);
    if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return problems.unsupportedMediaType();
    const status = statusOf(thrown);
    if (status === 404) return problems.notFound();
    if (status === 413) return problems.bodyTooLarge(this.bodyBytesMax);
    if (status === 415) return problems.unsupportedMediaType();
    if (status === 429) return problems.tooManyRequests();
    if (status !== undefined && status >= 400 && status < 500) return problems.malformedBody();
    return problems.unexpected();
  }
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status: unknown =
    typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, 'statusCode') : undefined;
  return typeof status === 'number' ? status : undefined;
}
