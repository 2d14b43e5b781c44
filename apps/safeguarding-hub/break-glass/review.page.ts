import { Controller, Get, Param, Post } from '@nestjs/common';
import { Matches } from 'class-validator';
import { BreakingGlass } from '@common-thread/platform/break-glass';
import { reached } from '@common-thread/platform/asking-vault';
import type { AnswerError } from '@common-thread/platform/pages/answers';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { checkGlassReview } from './break-glass.form.js';
import { brokenGlassView } from './break-glass.presenter.js';

class GlassPath {
  @Matches(/^[0-9a-f-]{36}$/)
  glassId!: string;
}

/** What was broken, asked of the vault itself: a grant is on this page the moment it exists. */
@Controller('break-glass')
export class GlassReviewPageRoutes {
  constructor(private readonly breakingGlass: BreakingGlass) {}

  @Get()
  @ForRoles('information-governance', 'hub-manager')
  show(@Caller() caller: SignedInCaller): Promise<Page> {
    return this.#drawn(caller, undefined);
  }

  async #drawn(
    caller: SignedInCaller,
    wrong:
      | {
          readonly glassId: string;
          readonly state: { typed: TypedFields; errors: readonly AnswerError[] };
        }
      | undefined,
  ): Promise<Page> {
    const glasses = await reached('The vault', () => this.breakingGlass.list(caller.accessToken));
    if (!glasses) throw problems.notFound();
    const view = brokenGlassView(glasses, caller.actor.id, new Date(), wrong);
    return new Page('safeguarding-hub/break-glass/review.njk', view, {
      title: 'Broken glass',
      section: '/break-glass',
      ...(wrong ? { hasErrors: true, status: 422 } : {}),
    });
  }

  @Post(':glassId/review')
  @ForRoles('information-governance', 'hub-manager')
  async review(
    @Param() { glassId }: GlassPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const checked = checkGlassReview(typed);
    if (!checked.ok)
      return this.#drawn(caller, { glassId, state: { typed, errors: checked.errors } });
    const message = await reached('The vault', () =>
      this.breakingGlass.review(caller.accessToken, glassId, checked.value),
    );
    if (message === undefined) return new GoTo('/break-glass');
    const errors = [{ field: 'outcome', message }];
    return this.#drawn(caller, { glassId, state: { typed, errors } });
  }
}
