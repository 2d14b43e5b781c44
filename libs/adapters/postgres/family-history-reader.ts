import type { Kysely } from 'kysely';
import type {
  HistoryCursor,
  HistoryPage,
  HistoryTables,
  LatenessPolicy,
} from './history-reader.js';
import { HistoryReader } from './history-reader.js';
import type { Household, HouseholdTables } from './household-reader.js';
import { HouseholdReader } from './household-reader.js';

/** Lines a projection could not fold; kept by the projection store. */
export interface ParkedLineTable {
  parked_line: { model: string; generation: string; line: string; sequence: string };
}

export type FamilyHistoryTables = HistoryTables & HouseholdTables & ParkedLineTable;

/** A family's history with who is in it, as one agency was told. */
export interface FamilyHistory extends HistoryPage {
  /** `family/<id>` or `contact/<id>` */
  readonly line: string;
  /** False once our entitlement ended: then only what we were told as author or referrer is left. */
  readonly entitled: boolean;
  /** Null while we are not entitled. */
  readonly household: Household | null;
  /** Something told of this line could not be shown: say so, and that support has been told. */
  readonly incomplete: boolean;
}

export interface FamilyHistoryRequest {
  /** Lines a page, default 50. */
  readonly limit?: number;
  readonly before?: HistoryCursor;
}

const LINES_A_PAGE = 50;

/** What the three agencies' history pages have in common; each has its own name and its own policy. */
export class FamilyHistoryReader {
  private readonly history: HistoryReader;
  private readonly households: HouseholdReader;

  constructor(
    private readonly database: Kysely<FamilyHistoryTables>,
    /** The read model whose parked lines make a history incomplete. */
    private readonly model: string,
    lateness: LatenessPolicy,
  ) {
    this.history = new HistoryReader(database, lateness);
    this.households = new HouseholdReader(database);
  }

  /**
   * The history of `family/<id>`, or of a contact's own line. Undefined, to be answered *not found*,
   * where we are not entitled and were told nothing as author or referrer: as if there were none.
   * @throws HistoryCursorRefused when `before` is not a cursor of ours
   */
  async findHistory(
    line: string,
    request: FamilyHistoryRequest = {},
  ): Promise<FamilyHistory | undefined> {
    const entitled = await this.households.isEntitled(line);
    const { limit = LINES_A_PAGE, before } = request;
    const [page, household, incomplete] = await Promise.all([
      this.history.page({
        line,
        ownOnly: !entitled,
        limit,
        ...(before === undefined ? {} : { before }),
      }),
      entitled ? this.households.household(line) : null,
      this.isIncomplete(line),
    ]);
    if (!entitled && page.lines.length === 0) return undefined;
    return { line, entitled, household, incomplete, ...page };
  }

  private async isIncomplete(line: string): Promise<boolean> {
    const parked = await this.database
      .selectFrom('parked_line')
      .select('sequence')
      .where('model', 'in', [this.model, 'households'])
      .where('generation', '=', 'live')
      .where('line', '=', line)
      .executeTakeFirst();
    return parked !== undefined;
  }
}
