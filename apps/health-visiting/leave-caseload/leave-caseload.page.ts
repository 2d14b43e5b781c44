import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Commands } from '@common-thread/platform/commands';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import type { Page } from '@common-thread/platform/pages/page';
import { GoTo } from '@common-thread/platform/pages/page';
import { errorsOf, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { Drawn } from '@common-thread/presenting/family-form';
import {
  FamilyPath,
  formPage,
  KeptQuery,
  openFamilyForm,
  today,
} from '@common-thread/presenting/family-form';
import { caseloadIdOf, ourFamily } from '../caseload/our-family.js';
import type { CaseloadFamily } from '../caseload/queries.js';
import { CaseloadQueries } from '../caseload/queries.js';
import { checkLeaving } from './leave-caseload.form.js';
import { LEAVE_CASELOAD, leaveCaseloadView } from './leave-caseload.presenter.js';

/** Takes a family off the caseload. */
@Controller('families/:familyId/caseload/end')
export class LeaveCaseloadPageRoutes {
  constructor(
    private readonly caseload: CaseloadQueries,
    private readonly revealing: Revealing,
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get()
  async ask(
    @Param() { familyId }: FamilyPath,
    @Query() { kept }: KeptQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const family = await ourFamily(this.caseload, familyId, caller);
    return this.drawn(family, await reopened(this.kept, caller, LEAVE_CASELOAD, kept), caller);
  }

  @Post()
  async record(
    @Param() { familyId }: FamilyPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const family = await ourFamily(this.caseload, familyId, caller);
    const checked = checkLeaving(typed, today());
    if (!checked.ok) return this.drawn(family, { typed, errors: checked.errors }, caller);
    const outcome = await this.commands.send(caller.accessToken, {
      path: `/v1/caseloads/${caseloadIdOf(family)}/end`,
      body: checked.value,
      idempotencyKey: keyIn(typed),
    });
    const errors = errorsOf(outcome, 'reason', { occurredAt: 'occurredOn' });
    if (errors) return this.drawn(family, { typed, errors }, caller);
    await sent(this.kept, caller, typed);
    return new GoTo('/?left=yes');
  }

  private async drawn(
    family: CaseloadFamily,
    state: Drawn,
    caller: SignedInCaller,
  ): Promise<Page> {
    const { parts } = await openFamilyForm(family, state, look, this.revealing, caller);
    const template = 'health-visiting/leave-caseload/leave-caseload.njk';
    const title = 'Take off the caseload';
    return formPage(template, leaveCaseloadView(state, parts), { title }, state);
  }
}

const look = { purpose: 'direct-care', page: 'health-visiting/leave-caseload' } as const;
