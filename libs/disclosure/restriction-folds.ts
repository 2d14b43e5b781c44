/** A fold of the log that decides who may know of a family: the relay's, and the vault's. */
export abstract class RestrictionFold {
  /** As `restrictionMark` of its policy; undefined too while it cannot be asked. */
  abstract restrictionMark(familyId: string): Promise<string | undefined>;
}
