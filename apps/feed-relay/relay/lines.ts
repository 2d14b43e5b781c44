/** The line public reference data is told on. */
export const DIRECTORY = 'directory';

/** A feed's `partitionkey` for a family. */
export function familyLine(familyId: string): string {
  return `family/${familyId}`;
}

/** A contact's own line, until it is linked to a family: `contact-<id>` gives `contact/<id>`. */
export function contactLine(streamId: string): string {
  return subjectOf(streamId);
}

/** What a stream's rows are about: `referral-<id>` gives `referral/<id>`. */
export function subjectOf(streamId: string): string {
  return streamId.replace('-', '/');
}

export function isContact(streamId: string): boolean {
  return streamId.startsWith('contact-');
}

export function isRestriction(streamId: string): boolean {
  return streamId.startsWith('restriction-');
}

export function isFamilyLine(line: string): boolean {
  return line.startsWith('family/');
}

/** Through whom a line's readers are related to what is on it: its family, where it is one's. */
export function familiesOfLine(line: string): readonly string[] {
  const familyId = familyOfLine(line);
  return familyId === null ? [] : [familyId];
}

/** The family of a line, where it is one. */
export function familyOfLine(line: string): string | null {
  return isFamilyLine(line) ? line.slice('family/'.length) : null;
}
