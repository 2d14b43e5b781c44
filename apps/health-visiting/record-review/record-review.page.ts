import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { mandatedReviews } from '@common-thread/domain/code-lists';
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
import { childChoices } from '@common-thread/presenting/child-choices';
import type { Drawn } from '@common-thread/presenting/family-form';
import {
  currentChildren,
  FamilyPath,
  formPage,
  KeptQuery,
  openFamilyForm,
  today,
} from '@common-thread/presenting/family-form';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { caseloadIdOf, ourFamily } from '../caseload/our-family.js';
import type { CaseloadFamily } from '../caseload/queries.js';
import { CaseloadQueries } from '../caseload/queries.js';
import { checkReview } from './record-review.form.js';
import { RECORD_REVIEW, recordReviewView } from './record-review.presenter.js';

class RecordQuery extends KeptQuery {
  /** Chosen already, where the form is opened from one child's review. */
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  child?: string;

  @IsOptional()
  @IsIn(mandatedReviews)
  review?: string;
}

/** Records a mandated review held or missed. */
@Controller('families/:familyId/reviews/record')
export class RecordReviewPageRoutes {
  constructor(
    private readonly caseload: CaseloadQueries,
    private readonly revealing: Revealing,
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get()
  async ask(
    @Param() { familyId }: FamilyPath,
    @Query() { kept, child, review }: RecordQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const family = await ourFamily(this.caseload, familyId, caller);
    const state = await reopened(this.kept, caller, RECORD_REVIEW, kept);
    const chosen = { ...(child ? { childId: child } : {}), ...(review ? { review } : {}) };
    return this.drawn(family, { ...state, typed: { ...chosen, ...state.typed } }, caller);
  }

  @Post()
  async record(
    @Param() { familyId }: FamilyPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const family = await ourFamily(this.caseload, familyId, caller);
    const childIds = currentChildren(family).map(({ personId }) => personId);
    const checked = checkReview(typed, childIds, today());
    if (!checked.ok) return this.drawn(family, { typed, errors: checked.errors }, caller);
    const outcome = await this.commands.send(caller.accessToken, {
      path: `/v1/caseloads/${caseloadIdOf(family)}/${checked.value.step}`,
      body: checked.value.body,
      idempotencyKey: keyIn(typed),
    });
    const errors = errorsOf(outcome, 'childId', { occurredAt: 'occurredOn' });
    if (errors) return this.drawn(family, { typed, errors }, caller);
    await sent(this.kept, caller, typed);
    return new GoTo(`/families/${familyId}?recorded=review`);
  }

  private async drawn(
    family: CaseloadFamily,
    state: Drawn,
    caller: SignedInCaller,
  ): Promise<Page> {
    const { parts, opened } = await openFamilyForm(family, state, look, this.revealing, caller);
    const children = childChoices(opened, family.line, currentChildren(family), today());
    const view = recordReviewView(state, { ...parts, children });
    const title = 'Record a review';
    return formPage('health-visiting/record-review/record-review.njk', view, { title }, state);
  }
}

const look = { purpose: 'direct-care', page: 'health-visiting/record-review' } as const;
