import { EventStoreDBClient } from '@eventstore/db-client';
import { LogUnavailable } from '@common-thread/eventing/event-log';
import { hostsOf } from './address.js';
import { logFaultOf } from './faults.js';

/**
 * A client, replaced by a new one whenever it may have come to harm: it keeps a stream for all its
 * appends, and one that has stopped answering is never given up by itself.
 */
export class Connection {
  readonly hosts: string;
  #client: EventStoreDBClient | undefined;
  #closed = false;

  /** @param deadlineMs for every call, whatever the client makes of it */
  constructor(
    private readonly connectionString: string,
    readonly deadlineMs: number,
    private readonly onLost: () => void,
  ) {
    this.hosts = hostsOf(connectionString);
    this.#client = this.#newClient();
  }

  get client(): EventStoreDBClient {
    if (this.#closed) throw new LogUnavailable('this log has been closed');
    return (this.#client ??= this.#newClient());
  }

  /**
   * One call of the client. Errors that `isAnswer` knows pass as they are.
   *
   * @throws LogUnavailable, EngineRefused
   */
  async call<T>(
    doing: string,
    work: (client: EventStoreDBClient) => Promise<T>,
    isAnswer: (error: unknown) => boolean = () => false,
  ): Promise<T> {
    const { client } = this;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const silence = `EventStoreDB at ${this.hosts}, ${doing}: no answer within ${this.deadlineMs} ms`;
      timer = setTimeout(() => reject(new LogUnavailable(silence)), this.deadlineMs);
    });
    try {
      return await Promise.race([work(client), late]);
    } catch (error) {
      if (isAnswer(error)) throw error;
      const fault = logFaultOf(error, doing, this.hosts);
      if (fault instanceof LogUnavailable) this.discard(client);
      throw fault;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The next call gets a new client, unless somebody else has seen to that. */
  discard(client: EventStoreDBClient): void {
    if (client !== this.#client) return;
    this.#client = undefined;
    this.onLost();
    void end(client);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = this.#client;
    this.#client = undefined;
    if (client) await end(client);
  }

  #newClient(): EventStoreDBClient {
    return EventStoreDBClient.connectionString(this.connectionString);
  }
}

/** What the client keeps to itself. */
interface Inside {
  getChannel(): Promise<{ close(): void }>;
}

/**
 * Cancels its streams, without waiting for those that will not end, and closes its channel, for which the
 * client has no way of its own.
 */
async function end(client: EventStoreDBClient): Promise<void> {
  void client.dispose();
  const channel = await (client as object as Inside).getChannel().catch(() => undefined);
  channel?.close();
}
