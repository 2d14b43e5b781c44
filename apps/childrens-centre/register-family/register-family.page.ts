import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Commands } from '@common-thread/platform/commands';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { errorsOf, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import type { Drawn } from '@common-thread/presenting/family-form';
import { FamilyPath, formPage, KeptQuery, today } from '@common-thread/presenting/family-form';
import { householdFields } from '@common-thread/presenting/taking-on/household.form';
import { placesOf } from '../our-places.js';
import { checkRegistration } from './register-family.form.js';
import { REGISTER_FAMILY, registerFamilyView } from './register-family.presenter.js';

/** Registers a family at one of our centres. Nothing of anybody is shown, so no vault is asked. */
@Controller()
export class RegisterFamilyPageRoutes {
  constructor(
    private readonly directory: DirectoryNamesReader,
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get('register')
  async ask(@Query() { kept }: KeptQuery, @Caller() caller: SignedInCaller): Promise<Page> {
    return this.drawn(await reopened(this.kept, caller, REGISTER_FAMILY, kept), caller);
  }

  @Post('register')
  async register(
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const places = placesOf(caller, await this.directory.names());
    const placeIds = places.map(({ value }) => value);
    const checked = checkRegistration(typed, placeIds, today());
    if (!checked.ok) return this.drawn({ typed, errors: checked.errors }, caller);
    const outcome = await this.commands.send(caller.accessToken, {
      path: '/v1/registrations',
      body: checked.value,
      idempotencyKey: keyIn(typed),
    });
    const errors = errorsOf(outcome, 'givenName', householdFields);
    if (errors) return this.drawn({ typed, errors }, caller);
    await sent(this.kept, caller, typed);
    const { familyId } = outcome.kind === 'done' ? outcome.answer : {};
    return new GoTo(`/families/${String(familyId)}/registered`);
  }

  @Get('families/:familyId/registered')
  confirm(@Param() { familyId }: FamilyPath): Page {
    const view = {
      back: { href: '/', text: 'Our families' },
      familyHref: `/families/${familyId}`,
    };
    return new Page('childrens-centre/register-family/family-registered.njk', view, {
      title: 'Family registered',
      section: '/',
    });
  }

  private async drawn(state: Drawn, caller: SignedInCaller): Promise<Page> {
    const places = placesOf(caller, await this.directory.names());
    const view = registerFamilyView(state, places);
    const template = 'childrens-centre/register-family/register-family.njk';
    return formPage(template, view, { title: 'Register a family' }, state);
  }
}
