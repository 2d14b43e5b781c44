import type { Actor } from '@common-thread/platform/actor';
import { problems } from '@common-thread/platform/problem';

/** For command-api alone. Everybody else is told that there is no such route. */
export function onlyCommandWriter({ role, kind }: Actor): void {
  if (role !== 'command-writer' || kind !== 'system') throw problems.notFound();
}
