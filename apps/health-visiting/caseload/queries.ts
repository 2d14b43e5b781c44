import type {
  HouseholdMember,
  HouseholdTables,
} from '@common-thread/adapters/postgres/household-reader';
import { HouseholdReader } from '@common-thread/adapters/postgres/household-reader';
import { mandatedReviews } from '@common-thread/domain/code-lists';
import { earliestWeekStillCounted } from '@common-thread/domain/engagement/still-counted';
import type { SelectedOf } from '@common-thread/projecting/read-model';
import { idOfSubject } from '@common-thread/projecting/told-row';
import type { ExpressionBuilder, Kysely } from 'kysely';
import { sql } from 'kysely';
import type { LastLookedTables } from './last-looked.js';
import type { caseloadTable, newsTable, reviewTable } from './projection.js';
import type { ReviewState } from './review-state.js';
import { BEFORE_BIRTH, reviewStates } from './review-state.js';

export interface CaseloadTables extends HouseholdTables, LastLookedTables {
  caseload_family: SelectedOf<typeof caseloadTable.columns>;
  caseload_review: SelectedOf<typeof reviewTable.columns>;
  caseload_news: SelectedOf<typeof newsTable.columns>;
}

/** A family on our caseload now. Names, dates of birth and due dates are boxes, unopened. */
export interface CaseloadFamily {
  readonly familyId: string;
  /** `family/<id>`: the line to reveal on. */
  readonly line: string;
  readonly caseloads: readonly { readonly caseloadId: string; readonly since: Date | null }[];
  /** Current members first. */
  readonly members: readonly HouseholdMember[];
  /** By child and review: those due longest first, then those not held in time, then those held. */
  readonly reviews: readonly ReviewState[];
  /** Events others told of since this person last looked. */
  readonly news: number;
  /** To mark as read once the page has been shown (`LastLooked.mark`). */
  readonly newsUpTo: number;
}

export interface CaseloadRequest {
  /** Opaque id of who is looking. */
  readonly person: string;
  /** ISO week now, in London (`2026-W48`): past its week a review is overdue, while it still counts. */
  readonly week: string;
  /** Families a page, default 50. */
  readonly limit?: number;
  readonly offset?: number;
}

export interface CaseloadPage {
  /** By the earliest review still outstanding; those with none last. */
  readonly families: readonly CaseloadFamily[];
  readonly total: number;
  /** Families of the whole caseload with a review overdue. */
  readonly overdue: number;
}

const FAMILIES_A_PAGE = 50;

/** Families on this service's caseload, while we are entitled to them. */
export class CaseloadQueries {
  private readonly households: HouseholdReader;

  constructor(private readonly database: Kysely<CaseloadTables>) {
    this.households = new HouseholdReader(database);
  }

  async list(request: CaseloadRequest): Promise<CaseloadPage> {
    const { limit = FAMILIES_A_PAGE, offset = 0, week } = request;
    const [page, counted] = await Promise.all([
      this.byOutstanding(week)
        .select('line')
        .orderBy('outstanding', (order) => order.asc().nullsLast())
        .orderBy('line')
        .limit(limit)
        .offset(offset)
        .execute(),
      this.byOutstanding(week)
        .select(({ fn }) => [
          fn.countAll().as('total'),
          fn.countAll().filterWhere('outstanding', '<', week).as('overdue'),
        ])
        .executeTakeFirstOrThrow(),
    ]);
    return {
      families: await this.familiesOn(
        page.map(({ line }) => line),
        request,
      ),
      total: Number(counted.total),
      overdue: Number(counted.overdue),
    };
  }

  /** One of ours; undefined, to be answered *not found*, where it is not on our caseload now. */
  async findFamily(
    familyId: string,
    request: Pick<CaseloadRequest, 'person' | 'week'>,
  ): Promise<CaseloadFamily | undefined> {
    return (await this.familiesOn([`family/${familyId}`], request))[0];
  }

  private onCaseload() {
    return this.database
      .selectFrom('caseload_family as c')
      .innerJoin('household_entitlement as e', 'e.line', 'c.line')
      .where('c.on_caseload', '=', true)
      .where('e.entitled', '=', true);
  }

  /** Each line on caseload with the week of its earliest review not held that still counts. */
  private byOutstanding(week: string) {
    const ours = this.onCaseload()
      .select('c.line')
      .distinct()
      .select((eb) =>
        eb
          .selectFrom('caseload_review as d')
          .whereRef('d.line', '=', 'c.line')
          .where('d.stands', '=', true)
          .where('d.kind', '=', 'due')
          .where((due) => stillCounts(due, week))
          .where((due) => due.not(due.exists(ending(due))))
          .select(({ fn }) => fn.min('d.due_week').as('week'))
          .as('outstanding'),
      );
    return this.database.selectFrom(ours.as('ours'));
  }

  private async familiesOn(
    lines: readonly string[],
    { person, week }: Pick<CaseloadRequest, 'person' | 'week'>,
  ): Promise<CaseloadFamily[]> {
    if (lines.length === 0) return [];
    const [caseloads, members, reviews, news] = await Promise.all([
      this.onCaseload()
        .selectAll('c')
        .where('c.line', 'in', lines)
        .orderBy('c.since')
        .orderBy('c.caseload_id')
        .execute(),
      this.households.members(lines),
      this.database
        .selectFrom('caseload_review')
        .selectAll()
        .where('line', 'in', lines)
        .where('stands', '=', true)
        .orderBy('sequence')
        .execute(),
      this.newsOn(lines, person),
    ]);
    return lines.flatMap((line) => {
      const ours = caseloads.filter((c) => c.line === line);
      if (ours.length === 0) return [];
      const told = news.find((n) => n.line === line);
      return {
        familyId: idOfSubject('family', line) ?? line,
        line,
        caseloads: ours.map((c) => ({ caseloadId: c.caseload_id, since: c.since })),
        members: members.get(line) ?? [],
        reviews: reviewStates(
          reviews.filter((r) => r.line === line),
          week,
        ),
        news: Number(told?.news ?? 0),
        newsUpTo: Number(told?.up_to ?? 0),
      };
    });
  }

  private newsOn(lines: readonly string[], person: string) {
    return this.database
      .selectFrom('caseload_news as n')
      .leftJoin('caseload_last_looked as l', (join) =>
        join.onRef('l.line', '=', 'n.line').on('l.person', '=', person),
      )
      .where('n.line', 'in', lines)
      .groupBy('n.line')
      .select([
        'n.line',
        sql<string>`max(n.sequence)`.as('up_to'),
        sql<string>`count(distinct n.occurrence)
          filter (where n.sequence > coalesce(l.sequence, 0))`.as('news'),
      ])
      .execute();
  }
}

type DueReviews = CaseloadTables & { d: CaseloadTables['caseload_review'] };

/** What ends a review: that it was held, or, of the one before birth, that the child was born. */
function ending(due: ExpressionBuilder<DueReviews, 'd'>) {
  return due
    .selectFrom('caseload_review as h')
    .select('h.key')
    .whereRef('h.child_id', '=', 'd.child_id')
    .where('h.stands', '=', true)
    .where((h) =>
      h.or([
        h.and([h('h.kind', '=', 'held'), h('h.review', '=', h.ref('d.review'))]),
        h.and([h('h.kind', '=', 'born'), h('d.review', '=', BEFORE_BIRTH)]),
      ]),
    );
}

/** As `reviewStates` has it: one due so long ago that it cannot be held in time is not outstanding. */
function stillCounts(due: ExpressionBuilder<DueReviews, 'd'>, week: string) {
  return due.and(
    mandatedReviews.flatMap((review) => {
      const earliest = earliestWeekStillCounted(review, week);
      if (earliest === undefined) return [];
      return due.or([due('d.review', '!=', review), due('d.due_week', '>=', earliest)]);
    }),
  );
}
