import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeQueries } from './describe-queries.js';

const committedAt = join(import.meta.dirname, '../../docs/openapi/childrens-centre.json');

describe('the published document of the queries', () => {
  it('is OpenAPI 3.1, and the one that was committed', async () => {
    const document = await describeQueries();
    expect(document.openapi).toMatch(/^3\.1\./);
    // After a change that is meant: npm run openapi
    const committed: unknown = JSON.parse(readFileSync(committedAt, 'utf8'));
    expect(JSON.parse(JSON.stringify(document))).toEqual(committed);
    expect(Object.keys(document.paths).sort()).toEqual([
      '/v1/families',
      '/v1/families/{familyId}/history',
      '/v1/referrals',
      '/v1/referrals/{referralId}',
    ]);
  });

  it('says of every query what it answers and that it needs a token', async () => {
    const document = await describeQueries();
    for (const [path, { get }] of Object.entries(document.paths)) {
      expect(get?.summary).toMatch(/^[A-Z]/);
      expect(get?.security).toEqual([{ bearer: [] }]);
      const named = get?.parameters?.map((each) => 'name' in each && each.name) ?? [];
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(named).toEqual(expect.arrayContaining(inPath));
      expect(JSON.stringify(get?.responses)).toContain('#/components/schemas/Published');
    }
  });
});
