import { forAWhile } from './fault.js';
import type { Fault } from './fault.js';

const FULL_MS = { min: 200, max: 3_000 } as const;

/**
 * The file system of PostgreSQL's data fills up under it. Where it could not write its write-ahead log it
 * has ended by itself; with room again it is started.
 */
export const diskFull: Fault = {
  name: 'disk-full',
  weight: 1,
  targets: ({ disk, postgres }) => (disk && postgres ? ['postgres'] : []),
  async inflict({ disk, postgres }, _, random) {
    if (!disk || !postgres) throw new Error('this system has no disk of its own');
    disk.fill();
    try {
      await forAWhile(random, FULL_MS);
    } finally {
      disk.free();
    }
    // It may be on its way up already, or on its way down.
    await postgres.start();
    return {};
  },
};
