import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Environment } from '@common-thread/platform/environment';
import type { Log } from '@common-thread/platform/log';
import { createSignIn } from '../sign-in/create-sign-in.js';
import { systemKey } from '../sign-in/issuer-keys.js';
import type { DemonstrationAgency } from './agencies.js';
import { demonstrationAgencies, demonstrationSystem } from './agencies.js';
import type { StandaloneConfiguration } from './configuration.js';

export interface SignInParts {
  readonly configuration: StandaloneConfiguration;
  readonly environment: Environment;
  readonly publicUrl: URL;
  readonly addressOfAgency: (agency: DemonstrationAgency) => URL;
  readonly secretOf: (agency: DemonstrationAgency) => Promise<string>;
  readonly log: Log;
}

/** The folder of the issuer's and the demonstration system's keys. */
export function signInDirectory({ dataDirectory }: StandaloneConfiguration): string {
  return join(dataDirectory, 'sign-in');
}

/** The embedded issuer with every agency's pages and one partner's system as its clients. */
export async function startSignIn(parts: SignInParts): Promise<NestFastifyApplication> {
  const directory = signInDirectory(parts.configuration);
  const { publicKey } = await systemKey(directory, demonstrationSystem.clientId);
  return createSignIn({
    publicUrl: parts.publicUrl,
    pages: await Promise.all(
      demonstrationAgencies.map(async (agency) => ({
        clientId: agency.recipient,
        clientSecret: await parts.secretOf(agency),
        recipient: agency.recipient,
        organisation: agency.name,
        publicUrl: parts.addressOfAgency(agency),
      })),
    ),
    systems: [{ ...demonstrationSystem, publicKey }],
    dataDirectory: directory,
    log: parts.log,
    environment: parts.environment,
  });
}
