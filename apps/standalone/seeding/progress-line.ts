/** Where progress is written: a terminal, or a file or pipe that keeps every line. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const TERMINAL_EVERY_MS = 200;
const LOG_EVERY_MS = 10_000;
const BACK_AND_CLEAR = '\r\u001b[2K';

/** One line that is written over on a terminal; elsewhere a plain line now and then. */
export class ProgressLine {
  #lastAt = Number.NEGATIVE_INFINITY;
  #open = false;

  constructor(
    private readonly output: ProgressOutput,
    private readonly now: () => number = () => performance.now(),
  ) {}

  update(text: string): void {
    const { isTTY } = this.output;
    const now = this.now();
    if (now - this.#lastAt < (isTTY ? TERMINAL_EVERY_MS : LOG_EVERY_MS)) return;
    this.#lastAt = now;
    this.output.write(isTTY ? `${BACK_AND_CLEAR}${text}` : `${text}\n`);
    this.#open = isTTY === true;
  }

  /** Leaves a line standing, whatever was being written over. */
  say(text: string): void {
    this.output.write(this.#open ? `${BACK_AND_CLEAR}${text}\n` : `${text}\n`);
    this.#open = false;
  }
}
