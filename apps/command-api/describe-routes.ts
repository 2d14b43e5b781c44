import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Matching } from '@common-thread/domain/matching';
import { PolicyFollower } from './authorisation/policy-follower.js';
import { contextModules, sharedPorts } from './command-modules.js';
import { Commands } from './commands.js';
import { documentOf } from './http/open-api.js';
import { Records } from './records.js';
import { InForce } from './http/in-force.js';

class DescribedRoot {}

/** The document of the command routes without anything behind them: nothing is asked of the ports. */
export async function describeRoutes(): Promise<OpenAPIObject> {
  const ports = sharedPorts({
    commands: Object.create(Commands.prototype) as Commands,
    records: Object.create(Records.prototype) as Records,
    policy: Object.create(PolicyFollower.prototype) as PolicyFollower,
    matching: Object.create(Matching.prototype) as Matching,
    inForce: Object.create(InForce.prototype) as InForce,
  });
  const app = await NestFactory.create(
    { module: DescribedRoot, imports: [ports, ...contextModules] },
    new FastifyAdapter(),
    { logger: false },
  );
  try {
    return documentOf(app, contextModules);
  } finally {
    await app.close();
  }
}
