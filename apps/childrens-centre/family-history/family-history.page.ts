import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FamilyHistory } from '@common-thread/adapters/postgres/family-history-reader';
import { londonDay } from '@common-thread/domain/london-day';
import { Page } from '@common-thread/platform/pages/page';
import { problems } from '@common-thread/platform/problem';
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
import type { RecordedSession } from './family-history.presenter.js';
import { familyHistoryView, recordedWords } from './family-history.presenter.js';
import { OurFamiliesQueries } from '../our-families/queries.js';
import { placesSeenBy } from '../our-places.js';
import { FamilyHistoryQueries } from './queries.js';

class FamilyPath {
  @ApiProperty({ format: 'uuid' })
  @Matches(/^[0-9a-f-]{36}$/)
  familyId!: string;
}

class FamilyQuery extends HistoryQuery {
  @IsOptional()
  @IsIn(Object.keys(recordedWords))
  recorded?: RecordedSession;
}

@Controller()
export class FamilyHistoryPageRoutes {
  constructor(
    private readonly histories: FamilyHistoryQueries,
    private readonly families: OurFamiliesQueries,
    private readonly directory: DirectoryNamesReader,
    private readonly revealing: Revealing,
  ) {}

  @Get('families/:familyId')
  async show(
    @Param() { familyId }: FamilyPath,
    @Query() { before, recorded }: FamilyQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const history = await this.history(familyId, before, caller);
    const names = await this.directory.names();
    const reveal = new PageReveal('centre-support', 'centre/family');
    if (history.household) askForHousehold(reveal, history.household);
    askForHistory(reveal, history.line, history.lines);
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const view = familyHistoryView(familyId, history, opened, names, {
      today: londonDay(new Date().toISOString()),
      earlier: before !== undefined,
      recorded,
    });
    return new Page('childrens-centre/family-history/family-history.njk', view, {
      title: 'Family history',
      section: '/',
    });
  }

  /** The same for systems, paged by RFC 8288 links; personal fields are boxes. */
  @Get('v1/families/:familyId/history')
  @PublishedQuery({
    summary: 'Read a family’s history',
    answers: PublishedHistory,
    hasPages: true,
  })
  async list(
    @Param() { familyId }: FamilyPath,
    @Query() { before }: HistoryQuery,
    @Caller() caller: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FamilyHistory> {
    const history = await this.history(familyId, before, caller);
    linkNext(reply, `/v1/families/${familyId}/history`, history);
    return history;
  }

  /** What we were told stays ours when a registration ends, for those who worked with the family. */
  private async history(
    familyId: string,
    before: string | undefined,
    { actor }: SignedInCaller,
  ): Promise<FamilyHistory> {
    const places = placesSeenBy(actor);
    if (places && !(await this.families.hasBeenAt(places, familyId))) throw problems.notFound();
    return historyPage(this.histories, `family/${familyId}`, before);
  }
}
