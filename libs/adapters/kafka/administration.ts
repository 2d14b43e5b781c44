import type { AclEntry, Admin } from 'kafkajs';
import kafkajs from 'kafkajs';
import type { KafkaAddress, KafkaLog } from './address.js';
import { clientAt } from './address.js';
import { protocolType } from './faults.js';
import type { FeedAccess } from './feed-access.js';
import { grantsOf, readGrant } from './feed-access.js';
import { FEED_PARTITIONS, feedTopicSettings, topicOf } from './feed-topic.js';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ConfigResourceTypes } = kafkajs;
const OURS = 'common-thread.';

/** Something that is not as it should be, and what makes it so. */
export interface Difference {
  /** `topic common-thread.feed.… is missing` */
  readonly words: string;
  readonly mend: () => Promise<unknown>;
}

/** The broker can never be as it should be by this alone; the message says what to do. */
export class BrokerUnfit extends Error {
  override readonly name = 'BrokerUnfit';
}

/** Topics, their settings and grants of a broker, compared with what they should be. */
export class KafkaAdministration {
  private constructor(private readonly admin: Admin) {}

  static async open(address: KafkaAddress, log: KafkaLog): Promise<KafkaAdministration> {
    const admin = clientAt(address, log).admin();
    await admin.connect();
    return new KafkaAdministration(admin);
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }

  /**
   * In the order in which to mend them. A recipient that is no longer there loses its grants and keeps its
   * topic, which retention empties.
   * @param withGrants false on a broker that authorises nobody
   * @throws BrokerUnfit
   */
  async differences(access: FeedAccess, withGrants: boolean): Promise<readonly Difference[]> {
    const topics = await this.#topics(access);
    return withGrants ? [...topics, ...(await this.#grants(access))] : topics;
  }

  async #topics({ recipients }: FeedAccess): Promise<Difference[]> {
    const there = new Set(await this.admin.listTopics());
    const topics = recipients.map(topicOf);
    const missing = topics.filter((topic) => !there.has(topic));
    const present = topics.filter((topic) => there.has(topic));
    await this.#assertOneOrder(present);
    const settings = await Promise.all(present.map((topic) => this.#settings(topic)));
    return [...missing.map((topic) => this.#missing(topic)), ...settings.flat()];
  }

  #missing(topic: string): Difference {
    const configEntries = Object.entries(feedTopicSettings).map(([name, value]) => ({
      name,
      value,
    }));
    const made = { topic, numPartitions: FEED_PARTITIONS, replicationFactor: -1, configEntries };
    return {
      words: `topic ${topic} is missing`,
      mend: () => this.admin.createTopics({ topics: [made], waitForLeaders: true }),
    };
  }

  async #assertOneOrder(present: readonly string[]): Promise<void> {
    if (present.length === 0) return;
    const { topics } = await this.admin.fetchTopicMetadata({ topics: [...present] });
    const wrong = topics.find(({ partitions }) => partitions.length !== FEED_PARTITIONS);
    if (!wrong) return;
    throw new BrokerUnfit(
      `Topic ${wrong.name} has ${wrong.partitions.length} partitions, and a feed has one order. ` +
        'Delete the topic and apply again: receivers have the pages.',
    );
  }

  async #settings(topic: string): Promise<Difference[]> {
    const resource = { type: ConfigResourceTypes.TOPIC, name: topic };
    const configNames = Object.keys(feedTopicSettings);
    const { resources } = await this.admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ ...resource, configNames }],
    });
    const held = new Map(
      resources.flatMap(({ configEntries }) =>
        configEntries.map(({ configName, configValue }) => [configName, configValue] as const),
      ),
    );
    const wrong = Object.entries(feedTopicSettings).filter(
      ([name, value]) => held.get(name) !== value,
    );
    if (wrong.length === 0) return [];
    const configEntries = Object.entries(feedTopicSettings).map(([name, value]) => ({
      name,
      value,
    }));
    return [
      {
        words: `topic ${topic} has other settings: ${wrong.map(([name]) => name).join(', ')}`,
        mend: () =>
          this.admin.alterConfigs({
            validateOnly: false,
            resources: [{ ...resource, configEntries }],
          }),
      },
    ];
  }

  async #grants(access: FeedAccess): Promise<Difference[]> {
    const wanted = new Map(grantsOf(access).map((entry) => [readGrant(entry), entry]));
    const held = new Map((await this.#held()).map((entry) => [readGrant(entry), entry]));
    const missing = [...wanted].filter(([words]) => !held.has(words));
    const surplus = [...held].filter(([words]) => !wanted.has(words));
    return [
      ...missing.map(([words, entry]) => ({
        words: `not granted: ${words}`,
        mend: () => this.admin.createAcls({ acl: [entry] }),
      })),
      ...surplus.map(([words, entry]) => ({
        words: `granted and not declared: ${words}`,
        mend: () => this.admin.deleteAcls({ filters: [entry] }),
      })),
    ];
  }

  /** Every grant on a name of ours. */
  async #held(): Promise<AclEntry[]> {
    try {
      const { resources } = await this.admin.describeAcls({
        resourceType: AclResourceTypes.ANY,
        resourcePatternType: kafkajs.ResourcePatternTypes.ANY,
        operation: AclOperationTypes.ANY,
        permissionType: AclPermissionTypes.ANY,
      });
      return resources
        .filter(({ resourceName }) => resourceName.startsWith(OURS))
        .flatMap(({ acls, ...resource }) => acls.map((acl) => ({ ...resource, ...acl })));
    } catch (error) {
      if (protocolType(error) !== 'SECURITY_DISABLED') throw error;
      throw new BrokerUnfit(
        'This broker authorises nobody, so that anybody may read every feed. Set authorizer.class.name on it, ' +
          'or give --without-grants where it serves one developer alone.',
      );
    }
  }
}
