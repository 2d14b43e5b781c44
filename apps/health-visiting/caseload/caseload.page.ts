import { Controller, Get, Query } from '@nestjs/common';
import { isoWeekOf, londonDay } from '@common-thread/domain/london-day';
import { Page } from '@common-thread/platform/pages/page';
import { PublishedQuery } from '@common-thread/platform/queries-document';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { askForLabel } from '@common-thread/presenting/family-label';
import { PageReveal } from '@common-thread/presenting/page-reveal';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { caseloadView, FAMILIES_A_PAGE } from './caseload.presenter.js';
import { PublishedCaseload } from './published-caseload.js';
import { CaseloadQueries } from './queries.js';
import { askForReviews } from './review-words.js';

class CaseloadQuery {
  @ApiPropertyOptional({ type: Number, minimum: 1, description: 'From 1.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  page?: number;
}

class CaseloadPageQuery extends CaseloadQuery {
  /** A family was just taken off. */
  @IsOptional()
  @IsIn(['yes'])
  left?: string;
}

@Controller()
export class CaseloadPageRoutes {
  constructor(
    private readonly caseload: CaseloadQueries,
    private readonly revealing: Revealing,
  ) {}

  @Get()
  async show(@Query() query: CaseloadPageQuery, @Caller() caller: SignedInCaller): Promise<Page> {
    const page = query.page ?? 1;
    const found = await this.found(page, caller);
    const reveal = new PageReveal('direct-care', 'health-visiting/caseload');
    for (const { line, members, reviews } of found.families) {
      askForLabel(reveal, line, members);
      askForReviews(reveal, line, reviews);
    }
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const view = caseloadView(found, opened, {
      page,
      today: today(),
      left: query.left === 'yes',
    });
    return new Page('health-visiting/caseload/caseload.njk', view, {
      title: 'Caseload',
      section: '/',
    });
  }

  /** The same for systems; names and due days are boxes. */
  @Get('v1/caseload')
  @PublishedQuery({ summary: 'List the caseload', answers: PublishedCaseload })
  async list(@Query() query: CaseloadQuery, @Caller() caller: SignedInCaller) {
    return this.found(query.page ?? 1, caller);
  }

  private found(page: number, { actor }: SignedInCaller) {
    return this.caseload.list({
      person: actor.id,
      week: isoWeekOf(today()),
      limit: FAMILIES_A_PAGE,
      offset: (page - 1) * FAMILIES_A_PAGE,
    });
  }
}

function today(): string {
  return londonDay(new Date().toISOString());
}
