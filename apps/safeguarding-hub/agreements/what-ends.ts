import type { Grade } from '@common-thread/disclosure/disclosure-table';
import { grades } from '@common-thread/disclosure/disclosure-table';
import type { KindOfTelling } from '@common-thread/disclosure/grounds';
import type { ToldByDuty } from '@common-thread/disclosure/told-by-duty';
import { toldByAgreement, toldByDuty } from '@common-thread/disclosure/told-by-duty';
import type { TableVersion } from '@common-thread/disclosure/tables';
import type { FactKind } from '@common-thread/domain/code-lists';
import { factKinds } from '@common-thread/domain/code-lists';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import type { AgreedScope } from '@common-thread/domain/sharing/agreed-scope';
import { agreedGrade } from '@common-thread/domain/sharing/agreed-scope';
import type { AgreementScope, SharingAgreement } from '@common-thread/platform/sharing-agreements';
import { isInForce, versionNow } from '@common-thread/platform/sharing-agreements';

/*
 * What an agreement tells whom, and what stops with it: worked out of its terms, of the disclosure table in force and
 * of the other agreements in force, by the rules that relay and vault decide by.
 */

/** What a recipient is told of a kind of fact that others record. */
export interface ToldKind {
  readonly kind: FactKind;
  readonly grade: Grade;
  /** The organisations that recorded it. */
  readonly by: readonly string[];
}

export interface StillTold extends ToldKind {
  /** The agreement under which it goes on. */
  readonly agreementId: string;
}

export interface DutyOfKind extends ToldByDuty {
  readonly kind: KindOfTelling;
}

export interface EndFor {
  readonly recipient: string;
  /** Told from now on in no way, or with no more than `left`. */
  readonly ceases: readonly (ToldKind & { readonly left: Grade })[];
  readonly goesOn: readonly StillTold[];
  readonly byDuty: readonly DutyOfKind[];
}

const kindsByDuty: readonly KindOfTelling[] = [...factKinds, 'protection', 'shielding'];

/** What one recipient is told under an agreement, capped by the table, of what all the other parties record. */
export function toldUnder(
  agreement: SharingAgreement,
  recipient: string,
  table: TableVersion,
): readonly ToldKind[] {
  const by = othersThan(agreement, recipient);
  return factKinds
    .map((kind) => ({ kind, grade: grantedBy(agreement, recipient, kind, table), by }))
    .filter(({ grade }) => grade !== 'withheld');
}

/**
 * What the end of an agreement means for one recipient, beside the agreements there are. One that is not in
 * force tells nothing.
 */
export function endFor(
  agreement: SharingAgreement,
  recipient: string,
  all: readonly SharingAgreement[],
  table: TableVersion,
): EndFor {
  const others = all.filter(
    (each) => each.agreementId !== agreement.agreementId && isInForce(each),
  );
  const now = isInForce(agreement) ? toldUnder(agreement, recipient, table) : [];
  const each = now.flatMap(({ kind, grade, by }) =>
    by.map((teller) => ({
      kind,
      grade,
      teller,
      best: bestOf(others, { recipient, teller, kind, table }),
    })),
  );
  const isLess = ({ best, grade }: (typeof each)[number]) => rank(best.grade) < rank(grade);
  const ceasing = each.filter(isLess);
  const going = each.filter((one) => !isLess(one));
  return {
    recipient,
    ceases: gathered(ceasing.map(({ best, ...one }) => ({ ...one, left: best.grade }))),
    goesOn: gathered(going.map(({ best, ...one }) => ({ ...one, agreementId: best.agreementId }))),
    byDuty: kindsByDuty.flatMap((kind) =>
      toldByDuty(recipient, kind, table).map((duty) => ({ kind, ...duty })),
    ),
  };
}

/** The terms as the domain knows them: a code of a newer list than ours is shared by nobody here. */
export function scopeIn({ content, notice, existence }: AgreementScope): AgreedScope {
  const known = (codes: readonly string[]) => factKinds.filter((kind) => codes.includes(kind));
  return { content: known(content), notice: known(notice), existence: known(existence) };
}

function othersThan({ parties }: SharingAgreement, recipient: string): readonly string[] {
  const { organisation } = partsOfRecipient(recipient);
  return parties.filter((party) => party !== organisation);
}

function grantedBy(
  agreement: SharingAgreement,
  recipient: string,
  kind: FactKind,
  table: TableVersion,
): Grade {
  const agreed = agreedGrade(scopeIn(versionNow(agreement)), kind);
  const most = toldByAgreement(recipient, kind, table);
  return rank(agreed) < rank(most) ? agreed : most;
}

interface Asked {
  readonly recipient: string;
  readonly teller: string;
  readonly kind: FactKind;
  readonly table: TableVersion;
}

function bestOf(agreements: readonly SharingAgreement[], asked: Asked) {
  const { recipient, teller, kind, table } = asked;
  const { organisation } = partsOfRecipient(recipient);
  let best: { readonly grade: Grade; readonly agreementId: string } = {
    grade: 'withheld',
    agreementId: '',
  };
  for (const agreement of agreements) {
    const { agreementId, parties } = agreement;
    if (!parties.includes(organisation) || !parties.includes(teller)) continue;
    const grade = grantedBy(agreement, recipient, kind, table);
    if (rank(grade) > rank(best.grade)) best = { grade, agreementId };
  }
  return best;
}

/** Tellers of whom the same is told, together. */
function gathered<One extends { readonly kind: FactKind; readonly grade: Grade }>(
  each: readonly (One & { readonly teller: string })[],
): readonly (One & { readonly by: readonly string[] })[] {
  const found = new Map<string, One & { readonly by: string[] }>();
  for (const { teller, ...one } of each) {
    const key = JSON.stringify(one);
    const same = found.get(key);
    if (same) same.by.push(teller);
    else found.set(key, { ...(one as One & object), by: [teller] });
  }
  return [...found.values()];
}

function rank(grade: Grade): number {
  return grades.indexOf(grade);
}
