import { schemaUri } from '@common-thread/disclosure/public-events';
import type { Audience } from '@common-thread/domain/identifiers';
import { audiences } from '@common-thread/domain/identifiers';
import { feedEnvelopeSchema } from './feed-envelope.js';
import type { JsonSchema } from './json-schema.js';
import { publishedSchema, publishedTypesFor } from './published-schemas.js';

const ONE_EVENT = 'application/cloudevents+json';
const NAMESPACE = 'uk.common-thread.';
const RETENTION_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Where a feed is read: its pages, which are all of it for ever, or the topic of its tail. */
type Means = 'pages' | 'tail';
const everyMeans: readonly Means[] = ['pages', 'tail'];

/**
 * The feeds as an AsyncAPI 3 document: for each audience its pages and its topic, with a message for each
 * public type it may be told, in the CloudEvents envelope. Every schema in it is one that is published.
 */
export function asyncApiDocument(): JsonSchema {
  const feeds = audiences.map((audience) => ({ audience, types: publishedTypesFor(audience) }));
  const each = <Value>(make: (audience: Audience, type: string) => Value): Record<string, Value> =>
    Object.fromEntries(
      feeds.flatMap(({ audience, types }) =>
        types.map((type) => [componentName(audience, type), make(audience, type)]),
      ),
    );
  const channels = feeds.flatMap(({ audience, types }) =>
    everyMeans.map((means) => [`${audience}.${means}`, channelOf(audience, types, means)]),
  );
  return {
    asyncapi: '3.0.0',
    info,
    defaultContentType: ONE_EVENT,
    servers,
    channels: Object.fromEntries(channels) as JsonSchema,
    operations: Object.fromEntries(
      audiences.flatMap((audience) =>
        everyMeans.map((means) => [`tell.${audience}.${means}`, operationOf(audience, means)]),
      ),
    ),
    components: {
      messages: each(messageOf),
      schemas: {
        'feed-row': embedded(feedEnvelopeSchema),
        ...each((audience, type) => embedded(publishedSchema(type, audience) ?? {})),
      },
      securitySchemes,
    },
  };
}

const info = {
  title: 'Common Thread feeds',
  version: '1',
  description:
    'What each recipient is told: one feed for each, permanent, in order, from sequence 1 without holes. ' +
    'Its pages hold all of it for ever; its topic is a fast tail of the last fortnight. Pass over fields and ' +
    'codes you do not know: more may come under the same type. Personal fields are boxes: open them with ' +
    'POST /v1/reveal of the vault. A short feed of an invented family is at GET /v1/sample.',
};

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  account: {
    type: 'plain',
    description: 'The account of the recipient: it reads its own topic only.',
  },
};

const servers = {
  pages: {
    host: '{relay}',
    protocol: 'https',
    description: 'The relay: the canonical feed.',
    variables: { relay: { description: 'Host of the relay.', default: 'relay.example' } },
    security: [{ $ref: '#/components/securitySchemes/bearer' }],
  },
  tail: {
    host: '{broker}',
    protocol: 'kafka-secure',
    description: 'Apache Kafka: the tail of each feed.',
    variables: { broker: { description: 'Host and port.', default: 'kafka.example:9092' } },
    security: [{ $ref: '#/components/securitySchemes/account' }],
  },
};

function channelOf(audience: Audience, types: readonly string[], means: Means): JsonSchema {
  const messages = types.map((type) => [
    shortName(type),
    { $ref: `#/components/messages/${componentName(audience, type)}` },
  ]);
  const common = {
    title: `${audience}: ${means}`,
    servers: [{ $ref: `#/servers/${means}` }],
    messages: Object.fromEntries(messages) as JsonSchema,
  };
  if (means === 'pages') {
    return {
      ...common,
      address: '/v1/feed',
      description: 'The recipient is the one your token names. Several events come as one batch.',
    };
  }
  return {
    ...common,
    address: `common-thread.feed.{organisation}.${audience}.v1`,
    description: 'One partition, in the order of sequence; the key is the line (partitionkey).',
    parameters: { organisation: { description: 'Short name of the organisation.' } },
    bindings: {
      kafka: {
        partitions: 1,
        topicConfiguration: {
          'cleanup.policy': ['delete'],
          'retention.ms': RETENTION_DAYS * DAY_MS,
        },
        bindingVersion: '0.5.0',
      },
    },
  };
}

function operationOf(audience: Audience, means: Means): JsonSchema {
  return {
    action: 'send',
    channel: { $ref: `#/channels/${audience}.${means}` },
    summary:
      means === 'pages'
        ? 'The relay answers with the events after a sequence.'
        : 'The relay publishes each event as it is told.',
    ...(means === 'pages' ? { bindings: { http: pageRequest } } : {}),
  };
}

const pageRequest = {
  method: 'GET',
  query: {
    type: 'object',
    properties: {
      after: { type: 'integer', minimum: 0, description: 'The last sequence you hold.' },
      limit: { type: 'integer', minimum: 1, description: 'Events at most.' },
      wait: { type: 'integer', minimum: 0, description: 'Seconds to wait for something new.' },
    },
  },
  bindingVersion: '0.3.0',
};

function messageOf(audience: Audience, type: string): JsonSchema {
  const schema = publishedSchema(type, audience);
  return {
    name: type,
    title: shortName(type),
    summary: schema?.description,
    contentType: ONE_EVENT,
    payload: {
      allOf: [
        { $ref: '#/components/schemas/feed-row' },
        {
          type: 'object',
          properties: {
            type: { const: type },
            dataschema: { const: schemaUri(type) },
            data: { $ref: `#/components/schemas/${componentName(audience, type)}` },
          },
        },
      ],
    },
    bindings: {
      kafka: {
        key: { type: 'string', description: 'The line: family/…, contact/… or directory.' },
        bindingVersion: '0.5.0',
      },
    },
  };
}

/** Inside a document a schema goes by its place there. */
function embedded({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function componentName(audience: Audience, type: string): string {
  return `${audience}.${shortName(type)}`;
}

function shortName(type: string): string {
  return type.startsWith(NAMESPACE) ? type.slice(NAMESPACE.length) : type;
}
