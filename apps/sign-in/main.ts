import { resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppProcess } from '@common-thread/running/app-process';
import { runAppProcess } from '@common-thread/running/app-process';
import { signInConfiguration } from './configuration.js';
import { createSignIn } from './create-sign-in.js';

async function start(process: AppProcess): Promise<NestFastifyApplication> {
  const { environment, log } = process;
  const { dataDirectory, clients, publicUrl } = signInConfiguration(environment);
  const app = await createSignIn({
    ...clients,
    publicUrl,
    dataDirectory: resolve(dataDirectory),
    environment,
    log,
  });
  process.closing(() => app.close());
  return app;
}

await runAppProcess({ name: 'sign-in', port: 3004, start });
