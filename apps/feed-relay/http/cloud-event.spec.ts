import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { hashOf } from '@common-thread/projecting/feed-row';
import type { FeedEnvelope } from '@common-thread/projecting/feed-row';
import { cloudEventOf } from './cloud-event.js';
import { sampleFeed } from './sample-feed.js';

const schema: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/cloudevents.schema.json'), 'utf8'),
);
const ajv = new Ajv({
  strict: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    'uri-reference': (text: string) => URL.canParse(text, 'https://relay.example'),
    'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text),
  },
});
const isCloudEvent = ajv.compile(Object(schema));

const INTEGER_MAX = 2_147_483_647;

/** CloudEvents 1.0.2, type system: what an extension attribute may hold. */
function isAttribute(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value <= INTEGER_MAX;
  return typeof value === 'boolean' || (typeof value === 'string' && value.length > 0);
}

describe('a row on the wire', () => {
  it('is a CloudEvent, by the schema its makers publish', async () => {
    for (const event of await sampleFeed('any-hub.safeguarding-hub')) {
      expect([isCloudEvent(event), isCloudEvent.errors]).toEqual([true, null]);
    }
    expect(isCloudEvent({ id: '1', source: '/x', specversion: '1.0' })).toBe(false);
  });

  it('has attributes of names and types that every transport can carry', async () => {
    for (const { data: _, ...attributes } of await sampleFeed('any-hub.safeguarding-hub')) {
      for (const [name, value] of Object.entries(attributes)) {
        expect([name, /^[a-z0-9]{1,20}$/.test(name), isAttribute(value)]).toEqual([
          name,
          true,
          true,
        ]);
      }
    }
  });

  it('is the envelope its hash covers, beside the hash, the mark and the body', async () => {
    for (const event of await sampleFeed('any-centres.childrens-centre')) {
      const { hash, withdrawnby: _, data: __, ...envelope } = event;
      expect(hashOf(envelope)).toBe(hash);
    }
  });

  it('has no data once it is withdrawn, and names its withdrawal', async () => {
    const [event] = await sampleFeed('any-centres.childrens-centre');
    const { hash, data: _, ...envelope } = event!;
    const row = { envelope: envelope satisfies FeedEnvelope, hash, body: null };
    const withdrawn = cloudEventOf({ ...row, withdrawnBy: 'an-id' });
    expect(withdrawn).toEqual({ ...envelope, hash, withdrawnby: 'an-id' });
    expect(isCloudEvent(withdrawn)).toBe(true);
  });
});
