import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { feedEnvelopeSchema } from '@common-thread/catalogue/feed-envelope';
import type { JsonSchema } from '@common-thread/catalogue/json-schema';
import { publishedSchema, publishedTypesFor } from '@common-thread/catalogue/published-schemas';
import type { Audience } from '@common-thread/domain/identifiers';
import { audiences } from '@common-thread/domain/identifiers';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { cloudEventOf } from '../../apps/feed-relay/http/cloud-event.js';
import { withChangingAgreements } from './county/agreements.js';
import { logOf } from './county/happening.js';
import { historyOf } from './county/history.js';
import { withNeedToKnow } from './county/need-to-know.js';
import { historyTo } from './county/samples.js';
import { recipients } from './county/places.js';
import { plainRun } from './running/plain-run.js';

const HISTORIES = 160;

/** Published for what may come and does not here. */
const untoldHere: Readonly<Partial<Record<Audience, readonly string[]>>> = {
  // Reference data is never withdrawn, and the board is told of nothing else.
  'partnership-board': ['uk.common-thread.record.withdrawn.v1'],
};

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

/** Closed, so that a row with a field more than its schema names does not match. */
function compile({ $id: _, ...schema }: JsonSchema): ValidateFunction {
  return ajv.compile({ ...schema, additionalProperties: false });
}

const isRow = compile(feedEnvelopeSchema);

/** What of a row does not match what is published of it; nothing when it does. */
function mismatches(row: FeedRow, isBody: ValidateFunction | undefined): unknown[] {
  const { type, dataschema } = row.envelope;
  return [
    ...(isRow(cloudEventOf(row)) ? [] : [type, isRow.errors]),
    ...(isBody ? [] : [type, 'is not published']),
    ...(dataschema.endsWith(`/v1/schemas/${type}`) ? [] : [type, dataschema]),
    ...(!isBody || row.body === null || isBody(row.body) ? [] : [type, isBody.errors]),
  ];
}

describe('rows of random histories', () => {
  const rowsOf = new Map<Audience, FeedRow[]>(audiences.map((audience) => [audience, []]));
  beforeAll(async () => {
    const random = Array.from({ length: HISTORIES }, (_, nth) => {
      const agreed = withChangingAgreements(historyOf(nth + 1), nth + 1);
      return withNeedToKnow(agreed, nth + 1);
    });
    // What a hub decides about sharing is in no random history.
    const decided = ['SharingDecided', 'SharingDeclined', 'ViewsRecorded'].map(historyTo);
    for (const history of [...random, ...decided]) {
      const feeds = await plainRun(logOf(history));
      for (const { id, audience } of recipients) {
        rowsOf.get(audience)?.push(...(feeds.get(id) ?? []).map(({ row }) => row));
      }
    }
  });

  it.each(audiences.map((audience) => [audience]))(
    'told to %s match the schemas published for it, field by field',
    (audience) => {
      const bodies = new Map(
        publishedTypesFor(audience).map((type) => [
          type,
          compile(publishedSchema(type, audience) ?? {}),
        ]),
      );
      const rows = rowsOf.get(audience) ?? [];
      expect(rows.length).toBeGreaterThan(10);
      expect(
        rows.flatMap((row) => mismatches(row, bodies.get(row.envelope.type))).slice(0, 6),
      ).toEqual([]);
      const told = new Set(rows.map(({ envelope }) => envelope.type));
      const untold = publishedTypesFor(audience).filter((type) => !told.has(type));
      expect(untold).toEqual(untoldHere[audience] ?? []);
    },
  );

  it('would not match with a field nobody declared, in clear, or under another name', () => {
    const rows = rowsOf.get('safeguarding-hub') ?? [];
    const row = rows.find(({ body }) => body?.['familyName'] !== undefined)!;
    const type = row.envelope.type;
    const isBody = compile(publishedSchema(type, 'safeguarding-hub') ?? {});
    expect(mismatches(row, isBody)).toEqual([]);
    const more = { ...row, body: { ...row.body!, mood: 'calm' } };
    expect(mismatches(more, isBody)).toContain(type);
    const open = { ...row, body: { ...row.body!, familyName: 'Finch' } };
    expect(mismatches(open, isBody)).toContain(type);
    expect(mismatches(row, undefined)).toContain('is not published');
    const { ground: _, ...envelope } = row.envelope;
    expect(mismatches({ ...row, envelope: { ...envelope, ground: '' } }, isBody)).toContain(type);
  });
});
