import type {
  HouseholdMember,
  HouseholdTables,
} from '@common-thread/adapters/postgres/household-reader';
import { HouseholdReader } from '@common-thread/adapters/postgres/household-reader';
import { idOfSubject } from '@common-thread/projecting/told-row';
import type { SelectedOf } from '@common-thread/projecting/read-model';
import type { Kysely } from 'kysely';
import type { registrationTable } from './projection.js';

export interface OurFamiliesTables extends HouseholdTables {
  our_families_registration: SelectedOf<typeof registrationTable.columns>;
}

export interface OurRegistration {
  readonly registrationId: string;
  readonly placeId: string | null;
  readonly since: Date | null;
}

/** A family registered with us now. Names and dates of birth are boxes, unopened. */
export interface OurFamily {
  readonly familyId: string;
  /** `family/<id>`: the line to reveal on. */
  readonly line: string;
  /** One for each of our centres it is registered at, the latest first. */
  readonly registrations: readonly OurRegistration[];
  /** Current members first. */
  readonly members: readonly HouseholdMember[];
}

export interface OurFamiliesRequest {
  /** Families a page, default 50. */
  readonly limit?: number;
  /** Families already shown. */
  readonly offset?: number;
  /** Only those registered at these places. */
  readonly places?: readonly string[];
}

export interface OurFamiliesPage {
  /** The latest registered first: names are sealed, so they cannot be sorted by. */
  readonly families: readonly OurFamily[];
  /** All that match, on whatever page. */
  readonly total: number;
}

const FAMILIES_A_PAGE = 50;

/** Families registered with this provider's centres, while we are entitled to them. */
export class OurFamiliesQueries {
  private readonly households: HouseholdReader;

  constructor(private readonly database: Kysely<OurFamiliesTables>) {
    this.households = new HouseholdReader(database);
  }

  async list(request: OurFamiliesRequest = {}): Promise<OurFamiliesPage> {
    const { places, limit = FAMILIES_A_PAGE, offset = 0 } = request;
    const ours = this.registered().$if(places !== undefined, (query) =>
      query.where('r.place_id', 'in', [...(places ?? [])]),
    );
    const [page, counted] = await Promise.all([
      ours
        .groupBy('r.line')
        .select('r.line')
        .orderBy((eb) => eb.fn.max('r.since'), 'desc')
        .orderBy('r.line')
        .limit(limit)
        .offset(offset)
        .execute(),
      ours.select((eb) => eb.fn.count('r.line').distinct().as('total')).executeTakeFirstOrThrow(),
    ]);
    return {
      families: await this.familiesOn(page.map(({ line }) => line)),
      total: Number(counted.total),
    };
  }

  /**
   * One of ours, at one of these places where any are named; undefined, to be answered *not found*, where
   * it is not registered with us, or there, now.
   */
  async findFamily(familyId: string, places?: readonly string[]): Promise<OurFamily | undefined> {
    const [family] = await this.familiesOn([`family/${familyId}`]);
    return family?.registrations.some(({ placeId }) => isAmong(placeId, places))
      ? family
      : undefined;
  }

  /** Whether a family is or was registered with us at one of some places. */
  async hasBeenAt(places: readonly string[], familyId: string): Promise<boolean> {
    const found = await this.database
      .selectFrom('our_families_registration')
      .select('key')
      .where('line', '=', `family/${familyId}`)
      .where('place_id', 'in', [...places])
      .limit(1)
      .execute();
    return found.length > 0;
  }

  private registered() {
    return this.database
      .selectFrom('our_families_registration as r')
      .innerJoin('household_entitlement as e', 'e.line', 'r.line')
      .where('r.registered', '=', true)
      .where('e.entitled', '=', true);
  }

  private async familiesOn(lines: readonly string[]): Promise<OurFamily[]> {
    if (lines.length === 0) return [];
    const [registrations, members] = await Promise.all([
      this.registered()
        .selectAll('r')
        .where('r.line', 'in', lines)
        .orderBy('r.since', 'desc')
        .orderBy('r.registration_id')
        .execute(),
      this.households.members(lines),
    ]);
    return lines.flatMap((line) => {
      const ours = registrations.filter((r) => r.line === line);
      if (ours.length === 0) return [];
      return {
        familyId: idOfSubject('family', line) ?? line,
        line,
        registrations: ours.map((r) => ({
          registrationId: r.registration_id,
          placeId: r.place_id,
          since: r.since,
        })),
        members: members.get(line) ?? [],
      };
    });
  }
}

function isAmong(placeId: string | null, places: readonly string[] | undefined): boolean {
  return places === undefined || (placeId !== null && places.includes(placeId));
}
