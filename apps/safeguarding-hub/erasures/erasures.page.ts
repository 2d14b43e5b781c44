import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { londonDay } from '@common-thread/domain/london-day';
import { Commands } from '@common-thread/platform/commands';
import { reached } from '@common-thread/platform/asking-vault';
import { Erasing } from '@common-thread/platform/erasing';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { errorsOf, hiddenFields, keyIn, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import type { Step } from './erasure.form.js';
import { erasureForms, steps } from './erasure.form.js';
import type { OpenErasureForm } from './erasure.presenter.js';
import { personErasureView } from './erasure.presenter.js';
import { erasuresView, hrefOf } from './erasures.presenter.js';

const READ = 'The list of erasures';
const SECTION = '/erasures';

class PersonPath {
  @Matches(/^[0-9a-f-]{36}$/)
  personId!: string;
}

class StepPath extends PersonPath {
  @IsIn(steps)
  step!: Step;
}

class ErasureQuery {
  @IsOptional()
  @Matches(/^yes$/)
  recorded?: string;
}

/** What is due to be erased, and what officers decide about it. Nothing of a record is opened here. */
@Controller('erasures')
@ForRoles('information-governance')
export class ErasuresPageRoutes {
  constructor(
    private readonly erasing: Erasing,
    private readonly directory: DirectoryNamesReader,
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get()
  async list(@Caller() { accessToken }: SignedInCaller): Promise<Page> {
    const due = await reached(READ, () => this.erasing.due(accessToken));
    const erasures = await reached(READ, () => this.erasing.all(accessToken));
    const view = erasuresView(due, erasures, await this.directory.names());
    return new Page('safeguarding-hub/erasures/erasures.njk', view, {
      title: 'Records to erase',
      section: SECTION,
    });
  }

  @Get(':personId')
  show(
    @Param() { personId }: PersonPath,
    @Query() { recorded }: ErasureQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    return this.#drawn(personId, caller, undefined, recorded && 'Recorded.');
  }

  @Post(':personId/:step')
  async send(
    @Param() { personId, step }: StepPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const form = erasureForms[step];
    const checked = form.check(typed);
    const wrong = (errors: OpenErasureForm['state']['errors']) =>
      this.#drawn(personId, caller, { step, state: { typed, errors } }, undefined);
    if (!checked.ok) return wrong(checked.errors);
    const outcome = await this.commands.send(caller.accessToken, {
      path: `/v1/erasures/${personId}${form.path}`,
      body: checked.value,
      idempotencyKey: keyIn(typed),
    });
    if (outcome.kind !== 'done') {
      return wrong(errorsOf(outcome, form.firstField, form.names) ?? []);
    }
    await sent(this.kept, caller, typed);
    return new GoTo(`${hrefOf(personId)}?recorded=yes`);
  }

  async #drawn(
    personId: string,
    { accessToken, actor }: SignedInCaller,
    open: OpenErasureForm | undefined,
    said: string | undefined,
  ): Promise<Page> {
    const record = await reached(READ, () => this.erasing.of(accessToken, personId));
    if (!record) throw problems.notFound();
    const page = hrefOf(personId);
    const view = personErasureView(
      {
        record,
        names: await this.directory.names(),
        officer: actor.id,
        today: londonDay(new Date().toISOString()),
      },
      {
        open,
        said,
        hiddenFor: (step, { typed }) => hiddenFields({ form: `erasure-${step}`, page }, typed),
      },
    );
    const hasErrors = (open?.state.errors.length ?? 0) > 0;
    return new Page('safeguarding-hub/erasures/erasure.njk', view, {
      title: 'Holds and erasure',
      section: SECTION,
      ...(hasErrors ? { hasErrors, status: 422 } : {}),
    });
  }
}
