import type { organisationTable, placeTable } from '@common-thread/projecting/directory';
import type { SelectedOf } from '@common-thread/projecting/read-model';
import type { Kysely } from 'kysely';

export interface DirectoryTables {
  directory_organisation: SelectedOf<typeof organisationTable.columns>;
  directory_place: SelectedOf<typeof placeTable.columns>;
}

export interface OrganisationTold {
  readonly organisationId: string;
  readonly name: string;
  /** `<organisation>.<audience>` ids it acts as. */
  readonly recipients: readonly string[];
  /** The number to ring, as it is printed. */
  readonly telephone: string | null;
}

export interface PlaceTold {
  readonly placeId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly cluster: string;
  readonly district: string;
}

export interface Directory {
  readonly organisations: ReadonlyMap<string, OrganisationTold>;
  readonly places: ReadonlyMap<string, PlaceTold>;
}

/** Reads the directory, the same in every agency: a few hundred records, read whole. */
export class DirectoryReader {
  constructor(private readonly database: Kysely<DirectoryTables>) {}

  /** Organisations and places by slug, in order of name. */
  async directory(): Promise<Directory> {
    const [organisations, places] = await Promise.all([
      this.database
        .selectFrom('directory_organisation')
        .selectAll()
        .orderBy('name')
        .orderBy('key')
        .execute(),
      this.database
        .selectFrom('directory_place')
        .selectAll()
        .orderBy('name')
        .orderBy('key')
        .execute(),
    ]);
    return {
      organisations: new Map(
        organisations.flatMap((o) =>
          o.organisation_id === null ? [] : [[o.organisation_id, organisationOf(o)]],
        ),
      ),
      places: new Map(
        places.flatMap((p) => (p.place_id === null ? [] : [[p.place_id, placeOf(p)]])),
      ),
    };
  }
}

function organisationOf(record: DirectoryTables['directory_organisation']): OrganisationTold {
  return {
    organisationId: record.organisation_id ?? '',
    name: record.name ?? '',
    recipients: record.recipients,
    telephone: record.telephone,
  };
}

function placeOf(record: DirectoryTables['directory_place']): PlaceTold {
  return {
    placeId: record.place_id ?? '',
    organisationId: record.organisation_id ?? '',
    name: record.name ?? '',
    cluster: record.cluster ?? '',
    district: record.district ?? '',
  };
}
