import { clockTime, counted } from '@common-thread/platform/pages/london-time';
import type { StaffFinding, StaffFindingKind, StaffReport } from '@common-thread/platform/staff';
import { auditRoleWords } from '@common-thread/presenting/audit-words';
import { inWords } from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { auditHref } from './audit-query.js';

/** Who looked at a record that may be theirs or their family's: whose it is stays unsaid. */
export function staffView(report: StaffReport, day: string, names: DirectoryNames) {
  const { findings, isWhole, known, viewers } = report;
  return {
    isStaffWhole: isWhole,
    staffSummary:
      `${known} of ${counted(viewers, 'person', 'people')} who looked are in the register of staff, ` +
      `${counted(findings.length, 'question')} to ask.`,
    staffFindings: findings.map((finding) => findingInWords(finding, day, names)),
  };
}

function findingInWords(finding: StaffFinding, day: string, names: DirectoryNames) {
  const { calls, firstAt, kind, lastAt, organisation, people, role, viewer } = finding;
  return {
    viewer,
    href: auditHref('/audit', { viewer, from: day, until: day }),
    role: inWords(auditRoleWords, role),
    organisation: names.organisation(organisation),
    what: `${what[kind](people)}, in ${counted(calls, 'call')}`,
    when: `${clockTime(new Date(firstAt))} to ${clockTime(new Date(lastAt))}`,
  };
}

const what: Readonly<Record<StaffFindingKind, (people: number) => string>> = {
  'own-record': () => 'Their own record',
  'same-address': (people) => `${counted(people, 'person', 'people')} of their own address`,
  'same-surname': (people) => `${counted(people, 'person', 'people')} of their own surname`,
};
