import type { JsonWebKey } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import type { LocalKeycloak } from '../../../infra/local/keycloak.js';
import { startLocalKeycloak } from '../../../infra/local/keycloak.js';
import { systemKey } from '../../../apps/sign-in/issuer-keys.js';
import { demonstrationAgencies, demonstrationSystem } from '../../../apps/standalone/agencies.js';
import type { StandaloneConfiguration } from '../../../apps/standalone/configuration.js';
import { processOf } from '../../../apps/standalone/distributed/planned-process.js';
import { localSecret } from '../../../apps/standalone/secrets.js';
import { signInDirectory } from '../../../apps/standalone/sign-in.js';
import { originOf } from '../../../apps/standalone/standalone.js';
import { repositoryRoot } from '../../architecture/source-files.js';

/** The realm with the secrets and addresses of one county, on a Keycloak of a test's own. */
export async function startCountyKeycloak(
  county: StandaloneConfiguration,
): Promise<LocalKeycloak> {
  return startLocalKeycloak({
    dataDir: join(county.dataDirectory, 'keycloak'),
    realm: join(repositoryRoot, 'infra/keycloak/common-thread-realm.json'),
    environment: await placeholders(county),
  });
}

export function issuerOf({ origin }: LocalKeycloak): URL {
  return new URL('/realms/common-thread', origin);
}

async function placeholders(county: StandaloneConfiguration): Promise<Record<string, string>> {
  const secret = (name: string) => localSecret(join(county.dataDirectory, 'secrets'), name);
  const { clientId } = demonstrationSystem;
  const values: Record<string, string> = {
    [variable('client', 'command-api')]: await secret('client-command-api'),
    [variable('client', clientId)]: await publicKeyOf(county, clientId),
  };
  for (const agency of demonstrationAgencies) {
    const name = processOf(agency);
    values[variable('client', name)] = await secret(`client-${agency.recipient}`);
    const pages = originOf(county, county.basePort + agency.portOffset);
    values[variable('pages', name)] = pages.origin;
  }
  return values;
}

function variable(kind: string, name: string): string {
  return `${kind}_${name}`.toUpperCase().replaceAll('-', '_');
}

/** As Keycloak takes it: base64 of the key's own encoding. */
async function publicKeyOf(county: StandaloneConfiguration, clientId: string): Promise<string> {
  const { publicKey } = await systemKey(signInDirectory(county), clientId);
  const key = createPublicKey({ key: { ...publicKey } as JsonWebKey, format: 'jwk' });
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}
