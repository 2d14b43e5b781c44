import type { Contribution } from '@common-thread/projecting/contributions';
import { fieldsOf } from '@common-thread/projecting/contributions';
import { textOf, textsOf } from '@common-thread/projecting/fields';
import { contributionTable, defineReadModel } from '@common-thread/projecting/read-model';
import { idOfSubject } from '@common-thread/projecting/told-row';

/** A consent of a family, as this hub was told of it. */
export interface ConsentTold {
  readonly consentId: string;
  readonly whose: string | null;
  readonly parties: readonly string[];
  readonly content: readonly string[];
  /** ISO 8601 */
  readonly givenAt: string;
  readonly withdrawnAt: string | null;
}

/** Something that was shared, or was not. */
export interface DecisionTold {
  readonly isShared: boolean;
  readonly agency: string | null;
  readonly recipient: string | null;
  /** `given`, `refused` or `not-asked` of what was shared; why of what was not. */
  readonly code: string | null;
  /** ISO 8601 */
  readonly decidedAt: string;
}

/** What is decided about telling others of each family: nothing in it is opened, and little is sealed. */
export const needToKnowTable = contributionTable({
  name: 'need_to_know_family',
  columns: {
    family_id: 'text',
    confidential: 'boolean',
    confidential_because: 'text?',
    confidential_since: 'instant?',
    /** A list of `ConsentTold`, oldest first. */
    consents: 'json',
    /** A list of `DecisionTold`, oldest first. */
    decisions: 'json',
    /** Of the last thing told, and of the last about the address. */
    tag: 'text?',
    shielding_tag: 'text?',
  },
  keysOf: ({ origin }) => {
    const familyId = familyOf(origin.subject);
    return familyId === null ? [] : [familyId];
  },
  columnsOf: (held, familyId) => {
    const told = held.filter(({ fields }) => fields !== null);
    const ofAddress = told.filter(({ subject }) => subject.startsWith('shielding/'));
    const others = told.filter(({ subject }) => subject.startsWith('sharing/'));
    const last = ofAddress.at(-1);
    const confidential = last?.name === 'address.made-confidential' ? last : undefined;
    return {
      family_id: familyId,
      confidential: confidential !== undefined,
      confidential_because: textOf(fieldsOf(confidential), 'ground'),
      confidential_since: confidential?.occurredAt ?? null,
      consents: JSON.stringify(consentsIn(others)),
      decisions: JSON.stringify(others.flatMap(decisionIn)),
      tag: others.at(-1)?.occurrence ?? null,
      shielding_tag: last?.occurrence ?? null,
    };
  },
});

function familyOf(subject: string): string | null {
  return idOfSubject('sharing', subject) ?? idOfSubject('shielding', subject);
}

function consentsIn(told: readonly Contribution[]): readonly ConsentTold[] {
  const withdrawn = new Map(
    told
      .filter(({ name }) => name === 'sharing.consent-withdrawn')
      .map((each) => [textOf(fieldsOf(each), 'consentId'), each.occurredAt]),
  );
  return told.flatMap((each): ConsentTold[] => {
    const fields = fieldsOf(each);
    const consentId = textOf(fields, 'consentId');
    // Of another hub's consent it is told that there is one, and no more.
    if (each.name !== 'sharing.consent-recorded' || consentId === null) return [];
    return [
      {
        consentId,
        whose: textOf(fields, 'whose'),
        parties: textsOf(fields, 'parties'),
        content: textsOf(fields, 'content'),
        givenAt: each.occurredAt,
        withdrawnAt: withdrawn.get(consentId) ?? null,
      },
    ];
  });
}

function decisionIn(told: Contribution): readonly DecisionTold[] {
  const isShared = told.name === 'sharing.decided';
  if (!isShared && told.name !== 'sharing.declined') return [];
  const fields = fieldsOf(told);
  return [
    {
      isShared,
      agency: textOf(fields, 'agency'),
      recipient: textOf(fields, 'recipient'),
      code: textOf(fields, isShared ? 'consent' : 'because'),
      decidedAt: told.occurredAt,
    },
  ];
}

export const needToKnow = defineReadModel({
  name: 'need-to-know',
  version: 1,
  matters: ['sharing', 'address'],
  tables: [needToKnowTable],
});
