import type { KeyPlace } from './key-store.js';

/** The place of a key of the vault's own, kept and rotated like any other. */
export function placeOfService(name: string, expiresAt?: Date): KeyPlace {
  const slot = `service/${name}`;
  return {
    slot,
    recordClass: 'service',
    controller: 'vault',
    subjects: [slot],
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
  };
}
