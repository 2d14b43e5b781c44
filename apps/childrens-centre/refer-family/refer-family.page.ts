import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Commands } from '@common-thread/platform/commands';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { FamilyPath, KeptQuery } from '@common-thread/presenting/family-form';
import { ReferringPages, SentQuery } from '@common-thread/presenting/referring/referring-pages';
import { Matches } from 'class-validator';
import { OurFamiliesQueries } from '../our-families/queries.js';
import { ourFamily } from '../our-families/our-family.js';

class ReferralPath {
  @Matches(/^[0-9a-f-]{36}$/)
  referralId!: string;
}

/** *Refer a family* to the safeguarding hub. */
@Controller()
export class ReferFamilyPageRoutes {
  readonly #pages: ReferringPages;

  constructor(
    private readonly families: OurFamiliesQueries,
    directory: DirectoryNamesReader,
    revealing: Revealing,
    commands: Commands,
    kept: KeptForms,
  ) {
    const look = { purpose: 'centre-support', page: 'centre/refer-family' } as const;
    this.#pages = new ReferringPages(look, { directory, revealing, commands, kept });
  }

  @Get('families/:familyId/refer')
  async ask(
    @Param() { familyId }: FamilyPath,
    @Query() { kept }: KeptQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    return this.#pages.ask(await ourFamily(this.families, familyId, caller), kept, caller);
  }

  @Post('families/:familyId/refer')
  async send(
    @Param() { familyId }: FamilyPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const family = await ourFamily(this.families, familyId, caller);
    const answer = await this.#pages.send(family, typed, caller);
    if (answer instanceof Page) return answer;
    return new GoTo(`/referrals/${answer.referralId}/sent?reference=${answer.reference}`);
  }

  @Get('referrals/:referralId/sent')
  confirm(
    @Param() { referralId }: ReferralPath,
    @Query() { reference }: SentQuery,
  ): Promise<Page> {
    const links = [
      { href: `/referrals/${referralId}`, text: 'See this referral' },
      { href: '/referrals', text: 'All our referrals' },
    ];
    return this.#pages.confirm(reference, links, '/referrals');
  }
}
