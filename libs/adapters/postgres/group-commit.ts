import type { EncodedEvent } from '@common-thread/eventing/acceptable-append';
import type { Appended, ExpectedRevision } from '@common-thread/eventing/event-log';

export interface AppendRequest {
  readonly streamId: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EncodedEvent[];
  /** Of the events' JSON. */
  readonly bytes: number;
}

/** One outcome a request, in order. An Error is thrown to that caller alone. */
export type Outcome = Appended | Error | Promise<Appended>;

interface Waiting extends AppendRequest {
  readonly resolve: (outcome: Appended | Promise<Appended>) => void;
  readonly reject: (error: unknown) => void;
}

const WRITERS_MAX = 2;
/** A second group sets out before the first is back only when it is worth a commit of its own. */
const SECOND_GROUP_MIN = 8;
const GROUP_REQUESTS_MAX = 256;
const GROUP_BYTES_MAX = 4 * 1024 * 1024;

/**
 * Appends that arrive together are committed together: a commit costs what the disk takes to say
 * so, however much is in it. A lone append sets out at once. A stream is in one group at a time.
 */
export class GroupCommit {
  #waiting: Waiting[] = [];
  #writers = 0;
  readonly #streams = new Set<string>();

  /** `commit` writes a group; when it rejects, so does every append of the group. */
  constructor(
    private readonly commit: (group: readonly AppendRequest[]) => Promise<readonly Outcome[]>,
  ) {}

  append(request: AppendRequest): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...request, resolve, reject });
      this.#setOut();
    });
  }

  #setOut(): void {
    const enough = this.#writers === 0 || this.#waiting.length >= SECOND_GROUP_MIN;
    if (!enough || this.#writers === WRITERS_MAX) return;
    this.#writers += 1;
    void this.#write();
  }

  async #write(): Promise<void> {
    for (;;) {
      // Callers answered a moment ago, or calling in this same turn, make it into this group.
      await nextTurn();
      const group = this.#takeGroup();
      if (group.length === 0) break;
      try {
        const outcomes = await this.commit(group);
        for (const [nth, request] of group.entries()) settle(request, outcomes[nth]);
      } catch (error) {
        for (const request of group) request.reject(error);
      }
      for (const { streamId } of group) this.#streams.delete(streamId);
    }
    this.#writers -= 1;
  }

  /**
   * In order of arrival, leaving out streams that are under way; those stay first in the queue.
   */
  #takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    const rest: Waiting[] = [];
    let bytes = 0;
    let full = false;
    const most = this.#groupRequestsMax();
    for (const request of this.#waiting) {
      full ||= group.length === most;
      full ||= group.length > 0 && bytes + request.bytes > GROUP_BYTES_MAX;
      if (full || this.#streams.has(request.streamId)) {
        rest.push(request);
        continue;
      }
      this.#streams.add(request.streamId);
      bytes += request.bytes;
      group.push(request);
    }
    this.#waiting = rest;
    this.#setOut();
    return group;
  }

  /** Half of what waits while nobody else is under way: the engine works on one, we on the other. */
  #groupRequestsMax(): number {
    const waiting = this.#waiting.length;
    const share = this.#streams.size === 0 && waiting >= 2 * SECOND_GROUP_MIN ? 2 : 1;
    return Math.min(Math.ceil(waiting / share), GROUP_REQUESTS_MAX);
  }
}

function settle(request: Waiting, outcome: Outcome | undefined): void {
  if (outcome === undefined) request.reject(new Error('a group commit left an append unanswered'));
  else if (outcome instanceof Error) request.reject(outcome);
  else request.resolve(outcome);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
