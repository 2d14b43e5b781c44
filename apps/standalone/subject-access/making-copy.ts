import { agencyDatabase } from '@common-thread/adapters/postgres/agency-database';
import type { DirectoryTables } from '@common-thread/adapters/postgres/directory-reader';
import { DirectoryReader } from '@common-thread/adapters/postgres/directory-reader';
import type { Actor } from '@common-thread/platform/actor';
import type { Environment } from '@common-thread/platform/environment';
import type { HeldTelling, SubjectAccessAsked } from '@common-thread/platform/subject-access';
import { DirectoryNames } from '@common-thread/presenting/directory-names';
import type { MadeCopy } from '../../vault/subject-access/subject-access.js';
import type { StandaloneConfiguration } from '../configuration.js';
import { withVaultBeside } from '../vault-beside.js';
import { toldOf } from './told.js';

/** Everything of which the files of a copy are made. */
export interface WholeCopy {
  readonly made: MadeCopy;
  readonly told: readonly HeldTelling[];
  readonly names: DirectoryNames;
}

/**
 * Makes a copy from the data directory, beside a running system or without one.
 * @throws NoCopy saying what to do
 */
export function makeCopy(
  configuration: StandaloneConfiguration,
  environment: Environment,
  officer: Actor,
  asked: SubjectAccessAsked,
  progress: (eventsRead: number) => void,
): Promise<WholeCopy> {
  return withVaultBeside('subject-access', configuration, environment, async ({ pool, vault }) => {
    const made = await vault.subjectAccess.copyFor(officer, asked, progress);
    const told = await toldOf(pool, made);
    const tables = agencyDatabase<DirectoryTables>(pool, officer.recipient);
    const directory = await new DirectoryReader(tables).directory();
    return { made, told, names: new DirectoryNames(directory, officer.organisation) };
  });
}
