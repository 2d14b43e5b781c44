import type { JsonSchema } from './json-schema.js';
import { asSchema, textsOf } from './json-schema.js';

/** How one value of a schema is bound now, compared with before. */
export interface Comparison {
  /** Ways in which a value that was allowed may no longer be, a clause each. */
  readonly narrowed: readonly string[];
  /** Ways in which a value may come that was not allowed. Codes more are apart: readers expect them. */
  readonly widened: readonly string[];
  readonly moreCodes: readonly string[];
}

/** Keywords that bind nothing. */
const words = new Set(['$schema', '$id', 'title', 'description', 'examples', 'default']);
/** Bounds by which of two numbers is the tighter. */
const bounds: Readonly<Record<string, 'least' | 'most'>> = {
  minLength: 'least',
  minItems: 'least',
  minimum: 'least',
  maxLength: 'most',
  maxItems: 'most',
  maximum: 'most',
};

/** Compares what two schemas of one value allow, properties and `x-` marks apart. */
export function compareValues(before: JsonSchema, after: JsonSchema): Comparison {
  const parts = keywordsOf(before, after).map((keyword) => {
    const [was, is] = [before[keyword], after[keyword]];
    if (JSON.stringify(was) === JSON.stringify(is)) return nothing;
    if (keyword === 'enum') return compareCodes(before, after);
    if (keyword === 'items') return inside('item', compareValues(asSchema(was), asSchema(is)));
    if (keyword === 'pattern') return comparePatterns(was, is);
    if (bounds[keyword] !== undefined) return compareBound(keyword, bounds[keyword], was, is);
    if (keyword === 'uniqueItems' || keyword === 'additionalProperties') {
      const tighter = keyword === 'uniqueItems' ? is === true : is === false;
      const clause = `${keyword} is ${say(is)} and was ${say(was)}`;
      return tighter ? { ...nothing, narrowed: [clause] } : { ...nothing, widened: [clause] };
    }
    // What is not understood is never waved through.
    const clause = `${keyword} is ${say(is)} and was ${say(was)}`;
    return { ...nothing, narrowed: [clause], widened: [clause] };
  });
  return {
    narrowed: parts.flatMap(({ narrowed }) => narrowed),
    widened: parts.flatMap(({ widened }) => widened),
    moreCodes: parts.flatMap(({ moreCodes }) => moreCodes),
  };
}

const nothing: Comparison = { narrowed: [], widened: [], moreCodes: [] };

function keywordsOf(...schemas: readonly JsonSchema[]): string[] {
  const all = new Set(schemas.flatMap((schema) => Object.keys(schema)));
  return [...all].filter(
    (keyword) =>
      !words.has(keyword) &&
      !keyword.startsWith('x-') &&
      keyword !== 'properties' &&
      keyword !== 'required',
  );
}

function compareCodes(before: JsonSchema, after: JsonSchema): Comparison {
  if (before.enum === undefined)
    return { ...nothing, narrowed: ['it is bound to a list of codes'] };
  if (after.enum === undefined)
    return { ...nothing, widened: ['it is no longer a list of codes'] };
  const [was, is] = [textsOf(before, 'enum'), textsOf(after, 'enum')];
  return {
    narrowed: was.filter((code) => !is.includes(code)).map((code) => `code ${code} is gone`),
    widened: [],
    moreCodes: is.filter((code) => !was.includes(code)),
  };
}

/** Words listed within a pattern, such as the audiences in a recipient's name, count as codes. */
function comparePatterns(was: unknown, is: unknown): Comparison {
  if (typeof was !== 'string') return { ...nothing, narrowed: [`it must match ${say(is)}`] };
  if (typeof is !== 'string') {
    return { ...nothing, widened: [`it need no longer match ${was}`] };
  }
  const [before, after] = [listsIn(was), listsIn(is)];
  if (before.rest === after.rest) {
    const gone = before.listed.filter((word) => !after.listed.includes(word));
    const more = after.listed.filter((word) => !before.listed.includes(word));
    return { narrowed: gone.map((code) => `code ${code} is gone`), widened: [], moreCodes: more };
  }
  const clause = `it must match ${is} and had to match ${was}`;
  return { ...nothing, narrowed: [clause], widened: [clause] };
}

function listsIn(pattern: string): { readonly rest: string; readonly listed: readonly string[] } {
  const listed: string[] = [];
  const rest = pattern.replace(/\(([\w-]+(?:\|[\w-]+)+)\)/g, (_, list: string) => {
    listed.push(...list.split('|'));
    return '(…)';
  });
  return { rest, listed };
}

function compareBound(
  keyword: string,
  kind: 'least' | 'most',
  was: unknown,
  is: unknown,
): Comparison {
  const none = kind === 'least' ? -Infinity : Infinity;
  const [before, after] = [was, is].map((bound) => (typeof bound === 'number' ? bound : none));
  const tighter = kind === 'least' ? after! > before! : after! < before!;
  const clause = `${keyword} is ${say(is)} and was ${say(was)}`;
  return tighter ? { ...nothing, narrowed: [clause] } : { ...nothing, widened: [clause] };
}

function inside(place: string, { narrowed, widened, moreCodes }: Comparison): Comparison {
  const within = (clauses: readonly string[]) => clauses.map((clause) => `${place}: ${clause}`);
  return { narrowed: within(narrowed), widened: within(widened), moreCodes };
}

function say(value: unknown): string {
  return value === undefined ? 'not given' : JSON.stringify(value);
}
