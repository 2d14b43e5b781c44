import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Commands } from '@common-thread/platform/commands';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import type { GoTo, Page } from '@common-thread/platform/pages/page';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { FamilyPath, KeptQuery } from '@common-thread/presenting/family-form';
import { ConfidentialAddressPages } from '@common-thread/presenting/shielding/confidential-address-pages';
import { ourFamily } from '../our-families/our-family.js';
import { OurFamiliesQueries } from '../our-families/queries.js';

/** Makes the address of a family that is registered here confidential. */
@Controller('families/:familyId/confidential-address')
export class ConfidentialAddressPageRoutes {
  readonly #pages: ConfidentialAddressPages;

  constructor(
    private readonly families: OurFamiliesQueries,
    revealing: Revealing,
    commands: Commands,
    kept: KeptForms,
  ) {
    const look = { purpose: 'centre-support', page: 'centre/confidential-address' } as const;
    this.#pages = new ConfidentialAddressPages(look, { revealing, commands, kept });
  }

  @Get()
  async ask(
    @Param() { familyId }: FamilyPath,
    @Query() { kept }: KeptQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    return this.#pages.ask(await ourFamily(this.families, familyId, caller), kept, caller);
  }

  @Post()
  async record(
    @Param() { familyId }: FamilyPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    return this.#pages.send(await ourFamily(this.families, familyId, caller), typed, caller);
  }
}
