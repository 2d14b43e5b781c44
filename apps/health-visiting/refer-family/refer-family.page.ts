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
import { ourFamily } from '../caseload/our-family.js';
import { CaseloadQueries } from '../caseload/queries.js';

/** *Refer a family* to the safeguarding hub; what comes of it stands in the family’s history. */
@Controller('families/:familyId')
export class ReferFamilyPageRoutes {
  readonly #pages: ReferringPages;

  constructor(
    private readonly caseload: CaseloadQueries,
    directory: DirectoryNamesReader,
    revealing: Revealing,
    commands: Commands,
    kept: KeptForms,
  ) {
    const look = { purpose: 'direct-care', page: 'health-visiting/refer-family' } as const;
    this.#pages = new ReferringPages(look, { directory, revealing, commands, kept });
  }

  @Get('refer')
  async ask(
    @Param() { familyId }: FamilyPath,
    @Query() { kept }: KeptQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    return this.#pages.ask(await ourFamily(this.caseload, familyId, caller), kept, caller);
  }

  @Post('refer')
  async send(
    @Param() { familyId }: FamilyPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const family = await ourFamily(this.caseload, familyId, caller);
    const answer = await this.#pages.send(family, typed, caller);
    if (answer instanceof Page) return answer;
    return new GoTo(`/families/${familyId}/referred?reference=${answer.reference}`);
  }

  @Get('referred')
  confirm(@Param() { familyId }: FamilyPath, @Query() { reference }: SentQuery): Promise<Page> {
    const links = [
      {
        href: `/families/${familyId}`,
        text: 'Back to the family: its history says what comes of it',
      },
      { href: '/', text: 'Caseload' },
    ];
    return this.#pages.confirm(reference, links, '/');
  }
}
