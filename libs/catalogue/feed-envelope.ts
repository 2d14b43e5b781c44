import type { FeedEnvelope } from '@common-thread/projecting/feed-row';
import type { JsonSchema } from './json-schema.js';
import { DIALECT } from './json-schema.js';

type Attribute = keyof FeedEnvelope | 'hash' | 'withdrawnby' | 'data';

const uuid = { type: 'string', format: 'uuid' } as const;
const text = { type: 'string', minLength: 1 } as const;
const instant = { type: 'string', format: 'date-time' } as const;
const digest = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

/** Every attribute of a row on the wire: complete, or it does not compile. */
const attributes: Readonly<Record<Attribute, JsonSchema>> = {
  specversion: { const: '1.0' },
  id: {
    ...uuid,
    description: 'Of this row in this feed, for ever. No other feed has the same.',
  },
  source: { const: '/common-thread' },
  type: { ...text, description: 'What happened: uk.common-thread.referral.raised.v1' },
  subject: {
    ...text,
    description:
      'What it is about, by opaque id: referral/…, person/…; of an involvement the line.',
  },
  datacontenttype: { const: 'application/json' },
  dataschema: {
    type: 'string',
    format: 'uri',
    description: 'The schema of data; the relay serves it under the same path of its own address.',
  },
  feed: { ...text, description: 'The feed, named for its recipient: organisation.audience' },
  sequence: { type: 'integer', minimum: 1, description: 'From 1 without holes.' },
  partitionkey: {
    ...text,
    description: 'The line it belongs to: family/…, contact/… until it is linked, or directory.',
  },
  time: { ...instant, description: 'When it happened.' },
  timeprecision: { const: 'day', description: 'Only the day of time is known.' },
  learnedtime: { ...instant, description: 'When the agency that recorded it came to know.' },
  recordedtime: { ...instant, description: 'When it was recorded.' },
  disclosedtime: { ...instant, description: 'When you were told. Never runs backwards.' },
  occurrenceid: { ...uuid, description: 'The same on all your rows of one event: count by it.' },
  tableversion: {
    type: 'integer',
    minimum: 1,
    description: 'The version of the disclosure table by which you are told.',
  },
  ground: {
    ...text,
    description:
      'Why you are told, joined by +: author, referrer, relation, directory, told; own, duty:<code> or ' +
      'agreement:<id>@<version>.',
  },
  joined: { const: true, description: 'Told later than it happened, because you joined later.' },
  imported: { const: true, description: 'Carried over from an earlier record: nothing new.' },
  entitlement: {
    enum: ['begins', 'ends'],
    description: 'This row begins or ends what you are told of its line.',
  },
  corrects: { ...uuid, description: 'The row that this one corrects.' },
  withdraws: { ...uuid, description: 'The row that this one withdraws: it no longer counts.' },
  bodyhash: { ...digest, description: 'SHA-256 of data, as JSON with sorted keys.' },
  hash: {
    ...digest,
    description: 'SHA-256 of the event without hash, withdrawnby and data, keys sorted.',
  },
  withdrawnby: { ...uuid, description: 'The row that withdraws this one; data is gone.' },
  data: { type: 'object', description: 'What is told. Absent once the row is withdrawn.' },
};

const sometimes: readonly Attribute[] = [
  'timeprecision',
  'learnedtime',
  'joined',
  'imported',
  'entitlement',
  'corrects',
  'withdraws',
  'withdrawnby',
  'data',
];

/**
 * The JSON Schema (2020-12) of a row on the wire: a CloudEvents 1.0 event with our extensions. Open,
 * like every schema that readers are given.
 */
export const feedEnvelopeSchema: JsonSchema = {
  $schema: DIALECT,
  $id: 'https://common-thread.uk/v1/schemas/feed-row',
  title: 'feed-row',
  description: 'One row of a recipient’s feed: a CloudEvents 1.0 event with extensions.',
  type: 'object',
  properties: attributes,
  required: Object.keys(attributes).filter((name) => !sometimes.some((each) => each === name)),
};
