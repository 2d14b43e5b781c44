import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Commands } from '@common-thread/platform/commands';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import type { Page } from '@common-thread/platform/pages/page';
import { GoTo } from '@common-thread/platform/pages/page';
import { errorsOf, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { childChoices } from '@common-thread/presenting/child-choices';
import type { Drawn } from '@common-thread/presenting/family-form';
import {
  FamilyPath,
  formPage,
  KeptQuery,
  openFamilyForm,
  today,
} from '@common-thread/presenting/family-form';
import { expectedChildren, ourFamily } from '../caseload/our-family.js';
import type { CaseloadFamily } from '../caseload/queries.js';
import { CaseloadQueries } from '../caseload/queries.js';
import { checkBirth } from './record-birth.form.js';
import { RECORD_BIRTH, recordBirthView } from './record-birth.presenter.js';

/** Records the birth of a child of the caseload who was expected; *not found* where none is. */
@Controller('families/:familyId/birth')
export class RecordBirthPageRoutes {
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
    const family = await this.expecting(familyId, caller);
    return this.drawn(family, await reopened(this.kept, caller, RECORD_BIRTH, kept), caller);
  }

  @Post()
  async record(
    @Param() { familyId }: FamilyPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const family = await this.expecting(familyId, caller);
    const childIds = expectedChildren(family).map(({ personId }) => personId);
    const checked = checkBirth(typed, childIds, today());
    if (!checked.ok) return this.drawn(family, { typed, errors: checked.errors }, caller);
    const outcome = await this.commands.send(caller.accessToken, {
      path: `/v1/people/${checked.value.childId}/birth`,
      body: checked.value.body,
      idempotencyKey: keyIn(typed),
    });
    const errors = errorsOf(outcome, 'dateOfBirth');
    if (errors) return this.drawn(family, { typed, errors }, caller);
    await sent(this.kept, caller, typed);
    return new GoTo(`/families/${familyId}?recorded=birth`);
  }

  private async expecting(familyId: string, caller: SignedInCaller): Promise<CaseloadFamily> {
    const family = await ourFamily(this.caseload, familyId, caller);
    if (expectedChildren(family).length === 0) throw problems.notFound();
    return family;
  }

  private async drawn(
    family: CaseloadFamily,
    state: Drawn,
    caller: SignedInCaller,
  ): Promise<Page> {
    const { parts, opened } = await openFamilyForm(family, state, look, this.revealing, caller);
    const expected = childChoices(opened, family.line, expectedChildren(family), today());
    const view = recordBirthView(state, { ...parts, expected });
    const title = 'Record the birth';
    return formPage('health-visiting/record-birth/record-birth.njk', view, { title }, state);
  }
}

const look = { purpose: 'direct-care', page: 'health-visiting/record-birth' } as const;
