import { randomUUID } from 'node:crypto';
import { roles } from '@common-thread/platform/actor';
import type { CommandRoute } from './authorisation.js';
import { authorisation } from './authorisation.js';
import type { ExampleCommand } from './examples/example-commands.js';
import { beforehand, exampleCommands } from './examples/example-commands.js';
import { ExampleCounty, people } from './examples/example-county.js';
import type { ExampleFamily } from './examples/example-family.js';
import { exampleFamily, mustRecord, tagFor } from './examples/example-family.js';

const routes = Object.keys(exampleCommands) as CommandRoute[];
/** Relations in which nobody can be unrelated: what is asked for is new, public, or found by details. */
const relatesAnybody = [
  'nobody-known-yet',
  'reference-data',
  'family-identified',
  'looked-up',
  'known-family',
  'known-person',
];

interface Prepared {
  readonly path: string;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

async function prepared(
  county: ExampleCounty,
  family: ExampleFamily,
  { as, path, body, rests, needsIfMatch }: ExampleCommand,
): Promise<Prepared> {
  const tag = rests ? await tagFor(county, as.recipient, rests[0], rests[1](family)) : '';
  const headers: Record<string, string> = needsIfMatch ? { 'if-match': `"${tag}"` } : {};
  return { path: path(family), body: body(family, tag), headers };
}

type Ready = Omit<ExampleCommand, 'path' | 'body'> & Prepared;

/** The county with what has to be recorded before a route's example. */
async function ready(
  county: ExampleCounty,
  family: ExampleFamily,
  route: CommandRoute,
  earlierRoutes: readonly CommandRoute[] = beforehand[route] ?? [],
): Promise<Ready> {
  for (const earlier of earlierRoutes) {
    const example = exampleCommands[earlier];
    const { path, body, headers } = await prepared(county, family, example);
    await mustRecord(county.post(example.as, path, body, headers));
  }
  const example = exampleCommands[route];
  return { ...example, ...(await prepared(county, family, example)) };
}

describe('every route', () => {
  it.each(routes)('%s records once, whoever sends it again', async (route) => {
    const county = await ExampleCounty.open();
    const family = await exampleFamily(county);
    const { as, path, body, headers } = await ready(county, family, route);
    const before = (await county.events()).length;
    const once = { ...headers, 'idempotency-key': randomUUID() };

    const [first, meanwhile] = await Promise.all([
      county.post(as, path, body, once),
      county.post(as, path, body, once),
    ]);
    expect(first).toMatchObject({ status: 201, body: { id: expect.any(String) as string } });
    expect(first.headers.location).toMatch(/^\/v1\/[a-z]+\/[0-9a-z-]+$/);
    expect(first.headers['cache-control']).toBe('no-store');
    const types = await county.typesAfter(before);
    expect(types).not.toEqual([]);

    await county.restart();
    const later = await county.post(as, path, body, once);
    for (const again of [meanwhile, later]) {
      expect({ ...again, headers: null }).toEqual({ ...first, headers: null });
    }
    const reused = await county.post(as, path, { ...body, occurredAt: '2026-11-24' }, once);
    expect(reused).toMatchObject({ status: 422 });
    expect(reused.body.type).toMatch(/\/idempotency-key-reused$/);
    expect(await county.typesAfter(before)).toEqual(types);
    await county.close();
  });

  describe('records nothing', () => {
    let county: ExampleCounty;
    let family: ExampleFamily;
    let recorded: number;

    beforeAll(async () => {
      county = await ExampleCounty.open();
      family = await exampleFamily(county);
      await ready(county, family, 'POST /v1/places', [
        'POST /v1/families/:familyId/relationships',
      ]);
      recorded = (await county.events()).length;
    });
    afterEach(async () => expect(await county.typesAfter(recorded)).toEqual([]));
    afterAll(() => county.close());

    it.each(routes)('by %s for another role or for somebody unrelated', async (route) => {
      const { as, path, body, headers, stranger } = await ready(county, family, route, []);
      const allowed: readonly string[] = authorisation[route].roles;
      for (const role of roles.filter((each) => !allowed.includes(each))) {
        const other = Object.values(people).find((actor) => actor.role === role);
        if (!other) throw new Error(`no example acts as ${role}`);
        const answer = await county.post(other, path, body, headers);
        expect([role, answer.status]).toEqual([role, 403]);
      }
      const anonymous = await county.post(as, path, body, { ...headers, authorization: '' });
      expect(anonymous.status).toBe(401);
      if (!stranger) {
        const relations = Object.values(authorisation[route].commands) as string[];
        expect(relatesAnybody).toEqual(expect.arrayContaining(relations));
        return;
      }
      const nowhere = path.replace(/[0-9a-f-]{36}/, randomUUID());
      // A colleague at another centre of the same provider is as unrelated as another provider.
      const colleagues = as === people.larkfieldWorker ? [people.elsewhereWorker] : [];
      for (const unrelated of [stranger, ...colleagues]) {
        const answer = await county.post(unrelated, path, body, headers);
        const absent = await county.post(unrelated, nowhere, body, headers);
        const told = ({ body: { requestId: _, ...document } }: typeof answer) => document;
        expect([unrelated.id, answer.status]).toEqual([unrelated.id, 404]);
        expect(told(answer)).toEqual(told(absent));
        expect(answer.tag).toBeUndefined();
      }
    });

    it.each(routes)('by %s of what is not well formed', async (route) => {
      const { as, path, body, headers } = await ready(county, family, route, []);
      const keyless = await county.post(as, path, body, { ...headers, 'idempotency-key': '' });
      expect(keyless.status).toBe(400);
      expect(keyless.body.type).toMatch(/\/idempotency-key-missing$/);
      const unknown = await county.post(as, path, { ...body, surprise: 1 }, headers);
      expect(unknown.status).toBe(422);
      const future = await county.post(as, path, { ...body, occurredAt: '2026-12-24' }, headers);
      expect(future).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/occurredAt' }] },
      });
      for (const field of Object.keys(body)) {
        const wrong = await county.post(as, path, { ...body, [field]: { odd: null } }, headers);
        expect([field, wrong.status]).toEqual([field, 422]);
        const none = await county.post(as, path, { ...body, [field]: null }, headers);
        expect([field, none.status]).toEqual([field, 422]);
      }
      const oversized = await county.post(as, path, { ...body, padding: 'x'.repeat(1_048_576) });
      expect(oversized.status).toBe(413);
    });

    it.each(routes.filter((route) => exampleCommands[route].needsIfMatch))(
      'by %s without the tag that was read',
      async (route) => {
        const { as, path, body, headers } = await ready(county, family, route, []);
        expect((await county.post(as, path, body)).status).toBe(428);
        expect((await county.post(as, path, body, { 'if-match': '*' })).status).toBe(428);
        for (const stale of [`"${randomUUID()}"`, 'W/"x"', 'x']) {
          const answer = await county.post(as, path, body, { 'if-match': stale });
          expect([stale, answer.status]).toEqual([stale, 412]);
          expect(`"${answer.tag}"`).toBe(headers['if-match']);
          expect(answer.body.errors).toBeUndefined();
        }
      },
    );
  });
});
