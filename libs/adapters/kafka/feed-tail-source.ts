import { pause } from '@common-thread/eventing/pause';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { TailStatus } from '@common-thread/projecting/feed-tail';
import { FeedTailSource, idleTail } from '@common-thread/projecting/feed-tail';
import type { Kafka } from 'kafkajs';
import type { KafkaAddress, KafkaLog } from './address.js';
import { clientAt } from './address.js';
import { codeOf, faultOf } from './faults.js';
import { GroupMember } from './group-member.js';

const RETRY_MS_MIN = 250;
const RETRY_MS_MAX = 5_000;

/** Follows feeds on Apache Kafka, as a member of the recipient's group. */
export class KafkaFeedTailSource extends FeedTailSource {
  readonly #kafka: Kafka;
  readonly #members = new Map<string, GroupMember | 'waiting'>();

  constructor(
    address: KafkaAddress,
    private readonly log: KafkaLog,
  ) {
    super();
    this.#kafka = clientAt(address, log);
  }

  override async follow(
    recipient: string,
    onRows: (rows: readonly FeedRow[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    let waitMs = RETRY_MS_MIN;
    while (!signal.aborted) {
      const member = new GroupMember(this.#kafka, recipient, onRows, this.log);
      this.#members.set(recipient, member);
      try {
        await member.follow(signal);
      } catch (error) {
        if (signal.aborted) break;
        const fault = faultOf(error, 'following');
        this.log.warn('tail.waiting', { recipient, ...codeOf(error) }, fault);
        if (member.hasFollowed) waitMs = RETRY_MS_MIN;
        this.#members.set(recipient, 'waiting');
        await pause(waitMs, signal);
        waitMs = Math.min(waitMs * 2, RETRY_MS_MAX);
      }
    }
    this.#members.delete(recipient);
  }

  override status(recipient: string): TailStatus {
    const member = this.#members.get(recipient);
    if (member === 'waiting') return { ...idleTail, state: 'waiting' };
    return member?.status ?? idleTail;
  }
}
