import { Controller, Get } from '@nestjs/common';
import { OpenToAnybody } from '@common-thread/platform/signed-in';
import { ReactionRunner } from './reaction-runner.js';

/** How the reactions do: counts alone. Faults set aside are no reason to turn commands away. */
@Controller('health')
@OpenToAnybody()
export class ReactionsHealth {
  constructor(private readonly runner: ReactionRunner) {}

  @Get('reactions')
  async show(): Promise<object> {
    const { faults, oldestAt } = await this.runner.faults();
    return {
      status: faults === 0 ? 'ok' : 'faults-set-aside',
      faults,
      ...(oldestAt === undefined ? {} : { oldestAt }),
    };
  }
}
