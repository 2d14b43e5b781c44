import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import type { Actor } from '@common-thread/platform/actor';
import type { CommandRoute } from '../authorisation.js';
import { authorisation } from '../authorisation.js';
import { exampleCommands } from '../examples/example-commands.js';
import { ExampleCounty, people } from '../examples/example-county.js';
import type { ExampleFamily } from '../examples/example-family.js';
import { exampleFamily } from '../examples/example-family.js';
import type { Schema, Schemas } from './from-schema.js';
import { spoiled, valueOf } from './from-schema.js';

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly paths: Readonly<Record<string, { readonly post?: Operation }>>;
  readonly components: { readonly schemas: Schemas };
}

const document = JSON.parse(readFileSync('docs/openapi/command-api.json', 'utf8')) as Document;
const RUNS = Number(process.env.COMMON_THREAD_FUZZ ?? 600);
/** The same requests each time; other ones by another seed. */
const SEED = Number(process.env.COMMON_THREAD_FUZZ_SEED ?? 20_261_128);
/** In every text that is typed, so that an answer or a log line repeating one is seen. */
const CANARY = 'Xanthorrhoea';
const everybody: readonly Actor[] = Object.values(people);

/** One request that the document describes, or nearly. */
interface Asked {
  readonly route: string;
  readonly path: string;
  readonly body: unknown;
  readonly actor: Actor;
  readonly headers: Readonly<Record<string, string>>;
  readonly documented: readonly string[];
}

function requests(family: ExampleFamily): fc.Arbitrary<Asked> {
  const ids = idsOf(family);
  const { paths, components } = document;
  const posts = Object.entries(paths).flatMap(([path, { post }]) =>
    post ? [{ path, post }] : [],
  );
  return fc.constantFrom(...posts).chain(({ path, post }) => {
    const schema = post.requestBody?.content['application/json']?.schema ?? { type: 'object' };
    const route = `POST ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    const example = exampleCommands[route as CommandRoute];
    // What the rules accept is rare among what the schema lets through: half begin from an example.
    const body = fc.oneof(
      valueOf(schema, components.schemas, ids),
      fc.constant(example.body(family, 'nothing-anybody-read')),
    );
    const atWork = everybody.filter(({ role }) => rolesOf(route).includes(role));
    return fc.record({
      route: fc.constant(route),
      path: fc.oneof(
        fc.constant(example.path(family)),
        fc
          .oneof(fc.constantFrom(...ids), fc.uuid(), fc.constant('%00'))
          .map((id) => path.replace(/\{\w+\}/, id)),
      ),
      body: fc.oneof(body, spoiled(body)).map(marked),
      actor: fc.oneof(fc.constantFrom(...atWork), fc.constantFrom(...everybody)),
      headers: fc.constantFrom(
        {},
        {},
        {},
        { 'if-match': '"nothing-anybody-read"' },
        { 'if-match': '*' },
        { 'idempotency-key': 'a b' },
      ),
      documented: fc.constant(Object.keys(post.responses)),
    });
  });
}

function rolesOf(route: string): readonly string[] {
  return authorisation[route as CommandRoute].roles;
}

/** Texts of some length carry the canary: codes and ids are too short, or would be no such any more. */
function marked(value: unknown): unknown {
  if (typeof value === 'string') return value.includes(' ') ? `${value}${CANARY}` : value;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, marked(each)]));
}

function idsOf(family: ExampleFamily): string[] {
  return Object.values(family).filter((each): each is string => typeof each === 'string');
}

describe('whatever the document lets somebody send, and nearly that', () => {
  let county: ExampleCounty;
  let family: ExampleFamily;

  beforeAll(async () => {
    county = await ExampleCounty.open();
    family = await exampleFamily(county);
  });
  afterAll(() => county.close());

  it(
    `is answered as it is documented, and recorded only where the answer says so, in ${RUNS} requests`,
    async () => {
      const answered = new Map<number, number>();
      await fc.assert(
        fc.asyncProperty(requests(family), async (asked) => {
          const before = (await county.events()).length;
          const answer = await county.post(asked.actor, asked.path, asked.body, asked.headers);
          answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1);
          expect(asked.documented).toContain(String(answer.status));
          const recorded = (await county.events()).length - before;
          if (answer.status >= 400) expect(recorded).toBe(0);
          expect(JSON.stringify(answer.body)).not.toContain(CANARY);
          // What cannot be read at all is refused before anybody asks who sent it.
          const unread = answer.status === 400 || answer.status === 413;
          if (!rolesOf(asked.route).includes(asked.actor.role) && !unread)
            expect(answer.status).toBe(403);
        }),
        { numRuns: RUNS, seed: SEED },
      );
      // Neither all refused at the door nor all let in: both were tried.
      expect([...answered.keys()]).toEqual(expect.arrayContaining([201, 403, 404, 422]));
      expect(county.logged).not.toContain(CANARY);
    },
    RUNS * 200,
  );

  it('would be found where an answer is not documented, or repeats what was typed', () => {
    const { paths } = document;
    const undocumented = Object.entries(paths).filter(
      ([, { post }]) => post && !('403' in post.responses && '404' in post.responses),
    );
    expect(undocumented).toEqual([]);
    expect(JSON.stringify(marked({ a: ['two words'] }))).toContain(CANARY);
  });
});
