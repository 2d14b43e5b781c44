import { existsSync, readdirSync } from 'node:fs';
import { UnacceptableEvent } from '@common-thread/eventing/event-log';
import type { NewEvent, StoredEvent } from '@common-thread/eventing/event-log';
import { codec } from './event-catalogue.js';
import type { Sample } from './samples.js';
import { samples, samplesByContext } from './samples.js';

const here = new URL('.', import.meta.url);

const metadata: NewEvent['metadata'] = {
  commandId: '00000000-0000-5000-8000-000000000000',
  fingerprint: 'fingerprint',
  correlationId: '00000000-0000-5000-8000-000000000000',
  organisation: 'larkfield-centres',
  recordedBy: 'worker-1',
  role: 'centre-worker',
  occurredAt: '2026-01-05T09:00:00.000Z',
  recordedAt: '2026-01-05T09:00:00.000Z',
};

function stored(sample: Sample): StoredEvent {
  return { ...sample, metadata, revision: 0, cursor: '0' };
}

/** What no sample shows: versions by number, and fields of the current one. */
function unshown(given: readonly Sample[]): string[] {
  return codec.types.flatMap((type) => {
    const { version, data } = codec.shapeOf(type);
    const own = given.filter((sample) => sample.type === type);
    const versions = Array.from({ length: version }, (_, nth) => nth + 1)
      .filter((each) => !own.some((sample) => sample.version === each))
      .map((each) => `${type} version ${each}`);
    const current = own.filter((sample) => sample.version === version);
    const fields = Object.keys(data.properties)
      .filter((field) => !current.some((sample) => field in sample.data))
      .map((field) => `${type}/${field}`);
    return [...versions, ...fields];
  });
}

describe('samples', () => {
  it('are those of every context that has any', () => {
    const folders = readdirSync(here, { withFileTypes: true })
      .filter((entry) => existsSync(new URL(`${entry.name}/samples.json`, here)))
      .map(({ name }) => name);
    expect(folders.sort()).toEqual(Object.keys(samplesByContext).sort());
  });

  it('have an id each', () => {
    expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
  });

  it('show every version of every event ever released, and every field', () => {
    expect(unshown(samples)).toEqual([]);
  });

  it('are missed: an event, a version or a field without a sample is named', () => {
    const without = samples.filter(({ type }) => type !== 'MembershipEnded');
    expect(unshown(without)).toEqual(['MembershipEnded version 1', 'MembershipEnded/personId']);
    const shorter = samples.map((sample) =>
      sample.type === 'SessionAttended'
        ? { ...sample, data: { ...sample.data, note: undefined } }
        : sample,
    );
    const parsed = JSON.parse(JSON.stringify(shorter)) as Sample[];
    expect(unshown(parsed)).toEqual(['SessionAttended/note']);
    const older = samples.map((sample) =>
      sample.type === 'MembershipEnded' ? { ...sample, version: 0 } : sample,
    );
    expect(unshown(older)).toContain('MembershipEnded version 1');
  });

  it.each(samples.map((sample) => [sample.type, sample.version, sample] as const))(
    '%s version %i decodes to the current version and encodes again',
    (_type, _version, sample) => {
      const event = codec.decode(stored(sample));
      expect(event.version).toBe(codec.shapeOf(sample.type).version);
      expect(codec.encode(event).data).toEqual(event.data);
    },
  );

  it('hold each personal field in a box that says where it belongs', () => {
    for (const sample of samples) {
      for (const { field } of codec.personalFieldsOf(sample.type)) {
        const box = sample.data[field];
        if (typeof box !== 'string') continue;
        expect(box).toMatch(/^box\.v1\.[\w-]+\.[\w-]+$/);
        const header: unknown = JSON.parse(
          Buffer.from(box.split('.')[2] ?? '', 'base64url').toString(),
        );
        expect(header).toMatchObject({
          e: sample.id,
          t: sample.type,
          s: sample.streamId,
          f: field,
          v: sample.version,
        });
      }
    }
  });

  it('would not pass with a personal value in clear or a field nobody declared', () => {
    const decided = samples.find(({ type }) => type === 'ContactDecided')!;
    const open = { ...decided.data, rationale: 'Seen at home.' };
    expect(() => codec.encode({ ...stored(decided), data: open })).toThrow(UnacceptableEvent);
    const more = { ...decided.data, mood: 'calm' };
    expect(() => codec.decode({ ...stored(decided), data: more })).toThrow(UnacceptableEvent);
  });
});
