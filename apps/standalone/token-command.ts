import { readFile } from 'node:fs/promises';
import { importPKCS8 } from 'jose';
import * as oidc from 'openid-client';
import { ConfigurationError, Environment } from '@common-thread/platform/environment';
import { issuerAddresses } from '../sign-in/create-sign-in.js';
import { systemKey } from '../sign-in/issuer-keys.js';
import { demonstrationSystem } from './agencies.js';
import { sharedPort, standaloneConfiguration } from './configuration.js';
import { signInDirectory } from './sign-in.js';

/**
 * `npm run --silent token`: prints an access token of the demonstration system, got as a partner gets
 * one: client credentials with a request signed RS512 (RFC 7523). It is good for 15 minutes.
 */
async function printToken(): Promise<void> {
  const configuration = standaloneConfiguration(new Environment());
  const port = sharedPort(configuration, 'sign-in');
  const { issuer } = issuerAddresses(new URL(`http://${configuration.host}:${port}`));
  const { clientId } = demonstrationSystem;
  const { path, publicKey } = await systemKey(signInDirectory(configuration), clientId);
  const key = await importPKCS8(await readFile(path, 'utf8'), 'RS512');
  const client = await oidc
    .discovery(
      issuer,
      clientId,
      { token_endpoint_auth_method: 'private_key_jwt' },
      oidc.PrivateKeyJwt({ key, kid: publicKey.kid }),
      { execute: [oidc.allowInsecureRequests] },
    )
    .catch(() => {
      throw new ConfigurationError(`Nobody answers at ${issuer.href}. Run \`npm start\` first.`);
    });
  const tokens = await oidc.clientCredentialsGrant(client);
  process.stdout.write(`${tokens.access_token}\n`);
}

printToken().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'No token was given.'}\n`);
  process.exitCode = 1;
});
