import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeRoutes } from './describe-routes.js';

const committedAt = join(import.meta.dirname, '../../docs/openapi/vault.json');

describe('the published document of the vault', () => {
  it('is OpenAPI 3.1, and the one that was committed', async () => {
    const document = await describeRoutes();
    expect(document.openapi).toMatch(/^3\.1\./);
    // After a change that is meant: npm run openapi
    const committed: unknown = JSON.parse(readFileSync(committedAt, 'utf8'));
    expect(JSON.parse(JSON.stringify(document))).toEqual(committed);
    expect(Object.keys(document.paths).sort()).toEqual([
      '/v1/agreements',
      '/v1/agreements/{agreementId}',
      '/v1/audit',
      '/v1/break-glass',
      '/v1/break-glass/{glassId}/end',
      '/v1/break-glass/{glassId}/review',
      '/v1/deriving/age-band',
      '/v1/deriving/reviews-due',
      '/v1/drafts/discard',
      '/v1/drafts/open',
      '/v1/drafts/seal',
      '/v1/erasures',
      '/v1/erasures/due',
      '/v1/erasures/{personId}',
      '/v1/following/mark',
      '/v1/glass-outbox/pending',
      '/v1/glass-outbox/recorded',
      '/v1/look-up',
      '/v1/matching/authority-child-ids',
      '/v1/matching/people',
      '/v1/reveal',
      '/v1/sealing/compare',
      '/v1/sealing/seal',
      '/v1/staff',
      '/v1/staff/report',
      '/v1/staff/standing',
      '/v1/standing',
      '/v1/subject-access/requests',
      '/v1/subject-access/requests/{requestId}',
      '/v1/subject-access/requests/{requestId}/copies',
      '/v1/subject-access/requests/{requestId}/copies/{packId}/taken',
      '/v1/subject-access/requests/{requestId}/left-out',
      '/v1/subject-access/requests/{requestId}/left-out/given',
      '/v1/subject-access/requests/{requestId}/withheld',
      '/v1/viewings',
    ]);
  });

  it('says of every route what it takes and that it needs a token', async () => {
    const document = await describeRoutes();
    for (const { get, post } of Object.values(document.paths)) {
      expect(post?.requestBody ?? (post ?? get)?.parameters).toBeDefined();
      expect((post ?? get)?.security).toEqual([{ bearer: [] }]);
      expect((post ?? get)?.summary).toMatch(/^[A-Z]/);
    }
    const named = JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g);
    const known = Object.keys(document.components?.schemas ?? {});
    expect(known).toEqual(expect.arrayContaining([...named].map(([, name]) => name)));
  });
});
