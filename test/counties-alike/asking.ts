import { readFileSync } from 'node:fs';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { CommandRoute } from '../../apps/command-api/authorisation.js';
import { exampleCommands } from '../../apps/command-api/examples/example-commands.js';
import type { ExampleFamily } from '../../apps/command-api/examples/example-family.js';
import type { County } from './county.js';
import type { Restricted } from './hiding.js';
import type { Answers, Reader } from './reading.js';
import { headersOf, said } from './reading.js';
import type { Child } from './what-happens.js';

/** Ids that a family can be asked about by. */
export type FamilyIds = Pick<Restricted, 'familyId' | 'childId' | 'membershipId'> & {
  readonly contactId?: string;
  readonly registrationId?: string;
  readonly referralId?: string;
};

/** Sends every command there is about a family. */
export async function commandEverything(
  reader: Reader,
  { standalone }: County,
  family: FamilyIds,
  answers: Answers,
  /** Said in every body besides. */
  besides: object = {},
): Promise<void> {
  for (const [route, example] of Object.entries(exampleCommands)) {
    const about = exampleOf(family);
    const [command, path] = [standalone.addressOf('command-api'), example.path(about)];
    const body = { ...example.body(about, derivedId('tag', family.familyId)), ...besides };
    const label = `${reader.name} ${route as CommandRoute} ${path}`;
    answers.set(label, await post(reader, new URL(path, command), body));
  }
}

/** Asks the vault whatever it can be asked: by name, number, birthday and id. */
export async function askVault(
  reader: Reader,
  { standalone }: County,
  family: FamilyIds,
  child: Child,
  answers: Answers,
): Promise<void> {
  const vault = standalone.addressOf('vault');
  for (const path of vaultPosts()) {
    for (const [nth, body] of asked(family, child).entries()) {
      const address = new URL(path.replaceAll(/\{\w+\}/g, family.familyId), vault);
      answers.set(`${reader.name} POST vault ${path} ${nth}`, await post(reader, address, body));
    }
  }
}

/**
 * With a box that somebody has come by. Where there is no such family there is no box of it either: it is
 * answered as the box of any family is with which the asker has nothing to do.
 */
export async function tryBox(
  reader: Reader,
  { standalone }: County,
  { box, familyId }: Pick<Restricted, 'box' | 'familyId'>,
): Promise<string> {
  const about = [`family/${familyId}`];
  const requests = [{ box, field: 'givenName', line: about[0] }];
  const address = new URL('/v1/reveal', standalone.addressOf('vault'));
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      ...headersOf(reader, derivedId('request', reader.name, 'box')),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ purpose: 'direct-care', page: 'test/alike', about, requests }),
  });
  return `${response.status} ${await response.text()}`;
}

function asked({ familyId, childId }: FamilyIds, child: Child): object[] {
  const line = `family/${familyId}`;
  const page = { purpose: 'direct-care', page: 'test/alike', about: [line, childId] };
  const { kind: _, ...details } = child;
  return [
    {},
    details,
    { ...child },
    { nhsNumber: child.nhsNumber ?? '9998887070' },
    { familyId, reason: 'risk-of-harm', words: 'They are in danger' },
    { ...page, requests: [] },
  ];
}

function vaultPosts(): string[] {
  const { paths } = JSON.parse(readFileSync('docs/openapi/vault.json', 'utf8')) as {
    readonly paths: Readonly<Record<string, { readonly post?: object }>>;
  };
  return Object.keys(paths).filter((path) => paths[path]?.post);
}

/** Every id is one of the family's own, or nobody's. */
function exampleOf({ familyId, childId, membershipId, ...others }: FamilyIds): ExampleFamily {
  const nobody = derivedId('nobody', familyId);
  const { contactId = nobody, registrationId = nobody, referralId = nobody } = others;
  return {
    familyId,
    childId,
    contactId,
    childMembershipId: membershipId,
    unbornId: childId,
    parentId: childId,
    registrationId,
    caseloadId: nobody,
    referralId,
    unlinkedContactId: contactId,
    restrictedFamilyId: familyId,
    agreementId: nobody,
    proposalId: nobody,
    consentId: nobody,
  };
}

async function post(reader: Reader, address: URL, body: object): Promise<string> {
  const asked = JSON.stringify(body);
  const id = derivedId('request', reader.name, address.pathname, asked);
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      ...headersOf(reader, id),
      'idempotency-key': id,
      'content-type': 'application/json',
    },
    body: asked,
  });
  return said(response, await response.text());
}
