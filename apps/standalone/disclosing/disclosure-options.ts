import { InvalidArgumentError } from 'commander';
import { factKinds, signatoryPosts } from '@common-thread/domain/code-lists';
import type { FactKind } from '@common-thread/domain/code-lists';
import { RECIPIENT_PATTERN } from '@common-thread/domain/identifiers';
import { isDay } from '@common-thread/domain/london-day';

/** How options of the disclosure commands are read; what is wrong is said in words that end the line. */
export function version(text: string): number {
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give the number of a released version, such as 2.');
}

export function versions(text: string): number[] {
  return text.split(',').map(version);
}

export function kinds(text: string): FactKind[] {
  return text.split(',').map((name) => {
    const kind = factKinds.find((known) => known === name);
    if (kind) return kind;
    throw new InvalidArgumentError(
      `Give kinds of fact with commas between: ${factKinds.join(', ')}.`,
    );
  });
}

export function recipients(text: string): string[] {
  const named = text.split(',');
  if (named.every((name) => new RegExp(RECIPIENT_PATTERN).test(name))) return named;
  throw new InvalidArgumentError(
    'Give recipients with commas between, such as fairholme-health.health-visiting.',
  );
}

export function day(text: string): string {
  if (isDay(text)) return text;
  throw new InvalidArgumentError('Give a day like 2026-03-27.');
}

export function signatory(text: string): string {
  if (new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*/(${signatoryPosts.join('|')})$`).test(text)) return text;
  throw new InvalidArgumentError(
    `Give <organisation>/<post>; posts are ${signatoryPosts.join(', ')}.`,
  );
}
