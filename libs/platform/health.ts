import { Controller, Get, Inject, Res, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { OpenToAnybody } from './signed-in.js';

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

  /** Everything it stands on answers too; 503 otherwise, saying which does not and never why. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    try {
      return await this.health.check(
        Object.entries(this.checks).map(([name, check]) => async () => {
          const indicator = this.indicators.check(name);
          const up = await within(CHECK_MS_MAX, check());
          return up ? indicator.up() : indicator.down();
        }),
      );
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      reply.status(503);
      return error.getResponse();
    }
  }
}

async function within(milliseconds: number, check: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const answered = check.then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
