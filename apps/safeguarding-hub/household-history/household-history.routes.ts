import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FamilyHistory } from '@common-thread/adapters/postgres/family-history-reader';
import { PublishedQuery } from '@common-thread/platform/queries-document';
import { ForRoles } from '@common-thread/platform/signed-in';
import { HistoryQuery, historyPage, linkNext } from '@common-thread/presenting/history-paging';
import { PublishedHistory } from '@common-thread/presenting/published-history';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { HouseholdHistoryQueries } from './queries.js';

class FamilyPath {
  @ApiProperty({ format: 'uuid' })
  @Matches(/^[0-9a-f-]{36}$/)
  familyId!: string;
}

/** A household's history for systems, a page at a time; personal fields are boxes. */
@ForRoles('hub-triage', 'hub-manager')
@Controller('v1/families/:familyId/history')
export class HouseholdHistoryRoutes {
  constructor(private readonly histories: HouseholdHistoryQueries) {}

  @Get()
  @PublishedQuery({
    summary: 'Read a household’s history',
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
