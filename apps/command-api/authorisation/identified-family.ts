/**
 * Proof that a caller did not name a family or person by an id alone: the vault matched what was typed,
 * or nobody matched and both are new. Made by identification alone, asked for by relations.
 */
export class IdentifiedFamily {
  constructor(
    readonly familyId: string,
    readonly personId: string,
  ) {}
}
