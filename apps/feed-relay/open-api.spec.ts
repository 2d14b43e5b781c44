import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeRoutes } from './describe-routes.js';

const committedAt = join(import.meta.dirname, '../../docs/openapi/feed-relay.json');

describe('the published document of the relay', () => {
  it('is OpenAPI 3.1, and the one that was committed', async () => {
    const document = await describeRoutes();
    expect(document.openapi).toMatch(/^3\.1\./);
    // After a change that is meant: npm run openapi
    const committed: unknown = JSON.parse(readFileSync(committedAt, 'utf8'));
    expect(JSON.parse(JSON.stringify(document))).toEqual(committed);
    expect(Object.keys(document.paths).sort()).toEqual([
      '/v1/feed',
      '/v1/feed/head',
      '/v1/following/mark',
      '/v1/sample',
      '/v1/schemas',
      '/v1/schemas/{type}',
      '/v1/tellings',
      '/v1/tellings/about',
    ]);
  });

  it('says of every route what it answers and that it needs a token', async () => {
    const document = await describeRoutes();
    for (const { get, post } of Object.values(document.paths)) {
      const route = get ?? post;
      expect(route?.security).toEqual([{ bearer: [] }]);
      expect(route?.summary).toMatch(/^[A-Z]/);
      expect(Object.keys(route?.responses ?? {})).toEqual(expect.arrayContaining(['200', '401']));
    }
  });
});
