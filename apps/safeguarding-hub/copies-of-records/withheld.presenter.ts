import { counted, instantInWords } from '@common-thread/platform/pages/london-time';
import type {
  Withholding,
  WithholdingReason,
  WithheldLog,
} from '@common-thread/platform/subject-access';
import { withholdingReasons } from '@common-thread/platform/subject-access';
import { asSentence } from '@common-thread/presenting/code-words';
import { headingOfEvent } from '@common-thread/presenting/event-headings';
import { reasonWords } from '@common-thread/presenting/subject-access/copy-words';
import { withheldFieldInWords } from '@common-thread/presenting/subject-access/withheld-words';
import { hrefOf } from './copies.presenter.js';

/** The law each reason rests on, for whoever answers for it. */
const lawOf: Readonly<Record<WithholdingReason, string>> = {
  'other-people': 'Data Protection Act 2018, Schedule 2, paragraph 16',
  source: 'Data Protection Act 2018, Schedule 2, paragraph 16',
  'serious-harm': 'Data Protection Act 2018, Schedule 3, paragraphs 5, 11 and 21',
  restricted: 'Data Protection Act 2018, Schedule 3: the record of a family is restricted',
  'recorded-in-error': 'UK GDPR, Article 5(1)(d)',
  'not-readable': 'No exemption: there is nothing left to give',
};

/** What the last copy left out, reason by reason, each kind of it once with how often. */
export function withheldView({ made, request }: WithheldLog) {
  const all = made?.withheld ?? [];
  return {
    back: { href: hrefOf(request.requestId), text: 'The request' },
    made: made && {
      by: made.officer,
      at: instantInWords(new Date(made.at)),
      given: counted(made.facts, 'entry', 'entries'),
      withheld: counted(all.length, 'thing'),
    },
    reasons: withholdingReasons.flatMap((reason) => {
      const theirs = all.filter((one) => one.reason === reason);
      if (theirs.length === 0) return [];
      return [
        { heading: asSentence(reasonWords[reason]), law: lawOf[reason], rows: rowsOf(theirs) },
      ];
    }),
  };
}

function rowsOf(withheld: readonly Withholding[]) {
  const counts = new Map<string, { what: string; field: string; times: number }>();
  for (const { field, name } of withheld) {
    const key = `${name} ${field ?? ''}`;
    const what = name === 'viewing' ? 'That somebody looked' : headingOfEvent(name);
    const row = counts.get(key) ?? { what, field: withheldFieldInWords(field), times: 0 };
    counts.set(key, { ...row, times: row.times + 1 });
  }
  return [...counts.values()].map(({ times, ...row }) => ({
    ...row,
    times: counted(times, 'time'),
  }));
}
