import type { Command } from 'commander';
import { CommanderError } from 'commander';

/** Says a line to whoever started the program. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong.';
}

/** Says what went wrong; the program's status is 1 when it ends. */
export function fail(error: unknown, inWords = wordsOf): void {
  process.stderr.write(`${inWords(error)}\n`);
  process.exitCode = 1;
}

/** Aborted by Ctrl-C or SIGTERM; the second one ends the program where it stands. */
export function stoppedFromOutside(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // Whoever asks twice does not want to wait.
      if (stopping.signal.aborted) process.exit(1);
      say('Stopping…');
      stopping.abort();
    });
  }
  return stopping.signal;
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Runs what a command line asks for. What is wrong with the line itself Commander has said. */
export async function runCommandLine(program: Command, inWords = wordsOf): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode;
    else fail(error, inWords);
  }
}
