import type { Kysely } from 'kysely';

/** How far each person had read each family's news: the app's own table, not folded and not rebuilt. */
export interface LastLookedTables {
  caseload_last_looked: { person: string; line: string; sequence: string };
}

export class LastLooked {
  constructor(private readonly database: Kysely<LastLookedTables>) {}

  async prepare(): Promise<void> {
    await this.database.schema
      .createTable('caseload_last_looked')
      .ifNotExists()
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('line', 'text', (column) => column.notNull())
      .addColumn('sequence', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('caseload_last_looked_pkey', ['person', 'line'])
      .execute();
  }

  /** Marks a family's news as read up to `sequence`; never back. */
  async mark(person: string, line: string, sequence: number): Promise<void> {
    await this.database
      .insertInto('caseload_last_looked')
      .values({ person, line, sequence: String(sequence) })
      .onConflict((conflict) =>
        conflict
          .columns(['person', 'line'])
          .doUpdateSet((eb) => ({ sequence: eb.ref('excluded.sequence') }))
          .whereRef('caseload_last_looked.sequence', '<', 'excluded.sequence'),
      )
      .execute();
  }
}
