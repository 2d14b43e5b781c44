import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { londonDay } from '@common-thread/domain/london-day';
import { reached } from '@common-thread/platform/asking-vault';
import { CopiesOfRecords } from '@common-thread/platform/copies-of-records';
import type { FormState } from '@common-thread/platform/pages/components';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { hiddenFields, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { Tellings } from '@common-thread/platform/tellings';
import type { CopyFormat } from '@common-thread/presenting/subject-access/copy-documents';
import {
  copyDocument,
  copyFormats,
  namesIn,
} from '@common-thread/presenting/subject-access/copy-documents';
import { wholeCopy } from '@common-thread/presenting/subject-access/whole-copy';
import { ExportLimit } from '../information-governance/export-limit.js';
import type { Step } from './copies.form.js';
import { checkRequest, matterForms, steps } from './copies.form.js';
import type { OpenMatterForm } from './copies.presenter.js';
import { copiesView, copyRequestView, hrefOf, requestView } from './copies.presenter.js';
import { saying, TRY_AGAIN } from './saying.js';
import { withheldView } from './withheld.presenter.js';

class PersonQuery {
  @Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  person!: string;

  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  kept?: string;
}

class RequestPath {
  @Matches(/^[0-9a-f-]{36}$/)
  requestId!: string;
}

class StepPath extends RequestPath {
  @IsIn(steps)
  step!: Step;
}

class FilePath extends RequestPath {
  @IsIn(copyFormats)
  format!: CopyFormat;
}

class RequestQuery {
  @IsOptional()
  @IsIn(['request', ...steps])
  recorded?: string;

  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  kept?: string;
}

const saidOf: Readonly<Record<string, string>> = {
  request: 'Recorded. The month is counted from the day it reached us.',
  'leave-out': 'Recorded: it is in no copy about this person from now on.',
  give: 'Recorded: it is no longer left out of copies of this request by its number. Rules may still hold it back.',
};
const contentTypes: Readonly<Record<CopyFormat, string>> = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
};
const REQUESTS = 'The requests for copies';
const SECTION = '/copies';
const REQUEST = 'request-copy';

/** Copies that people ask of what is held about them: for information-governance officers. */
@Controller('copies')
@ForRoles('information-governance')
export class CopiesPageRoutes {
  readonly #exports = new ExportLimit();

  constructor(
    private readonly copies: CopiesOfRecords,
    private readonly tellings: Tellings,
    private readonly kept: KeptForms,
  ) {}

  @Get()
  async list(@Caller() { accessToken }: SignedInCaller): Promise<Page> {
    const requests = await reached(REQUESTS, () => this.copies.list(accessToken));
    return drawn('copies', copiesView(requests, today()), 'Copies of records');
  }

  @Get('new')
  async ask(
    @Query() { kept, person }: PersonQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    return asking(person, await reopened(this.kept, caller, REQUEST, kept));
  }

  @Post('new')
  async request(
    @Query() { person }: PersonQuery,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const checked = checkRequest(typed, new Date());
    if (!checked.ok) return asking(person, { typed, errors: checked.errors });
    const asked = { ...checked.value, personId: person, key: keyIn(typed) };
    const said = await saying(() => this.copies.request(caller.accessToken, asked));
    if ('wrong' in said) {
      return asking(person, { typed, errors: [{ field: 'askedBy', message: said.wrong }] });
    }
    await sent(this.kept, caller, typed);
    return new GoTo(`${hrefOf(said.answer.request.requestId)}?recorded=request`);
  }

  @Get(':requestId')
  async show(
    @Param() { requestId }: RequestPath,
    @Query() { kept, recorded }: RequestQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const state = await reopened(this.kept, caller, formOf('leave-out'), kept);
    const open = state.wasKept ? { step: 'leave-out' as const, state } : undefined;
    return this.#request(requestId, caller, open, saidOf[recorded ?? '']);
  }

  @Get(':requestId/withheld')
  async withheld(
    @Param() { requestId }: RequestPath,
    @Caller() { accessToken }: SignedInCaller,
  ): Promise<Page> {
    const log = await reached(REQUESTS, () => this.copies.withheld(accessToken, requestId));
    if (!log) throw problems.notFound();
    return drawn('withheld', withheldView(log), 'What was left out');
  }

  @Post(':requestId/files/:format')
  @HttpCode(200)
  async file(
    @Param() { format, requestId }: FilePath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page | string> {
    const giveBack = this.#exports.count(caller.actor.id);
    const ports = { copies: this.copies, tellings: this.tellings };
    const said = await saying(() => wholeCopy(ports, caller.accessToken, requestId));
    // A copy that does not say who was told would be taken for the whole.
    const whole = 'wrong' in said ? undefined : said.answer;
    if (!whole) {
      giveBack();
      const message = 'wrong' in said ? said.wrong : TRY_AGAIN;
      const state = { typed, errors: [{ field: 'copy', message }] };
      return this.#request(requestId, caller, { step: 'copy', state }, undefined);
    }
    await sent(this.kept, caller, typed);
    reply
      .type(contentTypes[format])
      .header('content-disposition', `attachment; filename="copy-of-record.${format}"`);
    const names = namesIn(whole.names, caller.actor.organisation);
    return copyDocument(format, whole.copy, whole.told, names);
  }

  @Post(':requestId/:step')
  async decide(
    @Param() { requestId, step }: StepPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const form = matterForms[step];
    const wrong = (errors: FormState['errors']) =>
      this.#request(requestId, caller, { step, state: { typed, errors } }, undefined);
    const checked = form.check(typed);
    if (!checked.ok) return wrong(checked.errors);
    const matter = { ...checked.value, isLeftOut: form.isLeftOut };
    const said = await saying(() => this.copies.leaveOut(caller.accessToken, requestId, matter));
    if ('wrong' in said) return wrong([{ field: form.firstField, message: said.wrong }]);
    await sent(this.kept, caller, typed);
    return new GoTo(`${hrefOf(requestId)}?recorded=${step}`);
  }

  async #request(
    requestId: string,
    { accessToken }: SignedInCaller,
    open: OpenMatterForm | undefined,
    said: string | undefined,
  ): Promise<Page> {
    const request = await reached(REQUESTS, () => this.copies.of(accessToken, requestId));
    if (!request) throw problems.notFound();
    const hiddenFor = (step: OpenMatterForm['step']) =>
      hiddenFields(
        { form: formOf(step), page: hrefOf(requestId) },
        open?.step === step ? open.state.typed : {},
      );
    const view = copyRequestView(request, { open, said, hiddenFor }, today());
    return drawn('request', view, 'Copy of a record', (open?.state.errors.length ?? 0) > 0);
  }
}

function asking(person: string, state: FormState): Page {
  const hidden = hiddenFields(
    { form: REQUEST, page: `/copies/new?person=${person}` },
    state.typed,
  );
  const view = requestView(person, state, hidden);
  return drawn('new-request', view, 'Record a request for a copy', state.errors.length > 0);
}

function formOf(step: OpenMatterForm['step']): string {
  return `copy-${step}`;
}

function today(): string {
  return londonDay(new Date().toISOString());
}

function drawn(
  template: 'copies' | 'new-request' | 'request' | 'withheld',
  view: object,
  title: string,
  hasErrors = false,
): Page {
  return new Page(`safeguarding-hub/copies-of-records/${template}.njk`, view, {
    title,
    section: SECTION,
    ...(hasErrors ? { hasErrors, status: 422 } : {}),
  });
}
