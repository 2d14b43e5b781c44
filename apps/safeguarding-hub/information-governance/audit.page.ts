import { Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { AuditedCall, AuditQuery } from '@common-thread/platform/auditing';
import { Auditing } from '@common-thread/platform/auditing';
import { VaultUnreachable } from '@common-thread/platform/asking-vault';
import { LookingUp } from '@common-thread/platform/looking-up';
import type { FormState } from '@common-thread/platform/pages/components';
import { emptyForm } from '@common-thread/platform/pages/components';
import { Page } from '@common-thread/platform/pages/page';
import { hiddenFields } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed, typedFieldsOf } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { Tellings } from '@common-thread/platform/tellings';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { checkLookUp } from '../look-up/look-up.form.js';
import { LOOK_UP, lookUpView } from '../look-up/look-up.presenter.js';
import { auditCsv } from './audit-csv.js';
import { checkAuditQuery } from './audit-query.js';
import { auditView } from './audit.presenter.js';
import { ExportLimit } from './export-limit.js';
import { toldView } from './told.presenter.js';

/** What one file of the audit holds at most; it says so where there is more. */
const EXPORTED_MAX = 10_000;
const EXPORTED_AT_ONCE = 500;
const SECTION = '/audit';

/** Who looked at whom: for information-governance officers, who see no record itself. */
@Controller()
@ForRoles('information-governance')
export class AuditPageRoutes {
  readonly #exports = new ExportLimit();

  constructor(
    private readonly auditing: Auditing,
    private readonly tellings: Tellings,
    private readonly lookingUp: LookingUp,
    private readonly directory: DirectoryNamesReader,
  ) {}

  @Get('audit')
  async show(@Query() query: object, @Caller() caller: SignedInCaller): Promise<Page> {
    const typed = typedFieldsOf(query);
    const checked = checkAuditQuery(typed);
    const names = await this.directory.names();
    const asked = checked.ok ? checked.value : {};
    const page = checked.ok ? await this.#read(caller, asked) : undefined;
    const errors = checked.ok ? [] : checked.errors;
    const view = auditView({ typed, errors }, asked, page, names);
    return new Page('safeguarding-hub/information-governance/audit.njk', view, {
      title: 'Who looked',
      section: SECTION,
      ...(errors.length > 0 ? { hasErrors: true, status: 422 } : {}),
    });
  }

  @Get('audit.csv')
  async export(
    @Query() query: object,
    @Caller() caller: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const checked = checkAuditQuery(typedFieldsOf(query));
    if (!checked.ok) throw problems.notFound();
    this.#exports.count(caller.actor.id);
    const calls: AuditedCall[] = [];
    let asked: AuditQuery = { ...checked.value, limit: EXPORTED_AT_ONCE };
    while (calls.length < EXPORTED_MAX) {
      const page = await this.#read(caller, asked);
      // Half a file would be taken for the whole.
      if (!page) throw problems.unavailable('The audit');
      calls.push(...page.calls);
      if (page.next === undefined) break;
      asked = { ...asked, before: page.next };
    }
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="who-looked.csv"');
    return auditCsv(calls);
  }

  @Get('audit/look-up')
  ask(): Page {
    return asking(emptyForm);
  }

  @Post('audit/look-up')
  async find(@Typed() typed: TypedFields, @Caller() caller: SignedInCaller): Promise<Page> {
    const checked = checkLookUp(typed);
    if (!checked.ok) return asking({ typed, errors: checked.errors });
    const { matches } = await this.lookingUp.lookUp(caller.accessToken, checked.value);
    const view = { back: { href: '/audit/look-up', text: 'Look again' }, matches };
    return new Page('safeguarding-hub/information-governance/found.njk', view, {
      title: matches.length === 0 ? 'Nobody matches' : 'Whose record',
      section: SECTION,
    });
  }

  @Get('audit/told')
  async told(@Query('person') person: unknown, @Caller() caller: SignedInCaller): Promise<Page> {
    if (typeof person !== 'string' || !/^[0-9a-f-]{36}$/.test(person)) throw problems.notFound();
    const field = 'address';
    const [told, shown, names] = [
      await this.tellings.of(caller.accessToken, person, field),
      await this.#read(caller, { subject: person, field, limit: EXPORTED_AT_ONCE }),
      await this.directory.names(),
    ];
    const view = toldView(person, told, shown, names);
    return new Page('safeguarding-hub/information-governance/told.njk', view, {
      title: 'Everyone ever told the address',
      section: SECTION,
    });
  }

  async #read(caller: SignedInCaller, asked: AuditQuery) {
    try {
      return await this.auditing.calls(caller.accessToken, asked);
    } catch (error) {
      if (error instanceof VaultUnreachable) return undefined;
      throw error;
    }
  }
}

function asking(state: FormState): Page {
  const hidden = hiddenFields({ form: LOOK_UP, page: '/audit/look-up' }, state.typed);
  const hasErrors = state.errors.length > 0;
  const view = {
    ...lookUpView(state, hidden, undefined),
    heading: 'Whose record is it about?',
    back: { href: '/audit', text: 'Who looked' },
    action: '/audit/look-up',
  };
  return new Page('safeguarding-hub/look-up/look-up.njk', view, {
    title: view.heading,
    section: SECTION,
    ...(hasErrors ? { hasErrors, status: 422 } : {}),
  });
}
