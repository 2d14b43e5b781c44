import { describeFeedTail } from './feed-tail-cases.js';
import { memoryTail } from './feed-tail-memory.js';

/** On a real broker the same cases run in test/engines/kafka/feed-tail.engines.ts. */
describe('the tail of a feed in memory', () => describeFeedTail(memoryTail));
