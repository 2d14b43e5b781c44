import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { HouseholdReader } from '@common-thread/adapters/postgres/household-reader';
import { Page } from '@common-thread/platform/pages/page';
import { problems } from '@common-thread/platform/problem';
import { PublishedQuery } from '@common-thread/platform/queries-document';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { PageReveal } from '@common-thread/presenting/page-reveal';
import { askForPerson, nameInWords } from '@common-thread/presenting/people';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { placesSeenBy } from '../our-places.js';
import {
  askForReferral,
  ourReferralsView,
  REFERRALS_A_PAGE,
  referralView,
} from './our-referrals.presenter.js';
import { PublishedReferral, PublishedReferrals } from './published-referrals.js';
import type { OurReferral } from './queries.js';
import { OurReferralsQueries } from './queries.js';

class ReferralPath {
  @ApiProperty({ format: 'uuid' })
  @Matches(/^[0-9a-f-]{36}$/)
  referralId!: string;
}

class ReferralsQuery {
  @ApiPropertyOptional({ type: Number, minimum: 1, description: 'From 1.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  page?: number;
}

@Controller()
export class OurReferralsPageRoutes {
  constructor(
    private readonly referrals: OurReferralsQueries,
    private readonly households: HouseholdReader,
    private readonly directory: DirectoryNamesReader,
    private readonly revealing: Revealing,
  ) {}

  @Get('referrals')
  async show(@Query() query: ReferralsQuery, @Caller() caller: SignedInCaller): Promise<Page> {
    const page = query.page ?? 1;
    const found = await this.found(caller, page);
    // A family that is no longer ours keeps its referrals here, and not its names.
    const ours = await this.households.entitledAmong(found.referrals.map(({ line }) => line));
    const members = await this.households.members([...ours]);
    const reveal = new PageReveal('referral-feedback', 'centre/our-referrals');
    const children = (referral: OurReferral) =>
      (members.get(referral.line) ?? []).filter(({ personId }) =>
        referral.childIds.includes(personId),
      );
    for (const referral of found.referrals) {
      reveal.about(referral.line);
      for (const child of children(referral)) askForPerson(reveal, referral.line, child);
    }
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const named = (referral: OurReferral) =>
      children(referral)
        .map((child) => nameInWords(opened, referral.line, child))
        .join(', ') || 'Not a family of yours now';
    const view = ourReferralsView(found, named, page, !opened.reachable);
    return new Page('childrens-centre/our-referrals/our-referrals.njk', view, {
      title: 'Our referrals',
      section: '/referrals',
    });
  }

  @Get('referrals/:referralId')
  async showOne(
    @Param() { referralId }: ReferralPath,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const referral = await this.ours(caller, referralId);
    const names = await this.directory.names();
    const reveal = new PageReveal('referral-feedback', 'centre/referral');
    askForReferral(reveal, referral);
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const view = referralView(referral, opened, names);
    return new Page('childrens-centre/our-referrals/referral.njk', view, {
      title: `Referral ${view.reference}`,
      section: '/referrals',
    });
  }

  @Get('v1/referrals')
  @PublishedQuery({ summary: 'List our referrals', answers: PublishedReferrals })
  async list(@Query() query: ReferralsQuery, @Caller() caller: SignedInCaller) {
    return this.found(caller, query.page ?? 1);
  }

  @Get('v1/referrals/:referralId')
  @PublishedQuery({ summary: 'Read a referral', answers: PublishedReferral, hasTag: true })
  async listOne(
    @Param() { referralId }: ReferralPath,
    @Caller() caller: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OurReferral> {
    const referral = await this.ours(caller, referralId);
    reply.header('etag', `"${referral.tag}"`);
    return referral;
  }

  private found({ actor }: SignedInCaller, page: number) {
    const places = placesSeenBy(actor);
    return this.referrals.list({
      ...(places ? { places } : {}),
      limit: REFERRALS_A_PAGE,
      offset: (page - 1) * REFERRALS_A_PAGE,
    });
  }

  private async ours({ actor }: SignedInCaller, referralId: string): Promise<OurReferral> {
    const referral = await this.referrals.findReferral(referralId, placesSeenBy(actor));
    if (!referral) throw problems.notFound();
    return referral;
  }
}
