import type { KafkaAddress } from '@common-thread/adapters/kafka/address';
import { clientAt } from '@common-thread/adapters/kafka/address';
import { inboxGroupOf, topicOf } from '@common-thread/adapters/kafka/feed-topic';
import type { Admin, Consumer } from 'kafkajs';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { startCountyKafka } from '../../apps/standalone/distributed/county-kafka.js';
import type { Brokers } from '../../apps/standalone/distributed/planned-process.js';
import access from '../../infra/kafka/access.json' with { type: 'json' };
import type { LocalKafka } from '../../infra/local/kafka.js';
import { asAdministrator, deleteTopic, expire, quiet } from '../engines/kafka/kafka-tail.js';

/** A Kafka that ends and comes back on the same port, under a system that goes on. */
export class KafkaUnderFault {
  #isUp = true;

  private constructor(private readonly broker: LocalKafka) {}

  /** With topics and grants as declared. @throws LocalEngineUnavailable */
  static async start(county: StandaloneConfiguration): Promise<KafkaUnderFault> {
    return new KafkaUnderFault(await startCountyKafka(county));
  }

  get brokers(): Brokers {
    return { addresses: this.broker.address, askForUsers: true };
  }

  /** Whose feeds it carries. */
  get recipients(): readonly string[] {
    return access.recipients;
  }

  async start(): Promise<void> {
    if (this.#isUp) return;
    await this.broker.restart();
    this.#isUp = true;
  }

  /** SIGTERM, or SIGKILL; resolves when it is gone. */
  async end(how: 'stop' | 'kill'): Promise<void> {
    this.#isUp = false;
    await this.broker[how]();
  }

  /** Holds it still: connections stay open, and nobody is answered. */
  hold(): void {
    process.kill(this.broker.pid, 'SIGSTOP');
  }

  letGo(): void {
    process.kill(this.broker.pid, 'SIGCONT');
  }

  deleteTopic(recipient: string): Promise<void> {
    return this.#unlessGone(recipient, (admin) => deleteTopic(admin, recipient));
  }

  /** As if retention had passed over every record there is. */
  expire(recipient: string): Promise<void> {
    return this.#unlessGone(recipient, (admin) => expire(admin, recipient));
  }

  /**
   * Somebody else joins the recipient's group, takes what the broker gives out, says that it was handled,
   * and leaves. Resolves when it is gone again.
   */
  async visitGroup(recipient: string, staysMs: Promise<void>): Promise<void> {
    const groupId = inboxGroupOf(recipient);
    const consumer = clientAt(this.#address, quiet).consumer({ groupId });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topicOf(recipient)], fromBeginning: true });
      await swallowUntil(consumer, staysMs);
    } finally {
      await consumer.disconnect();
    }
  }

  /** A topic may be away already: deleted before, and nothing told since. */
  async #unlessGone(recipient: string, act: (admin: Admin) => Promise<void>): Promise<void> {
    await asAdministrator(this.#address, async (admin) => {
      if ((await admin.listTopics()).includes(topicOf(recipient))) await act(admin);
    });
  }

  get #address(): KafkaAddress {
    const { address, administrator } = this.broker;
    return {
      brokers: [address],
      clientId: 'stranger',
      ...(administrator === undefined ? {} : { credentials: administrator }),
    };
  }
}

async function swallowUntil(consumer: Consumer, done: Promise<void>): Promise<void> {
  await consumer.run({ eachMessage: async () => undefined });
  await done;
}
