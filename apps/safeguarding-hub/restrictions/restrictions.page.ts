import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import { londonDay } from '@common-thread/domain/london-day';
import { Commands } from '@common-thread/platform/commands';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { errorsOf, hiddenFields, keyIn, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { RestrictionQueries } from './queries.js';
import { restrictionForms } from './restriction.form.js';
import type { OpenRestrictionForm } from './restrictions.presenter.js';
import { restrictionsView, restrictionView } from './restrictions.presenter.js';

const WAIT_TRIES = 40;
const LOOK_AGAIN_MS = 50;

class FamilyPath {
  @Matches(/^[0-9a-f-]{36}$/)
  familyId!: string;
}

class StepPath extends FamilyPath {
  @Matches(/^(restrict|review|lift)$/)
  step!: string;
}

class RestrictionQuery {
  /** Tag of a change just recorded, which the page waits a moment for. */
  @IsOptional()
  @Matches(/^[0-9a-f-]{0,36}$/)
  after?: string;

  @IsOptional()
  @Matches(/^(in-force|not-yet)$/)
  recorded?: string;
}

const saidOf: Readonly<Record<string, string>> = {
  'in-force': 'Recorded, and in force everywhere.',
  'not-yet':
    'Recorded, not yet in force: part of the service has not heard of it. Until it has, treat the ' +
    'record as it was before, and open this page again in a minute.',
};

/** Restricted records: for a hub's manager, and for nobody else. Nothing of a record is opened here. */
@Controller('restrictions')
@ForRoles('hub-manager')
export class RestrictionsPageRoutes {
  constructor(
    private readonly restrictions: RestrictionQueries,
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get()
  async list(): Promise<Page> {
    const records = await this.restrictions.kept();
    const view = restrictionsView(records, londonDay(new Date().toISOString()));
    return new Page('safeguarding-hub/restrictions/restrictions.njk', view, {
      title: 'Restricted records',
      section: '/restrictions',
    });
  }

  @Get(':familyId')
  async show(
    @Param() { familyId }: FamilyPath,
    @Query() { after, recorded }: RestrictionQuery,
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
    const form = restrictionForms.find((candidate) => candidate.step === step);
    if (!form) throw problems.notFound();
    await this.#ours(familyId);
    const checked = form.check(typed);
    const wrong = (errors: OpenRestrictionForm['state']['errors']) =>
      this.#drawn(familyId, { step: form.step, state: { typed, errors } }, undefined);
    if (!checked.ok) return wrong(checked.errors);
    const outcome = await this.commands.send(caller.accessToken, {
      path: `/v1/restrictions/${familyId}${form.path}`,
      body: checked.value,
      idempotencyKey: keyIn(typed),
    });
    if (outcome.kind !== 'done') {
      return wrong(errorsOf(outcome, form.firstField, form.names) ?? []);
    }
    await sent(this.kept, caller, typed);
    const asked = new URLSearchParams({
      after: outcome.tag ?? '',
      ...(form.step === 'review'
        ? {}
        : { recorded: outcome.answer['inForce'] === true ? 'in-force' : 'not-yet' }),
    });
    return new GoTo(`/restrictions/${familyId}?${asked.toString()}`);
  }

  async #drawn(
    familyId: string,
    open: OpenRestrictionForm | undefined,
    said: string | undefined,
  ): Promise<Page> {
    const record = await this.#ours(familyId);
    const page = `/restrictions/${familyId}`;
    const view = restrictionView(
      { familyId, ...record },
      open,
      (step, { typed }) => hiddenFields({ form: `restriction-${step}`, page }, typed),
      said,
    );
    const hasErrors = (open?.state.errors.length ?? 0) > 0;
    return new Page('safeguarding-hub/restrictions/restriction.njk', view, {
      title: 'Restricted record',
      section: '/restrictions',
      ...(hasErrors ? { hasErrors, status: 422 } : {}),
    });
  }

  /** @throws Problem not-found where the hub has neither a contact about the family nor its restriction */
  async #ours(familyId: string) {
    const restricted = await this.restrictions.find(familyId);
    const references = await this.restrictions.referencesOf(familyId);
    if (!restricted && references.length === 0) throw problems.notFound();
    return { restricted, references };
  }

  /** Waits until our own copy has a change, or has had long enough. */
  async #settled(familyId: string, after: string | undefined): Promise<void> {
    if (!after) return;
    for (let nth = 0; nth < WAIT_TRIES; nth += 1) {
      if ((await this.restrictions.tagOf(familyId)) === after) return;
      await pause(LOOK_AGAIN_MS);
    }
  }
}
