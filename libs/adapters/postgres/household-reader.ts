import type {
  entitlementTable,
  membershipTable,
  personTable,
  relationshipTable,
  ToldAddress,
} from '@common-thread/projecting/family-history/households';
import type {
  Involvement,
  involvementTable,
} from '@common-thread/projecting/family-history/involvement';
import type { SelectedOf } from '@common-thread/projecting/read-model';
import type { Kysely } from 'kysely';

export interface HouseholdTables {
  household_person: SelectedOf<typeof personTable.columns>;
  household_membership: SelectedOf<typeof membershipTable.columns>;
  household_relationship: SelectedOf<typeof relationshipTable.columns>;
  household_involvement: SelectedOf<typeof involvementTable.columns>;
  household_entitlement: SelectedOf<typeof entitlementTable.columns>;
}

/** Identity as we are told it. Every part but kind, sex and authority is a box, unopened. */
export interface PersonTold {
  readonly personId: string;
  readonly kind: string | null;
  readonly sex: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly knownAs: string | null;
  readonly dateOfBirth: string | null;
  readonly expectedDate: string | null;
  readonly nhsNumber: string | null;
  readonly telephone: string | null;
  readonly authority: string | null;
  readonly authorityChildId: string | null;
  readonly corrected: boolean;
}

export interface MembershipTold {
  readonly membershipId: string;
  readonly personId: string | null;
  /** `child`, `parent`, `carer`, `other-adult` */
  readonly position: string | null;
  readonly since: Date | null;
  /** Null while the person lives there. */
  readonly until: Date | null;
  readonly address: string | null;
  readonly postcode: string | null;
  /** Oldest first; the last is where they live now. */
  readonly addresses: readonly ToldAddress[];
}

/** One person with their memberships of this family, the current one last. */
export interface HouseholdMember extends PersonTold {
  readonly memberships: readonly MembershipTold[];
  /** A membership that has not ended. */
  readonly current: boolean;
}

export interface RelationshipTold {
  readonly personId: string;
  readonly relatedPersonId: string;
  readonly relationship: string | null;
  readonly parentalResponsibility: boolean | null;
}

export interface Household {
  /** `family/<id>` */
  readonly line: string;
  /** Children and adults told of, current members first. */
  readonly members: readonly HouseholdMember[];
  readonly relationships: readonly RelationshipTold[];
  /** Services involved now or before, the current ones first. */
  readonly involvements: readonly Involvement[];
}

/** Reads who is in families, the same in every agency (libs/projecting/family-history/households.ts). */
export class HouseholdReader {
  constructor(private readonly database: Kysely<HouseholdTables>) {}

  /** Whether we are entitled to a family now. Never true of a contact's line: that is ours by authorship. */
  async isEntitled(line: string): Promise<boolean> {
    return (await this.entitledAmong([line])).has(line);
  }

  /** Those of the lines that we are entitled to now. */
  async entitledAmong(lines: readonly string[]): Promise<ReadonlySet<string>> {
    if (lines.length === 0) return new Set();
    const found = await this.database
      .selectFrom('household_entitlement')
      .select('line')
      .where('line', 'in', lines)
      .where('entitled', '=', true)
      .execute();
    return new Set(found.map(({ line }) => line));
  }

  async household(line: string): Promise<Household> {
    const [households, relationships, involvements] = await Promise.all([
      this.members([line]),
      this.relationships(line),
      this.involvements(line),
    ]);
    return { line, members: households.get(line) ?? [], relationships, involvements };
  }

  /** Who is in each of several families, in two queries. */
  async members(
    lines: readonly string[],
  ): Promise<ReadonlyMap<string, readonly HouseholdMember[]>> {
    if (lines.length === 0) return new Map();
    const [people, memberships] = await Promise.all([
      this.database
        .selectFrom('household_person')
        .selectAll()
        .where('line', 'in', lines)
        .where('stands', '=', true)
        .execute(),
      this.database
        .selectFrom('household_membership')
        .selectAll()
        .where('line', 'in', lines)
        .where('stands', '=', true)
        .orderBy('since')
        .orderBy('membership_id')
        .execute(),
    ]);
    const membersOf = (line: string) =>
      membersFrom(
        people.filter((person) => person.line === line).map(personOf),
        memberships.filter((membership) => membership.line === line).map(membershipOf),
      );
    return new Map(lines.map((line) => [line, membersOf(line)]));
  }

  /** The last recorded between each two people, in order of recording. */
  private async relationships(line: string): Promise<readonly RelationshipTold[]> {
    const found = await this.database
      .selectFrom('household_relationship')
      .selectAll()
      .where('line', '=', line)
      .where('stands', '=', true)
      .orderBy('recorded_from')
      .orderBy('sequence')
      .execute();
    const byPair = new Map<string, RelationshipTold>();
    for (const { person_id, related_person_id, ...told } of found) {
      if (person_id === null || related_person_id === null) continue;
      byPair.set(`${person_id} ${related_person_id}`, {
        personId: person_id,
        relatedPersonId: related_person_id,
        relationship: told.relationship,
        parentalResponsibility: told.parental_responsibility,
      });
    }
    return [...byPair.values()];
  }

  private async involvements(line: string): Promise<readonly Involvement[]> {
    const found = await this.database
      .selectFrom('household_involvement')
      .select('involvements')
      .where('line', '=', line)
      .orderBy('key')
      .execute();
    const all = found.flatMap(({ involvements }) => involvements as readonly Involvement[]);
    return [...all.filter((i) => i.until === null), ...all.filter((i) => i.until !== null)];
  }
}

/** Everybody told of or holding a membership: current members first, in the order they came. */
function membersFrom(
  people: readonly PersonTold[],
  memberships: readonly MembershipTold[],
): HouseholdMember[] {
  const ids = new Set([
    ...memberships.flatMap((m) => (m.personId === null ? [] : [m.personId])),
    ...people.map((p) => p.personId),
  ]);
  const members = [...ids].map((personId): HouseholdMember => {
    const theirs = memberships.filter((m) => m.personId === personId);
    const inOrder = [
      ...theirs.filter((m) => m.until !== null),
      ...theirs.filter((m) => m.until === null),
    ];
    const person = people.find((p) => p.personId === personId) ?? nobodyTold(personId);
    const current = theirs.some((m) => m.until === null);
    return { ...person, memberships: inOrder, current };
  });
  return [...members.filter((m) => m.current), ...members.filter((m) => !m.current)];
}

function personOf(record: HouseholdTables['household_person']): PersonTold {
  return {
    personId: record.person_id,
    kind: record.kind,
    sex: record.sex,
    givenName: record.given_name,
    familyName: record.family_name,
    knownAs: record.known_as,
    dateOfBirth: record.date_of_birth,
    expectedDate: record.expected_date,
    nhsNumber: record.nhs_number,
    telephone: record.telephone,
    authority: record.authority,
    authorityChildId: record.authority_child_id,
    corrected: record.corrected,
  };
}

/** Somebody whose membership came before, or without, who they are. */
function nobodyTold(personId: string): PersonTold {
  return {
    personId,
    kind: null,
    sex: null,
    givenName: null,
    familyName: null,
    knownAs: null,
    dateOfBirth: null,
    expectedDate: null,
    nhsNumber: null,
    telephone: null,
    authority: null,
    authorityChildId: null,
    corrected: false,
  };
}

function membershipOf(record: HouseholdTables['household_membership']): MembershipTold {
  return {
    membershipId: record.membership_id,
    personId: record.person_id,
    position: record.position,
    since: record.since,
    until: record.until,
    address: record.address,
    postcode: record.postcode,
    addresses: record.addresses as readonly ToldAddress[],
  };
}
