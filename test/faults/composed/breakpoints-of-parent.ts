import type { Armed, Breakpoints, Point } from '../../planted/breakpoints.js';

/** What the parent says, and what it is told. */
export type ToChild = { readonly arm: Armed } | { readonly goOn: true };
export interface ToParent {
  /** From now on the first to reach it is held. */
  readonly armed?: Armed;
  readonly reached?: Point;
  readonly serving?: true;
}

/** Breakpoints that the parent process arms and releases. Armed, one holds the first to reach it. */
export class BreakpointsOfParent implements Breakpoints {
  readonly #armed: Set<string>;
  #goOn: () => void = () => undefined;

  /** With some armed from the beginning. */
  constructor(armed: readonly string[]) {
    this.#armed = new Set(armed);
    process.on('message', (message: ToChild) => {
      if ('arm' in message) this.#arm(message.arm);
      else this.#goOn();
    });
  }

  #arm(point: Armed): void {
    this.#armed.add(point);
    const told: ToParent = { armed: point };
    process.send?.(told);
  }

  reached = async (point: Point, where?: string): Promise<boolean> => {
    if (!this.#armed.delete(point) && !this.#armed.delete(`${point}/${where}`)) return false;
    const told: ToParent = { reached: point };
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      process.send?.(told);
    });
    return true;
  };
}
