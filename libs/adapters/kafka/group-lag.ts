import { pause } from '@common-thread/eventing/pause';
import type { Admin } from 'kafkajs';

const LOOK_EVERY_MS = 1_000;

/** How far the owner of a group is behind its topic, looked up every second. */
export class GroupLag {
  #rows: number | null = null;
  /** Offset of the next record to take; null before the first came. */
  #position: bigint | null = null;

  constructor(
    private readonly admin: Admin,
    private readonly groupId: string,
    private readonly topic: string,
  ) {}

  /** Null while unknown. */
  get rows(): number | null {
    return this.#rows;
  }

  /** The record at this offset is being taken. */
  at(offset: string): void {
    this.#position = BigInt(offset);
  }

  /** Everything up to this offset has been taken. */
  past(offset: string): void {
    this.#position = BigInt(offset) + 1n;
  }

  /** Looks until `signal` aborts; where it cannot be known it says so and nothing else. */
  async watch(signal: AbortSignal): Promise<void> {
    try {
      await this.admin.connect();
      while (!signal.aborted) {
        this.#rows = await this.#look();
        await pause(LOOK_EVERY_MS, signal);
      }
    } catch {
      this.#rows = null;
    } finally {
      await this.admin.disconnect().catch(() => undefined);
    }
  }

  async #look(): Promise<number> {
    const { admin, topic, groupId } = this;
    const [partition] = await admin.fetchTopicOffsets(topic);
    const end = BigInt(partition?.high ?? 0);
    const first = BigInt(partition?.low ?? 0);
    const position = this.#position ?? (await this.#committed(groupId)) ?? first;
    const behind = end - (position > first ? position : first);
    return behind > 0n ? Number(behind) : 0;
  }

  async #committed(groupId: string): Promise<bigint | null> {
    const [offsets] = await this.admin.fetchOffsets({ groupId, topics: [this.topic] });
    const offset = BigInt(offsets?.partitions[0]?.offset ?? -1);
    return offset < 0n ? null : offset;
  }
}
