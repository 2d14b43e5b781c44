import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Commands } from '@common-thread/platform/commands';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { errorsOf, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { Drawn } from '@common-thread/presenting/family-form';
import { FamilyPath, formPage, KeptQuery, today } from '@common-thread/presenting/family-form';
import { householdFields } from '@common-thread/presenting/taking-on/household.form';
import { checkTakingOn } from './take-on.form.js';
import { TAKE_ON, takeOnView } from './take-on.presenter.js';

/** Takes a family on the caseload. Nothing of anybody is shown, so no vault is asked. */
@Controller()
export class TakeOnPageRoutes {
  constructor(
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get('take-on')
  async ask(@Query() { kept }: KeptQuery, @Caller() caller: SignedInCaller): Promise<Page> {
    return this.drawn(await reopened(this.kept, caller, TAKE_ON, kept));
  }

  @Post('take-on')
  async takeOn(
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const checked = checkTakingOn(typed, today());
    if (!checked.ok) return this.drawn({ typed, errors: checked.errors });
    const outcome = await this.commands.send(caller.accessToken, {
      path: '/v1/caseloads',
      body: checked.value,
      idempotencyKey: keyIn(typed),
    });
    const errors = errorsOf(outcome, 'givenName', householdFields);
    if (errors) return this.drawn({ typed, errors });
    await sent(this.kept, caller, typed);
    const { familyId } = outcome.kind === 'done' ? outcome.answer : {};
    return new GoTo(`/families/${String(familyId)}/taken-on`);
  }

  @Get('families/:familyId/taken-on')
  confirm(@Param() { familyId }: FamilyPath): Page {
    const view = { back: { href: '/', text: 'Caseload' }, familyHref: `/families/${familyId}` };
    return new Page('health-visiting/take-on/taken-on.njk', view, {
      title: 'On your caseload',
      section: '/',
    });
  }

  private drawn(state: Drawn): Page {
    const title = 'Take a family on';
    return formPage('health-visiting/take-on/take-on.njk', takeOnView(state), { title }, state);
  }
}
