import { createHash } from 'node:crypto';

const UNHASHED_MAX = 16_384;

/** What happened, line by line, and a hash of it all: two runs with one hash were the same run. */
export class Trace {
  readonly #hash = createHash('sha256');
  readonly #lines: string[] = [];
  #unhashed = '';

  /** `isKept` where somebody will read it; otherwise only its hash is. */
  constructor(private readonly isKept: boolean) {}

  add(line: string): void {
    this.#unhashed += `${line}\n`;
    if (this.#unhashed.length > UNHASHED_MAX) this.#absorb();
    if (this.isKept) this.#lines.push(line);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  digest(): string {
    this.#absorb();
    return this.#hash.copy().digest('hex');
  }

  #absorb(): void {
    this.#hash.update(this.#unhashed);
    this.#unhashed = '';
  }
}
