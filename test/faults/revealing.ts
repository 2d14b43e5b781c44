import type { RevealPage } from '@common-thread/platform/revealing';
import type { Reachable } from '../journeys/whole-system.js';

/** One call of the vault's other door; it answers, or its connection ends with the vault. */
export function askToOpen(system: Reachable, token: string, page: RevealPage): Promise<Response> {
  return fetch(new URL('/v1/reveal', system.addressOf('vault')), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(page),
  });
}
