import { readFileSync } from 'node:fs';
import { roles } from '@common-thread/platform/actor';
import { ConfigurationError } from '@common-thread/platform/environment';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { PagesClient, ServiceClient, SystemClient } from './clients.js';

export interface Clients {
  readonly pages: readonly PagesClient[];
  readonly services: readonly ServiceClient[];
  readonly systems: readonly SystemClient[];
}

const Text = Type.String({ minLength: 1 });
const shape = Compile(
  Type.Object({
    pages: Type.Array(
      Type.Object({
        clientId: Text,
        clientSecret: Text,
        recipient: Text,
        organisation: Text,
        publicUrl: Text,
      }),
    ),
    services: Type.Array(
      Type.Object({
        clientId: Text,
        clientSecret: Text,
        recipient: Text,
        role: Type.Union(roles.map((role) => Type.Literal(role))),
      }),
    ),
    systems: Type.Array(
      Type.Object({
        clientId: Text,
        recipient: Text,
        publicKey: Type.Object({ kid: Text, kty: Text }),
      }),
    ),
  }),
);

/** The clients of the development issuer, from a file of JSON. @throws ConfigurationError saying where it is wrong */
export function clientsIn(path: string, variable: string): Clients {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new ConfigurationError(
      `${variable} names ${path}, which is no readable file of JSON. Correct it and start again.`,
    );
  }
  if (!shape.Check(parsed)) {
    const [first] = shape.Errors(parsed);
    throw new ConfigurationError(
      `${path}${first?.instancePath ?? ''} ${first?.message ?? 'is not as it must be'}. Correct it and start again.`,
    );
  }
  const pages = parsed.pages.map((client) => ({
    ...client,
    publicUrl: new URL(client.publicUrl),
  }));
  return { ...parsed, pages };
}
