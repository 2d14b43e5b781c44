import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FamilyHistory } from '@common-thread/adapters/postgres/family-history-reader';
import { HistoryCursorRefused } from '@common-thread/adapters/postgres/history-reader';
import { londonDay } from '@common-thread/domain/london-day';
import { Page } from '@common-thread/platform/pages/page';
import { problems } from '@common-thread/platform/problem';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { askForHistory } from '@common-thread/presenting/history-entries';
import { askForHousehold } from '@common-thread/presenting/household-view';
import { PageReveal } from '@common-thread/presenting/page-reveal';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { familyHistoryView } from './family-history.presenter.js';
import { FamilyHistoryQueries } from './queries.js';

class FamilyPath {
  @Matches(/^[0-9a-f-]{36}$/)
  familyId!: string;
}

class HistoryQuery {
  @IsOptional()
  @IsString()
  @MaxLength(100)
  before?: string;
}

@Controller()
export class FamilyHistoryPageRoutes {
  constructor(
    private readonly histories: FamilyHistoryQueries,
    private readonly directory: DirectoryNamesReader,
    private readonly revealing: Revealing,
  ) {}

  @Get('families/:familyId')
  async show(
    @Param() { familyId }: FamilyPath,
    @Query() { before }: HistoryQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const history = await this.found(familyId, before);
    const names = await this.directory.names();
    const reveal = new PageReveal('centre-support', 'centre/family');
    if (history.household) askForHousehold(reveal, history.household);
    askForHistory(reveal, history.line, history.lines);
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const view = familyHistoryView(familyId, history, opened, names, {
      today: londonDay(new Date().toISOString()),
      earlier: before !== undefined,
    });
    return new Page('childrens-centre/family-history/family-history.njk', view, {
      title: 'Family history',
      section: '/',
    });
  }

  /** The same for systems, paged by RFC 8288 links; personal fields are boxes. */
  @Get('v1/families/:familyId/history')
  async list(
    @Param() { familyId }: FamilyPath,
    @Query() { before }: HistoryQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FamilyHistory> {
    const history = await this.found(familyId, before);
    if (history.next !== null) {
      const next = `/v1/families/${familyId}/history?before=${encodeURIComponent(history.next)}`;
      reply.header('link', `<${next}>; rel="next"`);
    }
    return history;
  }

  private async found(familyId: string, before: string | undefined): Promise<FamilyHistory> {
    const history = await this.histories
      .findHistory(`family/${familyId}`, before === undefined ? {} : { before })
      .catch((error: unknown) => {
        if (error instanceof HistoryCursorRefused) throw problems.notFound();
        throw error;
      });
    if (!history) throw problems.notFound();
    return history;
  }
}
