import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientCredentials, IssuerAddress } from '@common-thread/platform/issuer';
import type { DemonstrationAgency } from '../agencies.js';
import { demonstrationAgencies, demonstrationSystem } from '../agencies.js';
import type { StandaloneConfiguration } from '../configuration.js';
import { systemKey } from '../../sign-in/issuer-keys.js';
import { localSecret } from '../secrets.js';
import { signInDirectory } from '../sign-in.js';
import { originOf } from '../standalone.js';
import type { Premises } from './planned-process.js';

/** Of command-api, whose tokens open the vault's doors. */
const commandWriter = {
  clientId: 'command-api',
  recipient: 'fairholme.command-api',
  role: 'command-writer',
} as const;

/** command-api as a client of the issuer: an operator's recording acts as it does. */
export async function commandWriterAt(
  configuration: StandaloneConfiguration,
  issuer: IssuerAddress,
): Promise<ClientCredentials> {
  const directory = join(configuration.dataDirectory, 'secrets');
  const clientSecret = await localSecret(directory, 'client-command-api');
  return { ...issuer, clientId: commandWriter.clientId, clientSecret };
}

/** Makes what processes read at their start, secrets and the sign-in's clients, where they are missing. */
export async function prepareFiles(
  configuration: StandaloneConfiguration,
): Promise<Pick<Premises, 'secretFile' | 'clientsFile'>> {
  const directory = join(configuration.dataDirectory, 'secrets');
  const secret = (name: string) => localSecret(directory, name);
  await secret('feed-salts');
  for (const { recipient } of demonstrationAgencies) await secret(`sessions-${recipient}`);
  const signIn = signInDirectory(configuration);
  const { publicKey } = await systemKey(signIn, demonstrationSystem.clientId);
  const clients = {
    pages: await Promise.all(
      demonstrationAgencies.map(async (agency) => ({
        clientId: agency.recipient,
        clientSecret: await secret(`client-${agency.recipient}`),
        recipient: agency.recipient,
        organisation: agency.name,
        publicUrl: pagesOf(configuration, agency),
      })),
    ),
    services: [{ ...commandWriter, clientSecret: await secret('client-command-api') }],
    systems: [{ ...demonstrationSystem, publicKey }],
  };
  const clientsFile = join(signIn, 'clients.json');
  await mkdir(signIn, { recursive: true, mode: 0o700 });
  await writeFile(clientsFile, JSON.stringify(clients), { mode: 0o600 });
  return { secretFile: (name) => join(directory, name), clientsFile };
}

function pagesOf(configuration: StandaloneConfiguration, agency: DemonstrationAgency): string {
  return originOf(configuration, configuration.basePort + agency.portOffset).origin;
}
