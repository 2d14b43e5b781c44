import { VaultUnavailable } from '@common-thread/eventing/sealing';
import { over } from './over.js';
import type { Seams } from './seams.js';

/** Has somebody shown what they asked for, and writes the entry meanwhile. */
export const revealBeforeAudit: Partial<Seams> = {
  audit: (audit) =>
    over(audit, (inner) => ({
      commit: async (entry) => {
        void inner.commit(entry).catch(() => undefined);
        return '0';
      },
      delivered: () => undefined, // of an entry that has no number yet
    })),
};

/** Takes an entry that it has written for one that it could not write, and shows nothing. */
export const entryWithoutReveal: Partial<Seams> = {
  audit: (audit) => {
    let isFirst = true;
    return over(audit, (inner) => ({
      commit: async (entry) => {
        const entryId = await inner.commit(entry);
        if (entry.kind !== 'reveal' || !isFirst) return entryId;
        isFirst = false;
        throw new VaultUnavailable('the audit did not answer');
      },
    }));
  },
};
