import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { mandatedReviews } from '@common-thread/domain/code-lists';
import { isoWeekOf, londonDay } from '@common-thread/domain/london-day';
import { Commands } from '@common-thread/platform/commands';
import type { FormState } from '@common-thread/platform/pages/components';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { errorsOf, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { childChoices } from '@common-thread/presenting/child-choices';
import { askForLabel, familyLabel } from '@common-thread/presenting/family-label';
import { PageReveal } from '@common-thread/presenting/page-reveal';
import { isChild } from '@common-thread/presenting/people';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { CaseloadFamily } from '../caseload/queries.js';
import { CaseloadQueries } from '../caseload/queries.js';
import { checkReview } from './record-review.form.js';
import { RECORD_REVIEW, recordReviewView } from './record-review.presenter.js';

class FamilyPath {
  @Matches(/^[0-9a-f-]{36}$/)
  familyId!: string;
}

class RecordQuery {
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  kept?: string;

  /** Chosen already, where the form is opened from one child's review. */
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  child?: string;

  @IsOptional()
  @IsIn(mandatedReviews)
  review?: string;
}

type Drawn = FormState & { readonly wasKept?: boolean };

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
    const family = await this.ours(familyId, caller);
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
    const family = await this.ours(familyId, caller);
    const childIds = childrenOf(family).map(({ personId }) => personId);
    const checked = checkReview(typed, childIds, today());
    if (!checked.ok) return this.drawn(family, { typed, errors: checked.errors }, caller);
    // The latest spell on our caseload is the one the review belongs to.
    const caseloadId = family.caseloads.at(-1)?.caseloadId ?? '';
    const outcome = await this.commands.send(caller.accessToken, {
      path: `/v1/caseloads/${caseloadId}/${checked.value.step}`,
      body: checked.value.body,
      idempotencyKey: keyIn(typed),
    });
    const errors = errorsOf(outcome, 'childId', { occurredAt: 'occurredOn' });
    if (errors) return this.drawn(family, { typed, errors }, caller);
    await sent(this.kept, caller, typed);
    return new GoTo(`/families/${familyId}?recorded=yes`);
  }

  private async ours(familyId: string, { actor }: SignedInCaller): Promise<CaseloadFamily> {
    const asked = { person: actor.id, week: isoWeekOf(today()) };
    const family = await this.caseload.findFamily(familyId, asked);
    if (!family) throw problems.notFound();
    return family;
  }

  private async drawn(
    family: CaseloadFamily,
    state: Drawn,
    caller: SignedInCaller,
  ): Promise<Page> {
    const { line, familyId, members } = family;
    const reveal = new PageReveal('direct-care', 'health-visiting/record-review');
    askForLabel(reveal, line, members);
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const view = recordReviewView(state, {
      familyId,
      familyName: familyLabel(line, members, opened, today()).name,
      children: childChoices(opened, line, childrenOf(family), today()),
      namesUnavailable: !opened.reachable,
      wasKept: state.wasKept ?? false,
    });
    const hasErrors = state.errors.length > 0;
    return new Page('health-visiting/record-review/record-review.njk', view, {
      title: 'Record a review',
      section: '/',
      ...(hasErrors ? { hasErrors, status: 422 } : {}),
    });
  }
}

function childrenOf(family: CaseloadFamily) {
  return family.members.filter((member) => member.current && isChild(member));
}

function today(): string {
  return londonDay(new Date().toISOString());
}
