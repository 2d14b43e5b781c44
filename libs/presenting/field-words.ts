/** Sealed fields by the words a reader knows them by. */
export const fieldWords: Readonly<Record<string, string>> = {
  givenName: 'First name',
  familyName: 'Surname',
  knownAs: 'Known as',
  dateOfBirth: 'Date of birth',
  expectedDate: 'Expected date',
  nhsNumber: 'NHS number',
  telephone: 'Telephone',
  authorityChildId: 'Number in the council’s own records',
  address: 'Address',
  postcode: 'Postcode',
  note: 'Note',
  dueOn: 'Due by',
  concern: 'What the worry is',
  supportTried: 'Support tried',
  safeContact: 'How to contact the family safely',
  referrerContact: 'Who to ring',
  describedAs: 'Who it is about, as described',
  callerDetails: 'Who got in touch',
  rationale: 'Why it was decided so',
  reason: 'Reason',
  words: 'What they were told',
};

/** The words of a field; of one that has none, its name taken apart. */
export function fieldInWords(field: string): string {
  if (Object.hasOwn(fieldWords, field)) return fieldWords[field] ?? field;
  const apart = field.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return apart.charAt(0).toUpperCase() + apart.slice(1);
}
