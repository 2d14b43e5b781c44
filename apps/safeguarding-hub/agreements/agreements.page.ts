import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { TableVersion } from '@common-thread/disclosure/tables';
import { allTables } from '@common-thread/disclosure/tables';
import type { EndAgreement } from '@common-thread/domain/sharing/agreement';
import { sameScope } from '@common-thread/domain/sharing/agreed-scope';
import { Commands } from '@common-thread/platform/commands';
import { reached } from '@common-thread/platform/asking-vault';
import type { FormState } from '@common-thread/platform/pages/components';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import {
  errorsOf,
  hiddenFields,
  keyIn,
  reopened,
  sent,
} from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { formFields, Typed, typedText } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import type { AgreementTold } from '@common-thread/platform/sharing-agreements';
import { SharingAgreements, versionNow } from '@common-thread/platform/sharing-agreements';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { endView, narrowView, signView } from './agreement-forms.presenter.js';
import type { AgreementStep } from './agreement.form.js';
import { agreementForms, SCOPE, typedOf, typedScope } from './agreement.form.js';
import type { RecordedLast } from './agreement-said.js';
import { recordedLast, saidOf } from './agreement-said.js';
import { agreementView } from './agreement.presenter.js';
import { agreementHref, agreementsView } from './agreements.presenter.js';
import { endingView } from './ending.presenter.js';
import { scopeIn } from './what-ends.js';

const READ = 'The list of agreements';
const SECTION = '/agreements';
const NEW = `${SECTION}/new`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

class AgreementPath {
  @Matches(UUID)
  agreementId!: string;
}

class StepPath extends AgreementPath {
  @IsIn(['narrow', 'end'])
  step!: 'narrow' | 'end';
}

class AgreementQuery {
  @IsOptional()
  @IsIn(recordedLast)
  recorded?: RecordedLast;

  @IsOptional()
  @Matches(UUID)
  kept?: string;
}

interface NotRecorded extends Pick<FormState, 'errors'> {
  /** By the rules, which say the same whenever it is sent again. */
  readonly isRefused: boolean;
}

/** What organisations have signed to tell each other: for information-governance officers. */
@Controller('agreements')
@ForRoles('information-governance')
export class AgreementsPageRoutes {
  constructor(
    private readonly agreements: SharingAgreements,
    private readonly directory: DirectoryNamesReader,
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get()
  async list(@Caller() { accessToken }: SignedInCaller): Promise<Page> {
    const told = await reached(READ, () => this.agreements.all(accessToken));
    const view = agreementsView(told, await this.directory.names());
    return drawn('agreements', view, 'Sharing agreements');
  }

  @Get('new')
  async ask(@Query() { kept }: AgreementQuery, @Caller() caller: SignedInCaller): Promise<Page> {
    return this.#signing(await reopened(this.kept, caller, formOf('sign'), kept));
  }

  @Post('new')
  async sign(@Typed() typed: TypedFields, @Caller() caller: SignedInCaller): Promise<Page | GoTo> {
    const done = await this.#send('sign', '/v1/agreements', typed, caller);
    if ('errors' in done) return this.#signing({ typed, errors: done.errors });
    return new GoTo(`${agreementHref(String(done.answer.id))}?recorded=signed`);
  }

  @Get(':agreementId')
  async show(
    @Param() { agreementId }: AgreementPath,
    @Query() { recorded }: AgreementQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const told = await this.#of(agreementId, caller);
    return this.#shown(told, { said: saidOf(recorded, told.agreement) });
  }

  @Get(':agreementId/:step')
  async change(
    @Param() { agreementId, step }: StepPath,
    @Query() { kept }: AgreementQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const told = await this.#of(agreementId, caller);
    if (told.agreement.ended) return new GoTo(agreementHref(agreementId));
    const state = await reopened(this.kept, caller, formOf(step), kept);
    if (step === 'end' || state.wasKept) return this.#changing(told, step, state);
    return this.#changing(told, step, { typed: typedNow(told), errors: [] });
  }

  @Post(':agreementId/narrow')
  async narrow(
    @Param() { agreementId }: AgreementPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const told = await this.#of(agreementId, caller);
    if (isAsDrawn(told, typed)) {
      const errors = [{ field: SCOPE, message: 'Choose less of at least one kind of fact' }];
      return this.#changing(told, 'narrow', { typed, errors });
    }
    return this.#recorded(agreementId, 'narrow', typed, caller);
  }

  /** What is typed is shown with what it means first, and sent once that was confirmed. */
  @Post(':agreementId/end')
  async end(
    @Param() { agreementId }: AgreementPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const asked = typedText(typed, 'confirmation');
    if (asked === 'yes') return this.#recorded(agreementId, 'end', typed, caller);
    const told = await this.#of(agreementId, caller);
    if (told.agreement.ended) return new GoTo(agreementHref(agreementId));
    const checked = agreementForms.end.check(typed);
    if (asked === 'change') return this.#changing(told, 'end', { typed, errors: [] });
    if (!checked.ok) return this.#changing(told, 'end', { typed, errors: checked.errors });
    const view = endingView(
      {
        agreement: told.agreement,
        told: await reached(READ, () => this.agreements.all(caller.accessToken)),
        answers: checked.value as EndAgreement['data'],
        hidden: hiddenFields({ form: formOf('end'), page: pageOf(told, 'end') }, typed),
      },
      await this.directory.names(),
      tableOf(told),
    );
    return drawn('ending', view, 'End this agreement?');
  }

  async #recorded(
    agreementId: string,
    step: 'narrow' | 'end',
    typed: TypedFields,
    caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const done = await this.#send(step, `/v1/agreements/${agreementId}`, typed, caller);
    if ('errors' in done) {
      const told = await this.#of(agreementId, caller);
      // Of one that has ended nothing can be corrected: how it ended is what there is to see.
      if (told.agreement.ended && done.isRefused) return this.#shown(told, done);
      return this.#changing(told, step, { typed, errors: done.errors });
    }
    const recorded = done.answer.inForce === true ? 'in-force' : 'not-yet';
    return new GoTo(`${agreementHref(agreementId)}?recorded=${recorded}`);
  }

  /** What was answered, or what to correct. */
  async #send(
    step: AgreementStep,
    path: string,
    typed: TypedFields,
    caller: SignedInCaller,
  ): Promise<NotRecorded | { readonly answer: Readonly<Record<string, unknown>> }> {
    const form = agreementForms[step];
    const checked = form.check(typed);
    if (!checked.ok) return { errors: checked.errors, isRefused: false };
    const outcome = await this.commands.send(caller.accessToken, {
      path: path + form.path,
      body: checked.value,
      idempotencyKey: keyIn(typed),
    });
    if (outcome.kind !== 'done') {
      const errors = errorsOf(outcome, form.firstField, form.names) ?? [];
      return { errors, isRefused: outcome.kind === 'refused' };
    }
    await sent(this.kept, caller, typed);
    return { answer: outcome.answer };
  }

  async #of(agreementId: string, { accessToken }: SignedInCaller): Promise<AgreementTold> {
    const told = await reached(READ, () => this.agreements.of(accessToken, agreementId));
    if (!told) throw problems.notFound();
    return told;
  }

  async #shown(told: AgreementTold, of: Parameters<typeof agreementView>[3]): Promise<Page> {
    const view = agreementView(told, await this.directory.names(), tableOf(told), of);
    return drawn('agreement', view, 'Sharing agreement', { errors: of.errors ?? [] });
  }

  async #signing(state: FormState): Promise<Page> {
    const hidden = hiddenFields({ form: formOf('sign'), page: NEW }, state.typed);
    const view = signView(state, hidden, await this.directory.names());
    return drawn('sign', view, 'Sign a sharing agreement', state);
  }

  async #changing(told: AgreementTold, step: 'narrow' | 'end', state: FormState): Promise<Page> {
    const names: DirectoryNames = await this.directory.names();
    const seen = versionNow(told.agreement).version;
    const identity = { form: formOf(step), page: pageOf(told, step), seen };
    const hidden = hiddenFields(identity, state.typed);
    return step === 'narrow'
      ? drawn('narrow', narrowView(told.agreement, state, hidden, names), 'Narrow it', state)
      : drawn('end', endView(told.agreement, state, hidden, names), 'End it', state);
  }
}

function formOf(step: AgreementStep): string {
  return `agreement-${step}`;
}

function pageOf({ agreement }: AgreementTold, step: AgreementStep): string {
  return `${agreementHref(agreement.agreementId)}/${step}`;
}

/** Whether a narrower version shares what was shared when its form was drawn: sent again it does not. */
function isAsDrawn({ agreement }: AgreementTold, typed: TypedFields): boolean {
  const seen = Number(typedText(typed, formFields.seen));
  const drawnFrom = agreement.versions.find(({ version }) => version === seen);
  return drawnFrom !== undefined && sameScope(scopeIn(drawnFrom), typedScope(typed));
}

function typedNow({ agreement }: AgreementTold): TypedFields {
  return typedOf(scopeIn(versionNow(agreement)));
}

/** The disclosure table in force; undefined where this release is an older one. */
function tableOf({ tableVersion }: AgreementTold): TableVersion | undefined {
  return allTables.get(tableVersion);
}

function drawn(
  template: 'agreements' | 'agreement' | 'sign' | 'narrow' | 'end' | 'ending',
  view: object,
  title: string,
  { errors }: Pick<FormState, 'errors'> = { errors: [] },
): Page {
  return new Page(`safeguarding-hub/agreements/${template}.njk`, view, {
    title,
    section: SECTION,
    ...(errors.length > 0 ? { hasErrors: true, status: 422 } : {}),
  });
}
