import type { DirectoryTables } from '@common-thread/adapters/postgres/directory-reader';
import { DirectoryReader } from '@common-thread/adapters/postgres/directory-reader';
import type { Agency } from '@common-thread/platform/pages/agency';
import type { Kysely } from 'kysely';
import { DirectoryNames } from './directory-names.js';

/** Reads what organisations and places are called, for one agency's pages. */
export class DirectoryNamesReader {
  readonly #reader: DirectoryReader;

  constructor(
    database: Kysely<DirectoryTables>,
    private readonly agency: Agency,
  ) {
    this.#reader = new DirectoryReader(database);
  }

  async names(): Promise<DirectoryNames> {
    return new DirectoryNames(await this.#reader.directory(), this.agency.organisation);
  }
}
