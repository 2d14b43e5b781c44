/** A rule asked for something the store was not asked to bring: a fault of ours, never of the log. */
export class NotInMemory extends Error {
  override readonly name = 'NotInMemory';
  constructor(unit: string) {
    super(`${unit} was not brought into memory before it was asked for`);
  }
}
