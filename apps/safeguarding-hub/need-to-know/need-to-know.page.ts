import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { Commands } from '@common-thread/platform/commands';
import type { FormState } from '@common-thread/platform/pages/components';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { errorsOf, hiddenFields, keyIn, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { RestrictionQueries } from '../restrictions/queries.js';
import type { Step } from './need-to-know.form.js';
import { needToKnowForms, steps } from './need-to-know.form.js';
import { needToKnowView } from './need-to-know.presenter.js';
import { NeedToKnowQueries } from './queries.js';

const WAIT_TRIES = 40;
const LOOK_AGAIN_MS = 50;

class FamilyPath {
  @Matches(/^[0-9a-f-]{36}$/)
  familyId!: string;
}

class StepPath extends FamilyPath {
  @IsIn(steps)
  step!: Step;
}

class NeedToKnowQuery {
  /** Tag of a change just recorded, which the page waits a moment for. */
  @IsOptional()
  @Matches(/^[0-9a-f-]{0,36}$/)
  after?: string;

  @IsOptional()
  @Matches(/^(recorded|in-force|not-yet)$/)
  recorded?: string;
}

const saidOf: Readonly<Record<string, string>> = {
  recorded: 'Recorded.',
  'in-force': 'Recorded, and in force everywhere.',
  'not-yet':
    'Recorded, not yet in force: part of the service has not heard of it. Until it has, treat the ' +
    'record as it was before, and open this page again in a minute.',
};

/** What is decided about telling others of a family. Nothing of the record is opened here. */
@Controller('need-to-know')
@ForRoles('hub-triage', 'hub-manager')
export class NeedToKnowPageRoutes {
  constructor(
    private readonly queries: NeedToKnowQueries,
    private readonly restrictions: RestrictionQueries,
    private readonly directory: DirectoryNamesReader,
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get(':familyId')
  async show(
    @Param() { familyId }: FamilyPath,
    @Query() { after, recorded }: NeedToKnowQuery,
  ): Promise<Page> {
    await this.#settled(familyId, after);
    return this.#drawn(familyId, undefined, saidOf[recorded ?? '']);
  }

  @Post(':familyId/:step')
  async send(
    @Param() { familyId, step }: StepPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    await this.#referencesOf(familyId);
    const form = needToKnowForms[step];
    const checked = form.check(typed);
    const wrong = (errors: FormState['errors']) =>
      this.#drawn(familyId, { step, state: { typed, errors } }, undefined);
    if (!checked.ok) return wrong(checked.errors);
    const outcome = await this.commands.send(caller.accessToken, {
      path: form.path.replace('<familyId>', familyId),
      body: checked.value,
      idempotencyKey: keyIn(typed),
    });
    if (outcome.kind !== 'done') {
      return wrong(errorsOf(outcome, form.firstField, form.names) ?? []);
    }
    await sent(this.kept, caller, typed);
    const { inForce } = outcome.answer;
    const recorded = typeof inForce !== 'boolean' ? 'recorded' : inForce ? 'in-force' : 'not-yet';
    const asked = new URLSearchParams({ after: outcome.tag ?? '', recorded });
    return new GoTo(`/need-to-know/${familyId}?${asked.toString()}`);
  }

  async #drawn(
    familyId: string,
    open: { readonly step: Step; readonly state: FormState } | undefined,
    said: string | undefined,
  ): Promise<Page> {
    const references = await this.#referencesOf(familyId);
    const record = await this.queries.of(familyId);
    const names = await this.directory.names();
    const page = `/need-to-know/${familyId}`;
    const hiddenFor = (step: Step, { typed }: FormState) =>
      hiddenFields({ form: `need-to-know-${step}`, page }, typed);
    const view = needToKnowView(
      { familyId, references, record, names },
      { open, hiddenFor, said },
    );
    const hasErrors = (open?.state.errors.length ?? 0) > 0;
    return new Page('safeguarding-hub/need-to-know/need-to-know.njk', view, {
      title: 'Who is told of this family',
      section: '/',
      ...(hasErrors ? { hasErrors, status: 422 } : {}),
    });
  }

  /** @throws Problem not-found where the hub has no contact about the family */
  async #referencesOf(familyId: string): Promise<readonly string[]> {
    const references = await this.restrictions.referencesOf(familyId);
    if (references.length === 0) throw problems.notFound();
    return references;
  }

  /** Waits until our own copy has a change, or has had long enough. */
  async #settled(familyId: string, after: string | undefined): Promise<void> {
    if (!after) return;
    for (let nth = 0; nth < WAIT_TRIES; nth += 1) {
      const { tags } = await this.queries.of(familyId);
      if (tags.includes(after)) return;
      await pause(LOOK_AGAIN_MS);
    }
  }
}
