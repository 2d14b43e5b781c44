import type { AuditPage } from '@common-thread/platform/auditing';
import { counted, instantInWords } from '@common-thread/platform/pages/london-time';
import type { Telling } from '@common-thread/platform/tellings';
import { headingOfEvent } from '@common-thread/presenting/event-headings';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { auditHref } from './audit-query.js';
import { callInWords } from './audit.presenter.js';

/** Everyone ever told an address: what feeds carried, sealed, and to whom the vault opened it. */
export function toldView(
  personId: string,
  told: readonly Telling[] | undefined,
  shown: AuditPage | undefined,
  names: DirectoryNames,
) {
  const agencies = new Set((told ?? []).map(({ recipient }) => recipient));
  return {
    back: { href: auditHref('/audit', { subject: personId }), text: 'Who looked' },
    personId,
    recordCannotBeRead: told === undefined,
    auditCannotBeRead: shown === undefined,
    summary: `${counted(agencies.size, 'agency', 'agencies')} told, sealed`,
    told: (told ?? []).map(({ recipient, sequence, toldAt, type, ground, withdrawn }) => ({
      agency: names.organisation(recipient),
      service: names.service(recipient),
      at: instantInWords(new Date(toldAt)),
      what: headingOfEvent(type.replace(/^uk\.common-thread\./, '').replace(/\.v\d+$/, '')),
      ground,
      sequence,
      withdrawn,
    })),
    shown: (shown?.calls ?? []).map((call) => callInWords(call, names)),
    hasMore: shown?.next !== undefined,
  };
}
