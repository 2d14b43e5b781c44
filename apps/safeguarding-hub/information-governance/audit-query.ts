import type { AuditQuery } from '@common-thread/platform/auditing';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { isDay } from '@common-thread/domain/london-day';

const messages = {
  subject: 'Give the id of a person, or of a family or contact as family/… or contact/…',
  viewer: 'Give the id a member of staff signs in as: letters, digits and - _ . |',
  day: 'Give a day like 2026-03-27',
};

const SUBJECT = /^((family|contact)\/)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const VIEWER = /^[\w.|-]{1,100}$/;
const ENTRY = /^[0-9]{1,18}$/;

/** What of the audit is asked for, from the address: opaque ids and days, never a name. */
export function checkAuditQuery(typed: TypedFields): Checked<AuditQuery> {
  const answers = new Answers(typed);
  const subject = answers.optionalText('subject', 60);
  const viewer = answers.optionalText('viewer', 100);
  const from = answers.optionalText('from', 10);
  const until = answers.optionalText('until', 10);
  const before = answers.optionalText('before', 18);
  if (subject !== undefined && !SUBJECT.test(subject)) answers.wrong('subject', messages.subject);
  if (viewer !== undefined && !VIEWER.test(viewer)) answers.wrong('viewer', messages.viewer);
  if (from !== undefined && !isDay(from)) answers.wrong('from', messages.day);
  if (until !== undefined && !isDay(until)) answers.wrong('until', messages.day);
  return answers.checked(() => ({
    ...(subject === undefined ? {} : { subject }),
    ...(viewer === undefined ? {} : { viewer }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(before !== undefined && ENTRY.test(before) ? { before } : {}),
  }));
}

/** The address of a page of the audit. */
export function auditHref(path: string, query: AuditQuery): string {
  const asked = new URLSearchParams();
  for (const [part, value] of Object.entries(query)) asked.set(part, String(value));
  const text = asked.toString();
  return text === '' ? path : `${path}?${text}`;
}
