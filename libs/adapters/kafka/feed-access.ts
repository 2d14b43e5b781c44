import type { AclEntry } from 'kafkajs';
import kafkajs from 'kafkajs';
import { FEED_TOPIC_PREFIX, groupPrefixOf, topicOf } from './feed-topic.js';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

/** Who may do what with the feeds' topics; data in infra/kafka/access.json. */
export interface FeedAccess {
  /** The relay's user name. */
  readonly relay: string;
  /** `<organisation>.<audience>`: each is its own user name, and reads its own topic alone. */
  readonly recipients: readonly string[];
}

const RECIPIENT = /^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is wrong with data read as access, in a sentence; undefined where nothing is. */
export function wrongWith(read: unknown): string | undefined {
  const { relay, recipients } = read as Partial<Record<keyof FeedAccess, unknown>>;
  if (typeof relay !== 'string' || relay === '') return 'relay must be the user name of the relay';
  if (!Array.isArray(recipients)) return 'recipients must be a list';
  const wrong: unknown = recipients.find(
    (name) => typeof name !== 'string' || !RECIPIENT.test(name),
  );
  if (wrong !== undefined) {
    return `${JSON.stringify(wrong)} is no recipient; write <organisation>.<audience>`;
  }
  return undefined;
}

/** Every grant there should be, and no other on names of ours. */
export function grantsOf({ relay, recipients }: FeedAccess): AclEntry[] {
  const { READ, WRITE, CREATE, DELETE, DESCRIBE } = AclOperationTypes;
  return [
    // The relay writes, makes what is missing, and takes withdrawn records away.
    ...[WRITE, CREATE, DELETE, DESCRIBE].map((operation) =>
      grant(relay, operation, AclResourceTypes.TOPIC, FEED_TOPIC_PREFIX, 'prefix'),
    ),
    ...recipients.flatMap((recipient) => [
      ...[READ, DESCRIBE].map((operation) =>
        grant(recipient, operation, AclResourceTypes.TOPIC, topicOf(recipient), 'whole'),
      ),
      ...[READ, DESCRIBE].map((operation) =>
        grant(recipient, operation, AclResourceTypes.GROUP, groupPrefixOf(recipient), 'prefix'),
      ),
    ]),
  ];
}

function grant(
  user: string,
  operation: AclEntry['operation'],
  resourceType: AclEntry['resourceType'],
  resourceName: string,
  names: 'whole' | 'prefix',
): AclEntry {
  return {
    principal: `User:${user}`,
    host: '*',
    operation,
    permissionType: AclPermissionTypes.ALLOW,
    resourceType,
    resourceName,
    resourcePatternType:
      names === 'whole' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
  };
}

/** Two grants are one when they read the same. */
export function readGrant(entry: AclEntry): string {
  const operation = nameIn(AclOperationTypes, entry.operation);
  const kind = nameIn(AclResourceTypes, entry.resourceType);
  const star = entry.resourcePatternType === ResourcePatternTypes.PREFIXED ? '*' : '';
  const permission = entry.permissionType === AclPermissionTypes.DENY ? 'may not' : 'may';
  const from = entry.host === '*' ? '' : ` from ${entry.host}`;
  return `${entry.principal}${from} ${permission} ${operation} ${kind} ${entry.resourceName}${star}`;
}

/** The client's own numbers have no way back to their names. */
function nameIn(numbers: object, number: number): string {
  const found = Object.entries(numbers).find(([, value]) => value === number);
  return (found?.[0] ?? String(number)).toLowerCase();
}
