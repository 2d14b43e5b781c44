/** CloudEvents 1.0, JSON format, several at once. */
export const CLOUD_EVENTS_BATCH = 'application/cloudevents-batch+json';

/** What is published of the routes, beside their names. */
export const toldBy = {
  read:
    'The feed of the recipient your token names: permanent, from sequence 1 without holes. An event ' +
    'that was withdrawn keeps its place and has no data; withdrawnby names its withdrawal. hash is ' +
    'the SHA-256 of the event without hash, withdrawnby and data, as JSON with sorted keys; bodyhash ' +
    'is that of data. Follow Link until there is none, then ask again after the last sequence.',
  head: 'Ask now and then, whatever else told you of new events: a lost last message leaves no gap.',
  types: 'Every type of event that a reader like you may be told.',
  schema:
    'The JSON Schema (2020-12) of the data of one type, as far as a reader like you may be told it. ' +
    'It is the one that dataschema names.',
  sample:
    'A short feed of an invented family, made by the same code as yours. Nothing in it is real.',
} as const;

export const cloudEventsBody = {
  [CLOUD_EVENTS_BATCH]: {
    schema: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        description: 'A CloudEvent 1.0 with extensions.',
        required: ['specversion', 'id', 'source', 'type', 'sequence', 'partitionkey', 'hash'],
        properties: {
          specversion: { type: 'string' as const },
          id: { type: 'string' as const, format: 'uuid' },
          source: { type: 'string' as const },
          type: { type: 'string' as const },
          subject: { type: 'string' as const },
          dataschema: { type: 'string' as const, format: 'uri' },
          time: { type: 'string' as const, format: 'date-time' },
          sequence: { type: 'integer' as const, minimum: 1 },
          partitionkey: { type: 'string' as const },
          hash: { type: 'string' as const },
          withdrawnby: { type: 'string' as const, format: 'uuid' },
          data: { type: 'object' as const },
        },
      },
    },
  },
};

export const nextPage = {
  Link: {
    description: 'RFC 8288: the next page, while there is one.',
    schema: { type: 'string' as const },
  },
  'X-Feed-Head': {
    description: 'Last sequence of the feed.',
    schema: { type: 'integer' as const },
  },
};
