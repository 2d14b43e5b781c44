import { Controller, Get, Inject, Res, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { OpenToAnybody } from './signed-in.js';

/** Why an app is not ready, in words that may be shown to anybody: what is down and what to do about it. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/** What must answer for the app to be ready, by name: resolves when it does, rejects when not. */
export type HealthChecks = Readonly<Record<string, () => Promise<void>>>;
export const HEALTH_CHECKS = Symbol('health checks');

const CHECK_MS_MAX = 2_000;

@Controller('health')
@OpenToAnybody()
export class Health {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(HEALTH_CHECKS) private readonly checks: HealthChecks,
  ) {}

  /** The process answers. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Everything it stands on answers too; 503 otherwise, saying which does not and what to do. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    try {
      return await this.health.check(
        Object.entries(this.checks).map(([name, check]) => async () => {
          const indicator = this.indicators.check(name);
          const fault = await faultWithin(CHECK_MS_MAX, check());
          if (fault === undefined) return indicator.up();
          // Of any other error the message may quote anything, and stays here.
          return fault instanceof NotReady ? indicator.down(fault.message) : indicator.down();
        }),
      );
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      reply.status(503);
      return error.getResponse();
    }
  }
}

/** Why a check fails; undefined where it does not. */
async function faultWithin(milliseconds: number, check: Promise<void>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<unknown>((resolve) => {
    timer = setTimeout(() => resolve(new NotReady('it does not answer in time')), milliseconds);
  });
  const answered = check.then(
    () => undefined,
    (error: unknown) => error ?? new Error('refused'),
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}

/** What stands in PostgreSQL answers. */
export function databaseAnswers(pool: {
  query(text: string): Promise<unknown>;
}): () => Promise<void> {
  return async () => {
    try {
      await pool.query('select 1');
    } catch {
      throw new NotReady(
        'PostgreSQL cannot be reached. See that it runs, and that COMMON_THREAD_DATABASE leads to it.',
      );
    }
  };
}
