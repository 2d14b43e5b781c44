import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FamilyHistory } from '@common-thread/adapters/postgres/family-history-reader';
import { isoWeekOf, londonDay } from '@common-thread/domain/london-day';
import { Page } from '@common-thread/platform/pages/page';
import { PublishedQuery } from '@common-thread/platform/queries-document';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { askForHistory } from '@common-thread/presenting/history-entries';
import { HistoryQuery, historyPage, linkNext } from '@common-thread/presenting/history-paging';
import { askForHousehold } from '@common-thread/presenting/household-view';
import { PageReveal } from '@common-thread/presenting/page-reveal';
import { PublishedHistory } from '@common-thread/presenting/published-history';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { LastLooked } from '../caseload/last-looked.js';
import { CaseloadQueries } from '../caseload/queries.js';
import { askForReviews } from '../caseload/review-words.js';
import type { Recorded } from './caseload-history.presenter.js';
import { caseloadHistoryView, recordedWords } from './caseload-history.presenter.js';
import { CaseloadHistoryQueries } from './queries.js';

class FamilyPath {
  @ApiProperty({ format: 'uuid' })
  @Matches(/^[0-9a-f-]{36}$/)
  familyId!: string;
}

class FamilyQuery extends HistoryQuery {
  @IsOptional()
  @IsIn(Object.keys(recordedWords))
  recorded?: Recorded;
}

@Controller()
export class CaseloadHistoryPageRoutes {
  constructor(
    private readonly histories: CaseloadHistoryQueries,
    private readonly caseload: CaseloadQueries,
    private readonly lastLooked: LastLooked,
    private readonly directory: DirectoryNamesReader,
    private readonly revealing: Revealing,
  ) {}

  @Get('families/:familyId')
  async show(
    @Param() { familyId }: FamilyPath,
    @Query() { before, recorded }: FamilyQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const history = await historyPage(this.histories, `family/${familyId}`, before);
    const today = londonDay(new Date().toISOString());
    const { line } = history;
    const person = caller.actor.id;
    const family = await this.caseload.findFamily(familyId, { person, week: isoWeekOf(today) });
    const names = await this.directory.names();
    const reveal = new PageReveal('direct-care', 'health-visiting/family');
    if (history.household) askForHousehold(reveal, history.household);
    askForReviews(reveal, line, family?.reviews ?? []);
    askForHistory(reveal, line, history.lines);
    const opened = await reveal.open(this.revealing, caller.accessToken);
    // Only what could be read has been looked at.
    if (family && opened.reachable) await this.lastLooked.mark(person, line, family.newsUpTo);
    const view = caseloadHistoryView(familyId, { history, family }, opened, names, {
      today,
      earlier: before !== undefined,
      recorded,
    });
    return new Page('health-visiting/caseload-history/caseload-history.njk', view, {
      title: 'Family history',
      section: '/',
    });
  }

  /** The same for systems, a page at a time; personal fields are boxes. */
  @Get('v1/families/:familyId/history')
  @PublishedQuery({
    summary: 'Read a family’s history',
    answers: PublishedHistory,
    hasPages: true,
  })
  async list(
    @Param() { familyId }: FamilyPath,
    @Query() { before }: HistoryQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FamilyHistory> {
    const history = await historyPage(this.histories, `family/${familyId}`, before);
    linkNext(reply, `/v1/families/${familyId}/history`, history);
    return history;
  }
}
