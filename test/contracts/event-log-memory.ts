import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { EventLogEngine } from './event-log-engines.js';

export const memoryEngine: EventLogEngine = {
  name: 'memory',
  async open() {
    const log = new MemoryEventLog();
    const { store } = log;
    return {
      log,
      reopened: () => Promise.resolve(new MemoryEventLog(store)),
      restored: (keep) => {
        const copy = store.restored(keep);
        copy.openEpoch('restored from a backup');
        return Promise.resolve(new MemoryEventLog(copy));
      },
      unrelatedWrite: () => Promise.resolve({ end: () => Promise.resolve() }),
      cut: () => void (store.reachable = false),
      mend: () => void (store.reachable = true),
      withAnswerLost: async (append) => {
        store.losesAnswers = true;
        const sent = append();
        await sent.catch(() => undefined);
        store.losesAnswers = false;
        await sent;
      },
      close: () => Promise.resolve(),
    };
  },
  end: () => Promise.resolve(),
};
