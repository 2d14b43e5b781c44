import { Controller, Get, Query } from '@nestjs/common';
import { isDay, londonDay } from '@common-thread/domain/london-day';
import type { AuditedCall, AuditQuery } from '@common-thread/platform/auditing';
import { Auditing } from '@common-thread/platform/auditing';
import { VaultUnreachable } from '@common-thread/platform/asking-vault';
import { calendarDayInWords, clockTime, counted } from '@common-thread/platform/pages/london-time';
import { Page } from '@common-thread/platform/pages/page';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import type { StaffReport } from '@common-thread/platform/staff';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { auditRoleWords } from '@common-thread/presenting/audit-words';
import { inWords } from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { fairholmeAccessPolicy } from './access-policy.js';
import type { AccessFinding } from './access-report.js';
import { accessReport } from './access-report.js';
import { staffView } from './staff-report.presenter.js';
import { auditHref } from './audit-query.js';

const CALLS_AT_ONCE = 500;
/** A day with more calls than this is said not to have been read whole. */
const CALLS_MAX = 50_000;

/** A day's looking that somebody should ask about: for officers. */
@Controller('audit/report')
@ForRoles('information-governance')
export class AccessReportPageRoutes {
  constructor(
    private readonly auditing: Auditing,
    private readonly directory: DirectoryNamesReader,
  ) {}

  @Get()
  async show(@Query('day') asked: unknown, @Caller() caller: SignedInCaller): Promise<Page> {
    const day = asked === undefined ? londonDay(new Date().toISOString()) : asked;
    if (typeof day !== 'string' || !isDay(day)) throw problems.notFound();
    const { calls, isWhole } = await this.#callsOf(day, caller);
    const names = await this.directory.names();
    const findings = accessReport(calls, fairholmeAccessPolicy);
    const staff = await this.#staffReport(day, caller);
    const view = {
      back: { href: '/audit', text: 'Who looked' },
      day: calendarDayInWords(day),
      isWhole,
      summary: `${counted(calls.length, 'call')} looked through, ${counted(findings.length, 'question')} to ask.`,
      findings: findings.map((finding) => findingInWords(finding, day, names)),
      ...staffView(staff, day, names),
    };
    return new Page('safeguarding-hub/information-governance/access-report.njk', view, {
      title: `Looking to ask about, ${view.day}`,
      section: '/audit',
    });
  }

  async #staffReport(day: string, { accessToken }: SignedInCaller): Promise<StaffReport> {
    try {
      return await this.auditing.staffReport(accessToken, day);
    } catch (error) {
      if (error instanceof VaultUnreachable) throw problems.unavailable('The audit');
      throw error;
    }
  }

  async #callsOf(day: string, caller: SignedInCaller) {
    const calls: AuditedCall[] = [];
    let asked: AuditQuery = { from: day, until: day, limit: CALLS_AT_ONCE };
    try {
      for (;;) {
        const page = await this.auditing.calls(caller.accessToken, asked);
        calls.push(...page.calls);
        if (page.next === undefined) return { calls, isWhole: true };
        if (calls.length >= CALLS_MAX) return { calls, isWhole: false };
        asked = { ...asked, before: page.next };
      }
    } catch (error) {
      if (error instanceof VaultUnreachable) throw problems.unavailable('The audit');
      throw error;
    }
  }
}

function findingInWords(finding: AccessFinding, day: string, names: DirectoryNames) {
  const { kind, viewer, role, organisation, count, limit, firstAt, lastAt } = finding;
  return {
    viewer,
    href: auditHref('/audit', { viewer, from: day, until: day }),
    role: inWords(auditRoleWords, role),
    organisation: names.organisation(organisation),
    what:
      kind === 'volume'
        ? `${counted(count, 'record')} looked at; ${limit} are ordinary for this role`
        : `${counted(count, 'call')} out of hours`,
    when: `${clockTime(new Date(firstAt))} to ${clockTime(new Date(lastAt))}`,
  };
}
