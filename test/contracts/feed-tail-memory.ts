import {
  MemoryBroker,
  MemoryFeedTailPublisher,
  MemoryFeedTailSource,
} from '@common-thread/adapters/memory/feed-tail';
import type { FeedTailEngine } from './feed-tail-engine.js';

export const memoryTail: FeedTailEngine = {
  name: 'memory',
  async open() {
    const broker = new MemoryBroker();
    return {
      publisher: new MemoryFeedTailPublisher(broker),
      source: () => new MemoryFeedTailSource(broker),
      recreate: async (recipient) => broker.recreate(recipient),
      expire: async (recipient) => broker.expire(recipient),
      resetToLatest: async (recipient) => broker.resetToLatest(recipient),
      cut: () => void (broker.reachable = false),
      mend: () => void (broker.reachable = true),
      close: async () => undefined,
    };
  },
};
