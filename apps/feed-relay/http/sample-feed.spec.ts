import { Ajv2020 } from 'ajv/dist/2020.js';
import { publicSchema } from '@common-thread/catalogue/public-schemas';
import { sampleFeed } from './sample-feed.js';

const readers = [
  ['any-hub.safeguarding-hub', 'safeguarding-hub'],
  ['any-centres.childrens-centre', 'childrens-centre'],
  ['any-trust.health-visiting', 'health-visiting'],
] as const;

describe('the sample of a feed', () => {
  it.each(readers)(
    'is a feed of %s whose every row matches its schema',
    async (reader, audience) => {
      const ajv = new Ajv2020({ strict: false });
      const events = await sampleFeed(reader);
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, nth) => nth + 1));
      expect(events.length).toBeGreaterThan(4);
      for (const { type, data, feed } of events) {
        expect(feed).toBe(reader);
        const schema = publicSchema(type, audience);
        expect(schema).toBeDefined();
        // One compiler for all: an id would have to be new each time. Closed, so that nothing else is told.
        const { $id: _, ...anonymous } = schema ?? {};
        const validate = ajv.compile({ ...anonymous, additionalProperties: false });
        expect([type, validate(data), validate.errors]).toEqual([type, true, null]);
      }
    },
  );

  it('holds what the audience may see and no more', async () => {
    const types = (await sampleFeed('any-trust.health-visiting')).map(({ type }) => type);
    expect(types).toContain('uk.common-thread.contact.received.v1');
    expect(types).toContain('uk.common-thread.involvement.began.v1');
    expect(types).not.toContain('uk.common-thread.contact.rated.v1');
  });
});
