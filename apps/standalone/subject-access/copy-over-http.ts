import { CopyRefused, HttpCopiesOfRecords } from '@common-thread/platform/copies-of-records';
import { VaultUnreachable } from '@common-thread/platform/asking-vault';
import type { Environment } from '@common-thread/platform/environment';
import { ConfigurationError } from '@common-thread/platform/environment';
import type { SubjectAccessAsked } from '@common-thread/platform/subject-access';
import { keyOfCommand } from '@common-thread/platform/subject-access';
import { HttpTellings } from '@common-thread/platform/tellings';
import { namesIn } from '@common-thread/presenting/subject-access/copy-documents';
import { wholeCopy } from '@common-thread/presenting/subject-access/whole-copy';
import type { WholeCopy } from './making-copy.js';

/** Where vault and relay are, and who asks them. */
export interface CopyDoors {
  readonly vault: URL;
  readonly feedRelay: URL;
  /** An access token of the officer's own. */
  readonly token: string;
}

/**
 * The doors, where an address is given; undefined where none is: the copy is then made from a data directory.
 * @throws ConfigurationError naming what is missing beside it
 */
export function copyDoors(environment: Environment): CopyDoors | undefined {
  const names = ['COMMON_THREAD_VAULT', 'COMMON_THREAD_FEED_RELAY'] as const;
  if (names.every((name) => environment.optional(name) === undefined)) return undefined;
  const [vault, feedRelay] = names;
  return {
    vault: environment.url(vault),
    feedRelay: environment.url(feedRelay),
    token: environment.secret('COMMON_THREAD_OFFICER_TOKEN'),
  };
}

/**
 * Makes a copy through a vault and a relay in other processes; the token says which officer asks.
 * @throws CopyRefused saying what to do, ConfigurationError where nobody answers
 */
export async function copyOverHttp(
  { feedRelay, token, vault }: CopyDoors,
  { seriousHarm, ...asked }: SubjectAccessAsked,
  ourselves: string,
): Promise<WholeCopy> {
  const ports = { copies: new HttpCopiesOfRecords(vault), tellings: new HttpTellings(feedRelay) };
  const { copies } = ports;
  return answered(async () => {
    const sent = { ...asked, key: keyOfCommand(asked) };
    const { isNew, request } = await copies.request(token, sent);
    const { requestId } = request;
    for (const number of seriousHarm) {
      await copies.leaveOut(token, requestId, { number, isLeftOut: true });
    }
    const whole = await wholeCopy(ports, token, requestId);
    if (!whole) throw away('relay', 'COMMON_THREAD_FEED_RELAY');
    const log = await copies.withheld(token, requestId);
    if (!log?.made) throw new CopyRefused('What was left out cannot be read. Ask again.');
    const { copy, names, told } = whole;
    const { withheld } = log.made;
    return { pack: { ...copy, withheld }, isNew, told, names: namesIn(names, ourselves) };
  });
}

async function answered<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VaultUnreachable) throw away('vault', 'COMMON_THREAD_VAULT');
    throw error;
  }
}

function away(app: string, variable: string): ConfigurationError {
  return new ConfigurationError(
    `The ${app} does not answer. See that it runs and that ${variable} leads to it, then ask again.`,
  );
}
