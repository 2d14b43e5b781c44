import { Controller, Get, Query } from '@nestjs/common';
import { Page } from '@common-thread/platform/pages/page';
import { PublishedQuery } from '@common-thread/platform/queries-document';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { londonDay } from '@common-thread/domain/london-day';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { askForLabel } from '@common-thread/presenting/family-label';
import { PageReveal } from '@common-thread/presenting/page-reveal';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { placesSeenBy } from '../our-places.js';
import { FAMILIES_A_PAGE, ourFamiliesView } from './our-families.presenter.js';
import { PublishedFamilies } from './published-families.js';
import { OurFamiliesQueries } from './queries.js';

class OurFamiliesQuery {
  @ApiPropertyOptional({ type: Number, minimum: 1, description: 'From 1.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  page?: number;

  @ApiPropertyOptional({ type: String, description: 'Short name of one of our places.' })
  @IsOptional()
  @Matches(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)
  place?: string;
}

@Controller()
export class OurFamiliesPageRoutes {
  constructor(
    private readonly families: OurFamiliesQueries,
    private readonly directory: DirectoryNamesReader,
    private readonly revealing: Revealing,
  ) {}

  @Get()
  async show(@Query() query: OurFamiliesQuery, @Caller() caller: SignedInCaller): Promise<Page> {
    const page = query.page ?? 1;
    const place = query.place || undefined;
    const [found, names] = await Promise.all([
      this.found(caller, page, place),
      this.directory.names(),
    ]);
    const reveal = new PageReveal('centre-support', 'centre/our-families');
    for (const { line, members } of found.families) askForLabel(reveal, line, members);
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const today = londonDay(new Date().toISOString());
    const view = ourFamiliesView(found, opened, names, { page, place, today });
    return new Page('childrens-centre/our-families/our-families.njk', view, {
      title: 'Our families',
      section: '/',
    });
  }

  /** The same for systems; names are boxes, to be opened at the vault. */
  @Get('v1/families')
  @PublishedQuery({ summary: 'List our families', answers: PublishedFamilies })
  async list(@Query() query: OurFamiliesQuery, @Caller() caller: SignedInCaller) {
    return this.found(caller, query.page ?? 1, query.place || undefined);
  }

  private found({ actor }: SignedInCaller, page: number, place: string | undefined) {
    // Somebody who works at some places sees the families of those; everybody else of all of them.
    const allowed = placesSeenBy(actor);
    const places =
      place === undefined ? allowed : [place].filter((p) => allowed?.includes(p) ?? true);
    return this.families.list({
      limit: FAMILIES_A_PAGE,
      offset: (page - 1) * FAMILIES_A_PAGE,
      ...(places ? { places: places.length > 0 ? places : ['-'] } : {}),
    });
  }
}
