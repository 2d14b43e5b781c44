import { describeFeedTail } from '../../contracts/feed-tail-cases.js';
import { kafkaTail } from './kafka-tail.js';

describe('the tail of a feed on a real Apache Kafka', () => describeFeedTail(kafkaTail));
