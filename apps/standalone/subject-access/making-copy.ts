import type { Actor } from '@common-thread/platform/actor';
import type { Environment } from '@common-thread/platform/environment';
import type {
  HeldTelling,
  SubjectAccessAsked,
  SubjectAccessPack,
} from '@common-thread/platform/subject-access';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { namesIn } from '@common-thread/presenting/subject-access/copy-documents';
import { tellingsOf } from '@common-thread/presenting/subject-access/told';
import { rowsAbout } from '../../feed-relay/store/telling-rows.js';
import type { StandaloneConfiguration } from '../configuration.js';
import { withVaultBeside } from '../vault-beside.js';

/** Everything of which the files of a copy are made. */
export interface WholeCopy {
  readonly pack: SubjectAccessPack;
  /** Of its request: not where an earlier one is gone on with. */
  readonly isNew: boolean;
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
    const { given, isNew, lines, names, pack, packId } = made;
    const eventIds = given.map(({ eventId }) => eventId);
    const rows = await rowsAbout(pool, { personId: asked.personId, eventIds, lines });
    await vault.subjectAccess.keeping.taken(officer, pack.request.requestId, packId);
    return {
      pack,
      isNew,
      told: tellingsOf(rows, given),
      names: namesIn(names, officer.organisation),
    };
  });
}
