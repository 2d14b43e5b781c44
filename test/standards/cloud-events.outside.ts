import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { asSchema, propertiesOf } from '@common-thread/catalogue/json-schema';
import { feedEnvelopeSchema } from '@common-thread/catalogue/feed-envelope';
import { cloudEventOf } from '../../apps/feed-relay/http/cloud-event.js';
import { logOf } from '../disclosure/county/happening.js';
import { historyOf } from '../disclosure/county/history.js';
import { plainRun } from '../disclosure/running/plain-run.js';

// The CloudEvents project's own files, in the folder that the environment names.
const folder = join(process.env.COMMON_THREAD_OUTSIDE_DATA ?? '', 'standards', 'cloudevents');
const origin = asSchema(
  JSON.parse(await readFile(join(folder, 'cloudevents.schema.json'), 'utf8')),
);
const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const isCloudEvent = ajv.compile(origin);

/** The events written out in JSON in a file of conformance features. */
async function exampleEvents(file: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(folder, 'conformance-features', file), 'utf8');
  const blocks = [...text.matchAll(/\{\s*"specversion"[\s\S]*?\n {8}\}/g)];
  return blocks.map(([block]) => JSON.parse(block) as Record<string, unknown>);
}

describe('CloudEvents, from outside', () => {
  it('has the schema that our specs use a copy of', async () => {
    const copy = join(
      import.meta.dirname,
      '../../apps/feed-relay/http/fixtures/cloudevents.schema.json',
    );
    expect(asSchema(JSON.parse(await readFile(copy, 'utf8')))).toEqual(origin);
  });

  it('finds every row of whole feeds valid, withdrawn ones too', async () => {
    let rows = 0;
    let withdrawn = 0;
    for (let seed = 1; seed <= 10; seed += 1) {
      for (const feed of (await plainRun(logOf(historyOf(seed)))).values()) {
        for (const { row } of feed) {
          expect([isCloudEvent(cloudEventOf(row)), isCloudEvent.errors]).toEqual([true, null]);
          rows += 1;
          if (row.body === null) withdrawn += 1;
        }
      }
    }
    expect(rows).toBeGreaterThan(500);
    expect(withdrawn).toBeGreaterThan(0);
  });

  it.each([['http-protocol-binding.feature'], ['kafka-protocol-binding.feature']])(
    'writes an event in structured mode (%s) in the members that our rows have',
    async (file) => {
      const examples = await exampleEvents(file);
      expect(examples.length).toBeGreaterThan(0);
      const members = [...propertiesOf(feedEnvelopeSchema).keys()];
      for (const example of examples) {
        expect([isCloudEvent(example), isCloudEvent.errors]).toEqual([true, null]);
        expect(members).toEqual(expect.arrayContaining(Object.keys(example)));
      }
    },
  );
});
