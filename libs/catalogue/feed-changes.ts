import type { BreakingChange } from './breaking-change.js';
import type { JsonSchema } from './json-schema.js';
import { BOX_PATTERN, propertiesOf, textsOf } from './json-schema.js';
import { compareValues } from './narrowing.js';

/*
 * Feeds are read by others, at their own pace, from sequence 1. Rows told before stay as they are and name
 * the same schema, so it may neither ask more than they hold nor promise less than it did. Readers pass over
 * fields and codes they do not know: those may come under the same type.
 */

/** Schemas by audience and public type. */
export type SchemasByAudience = Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;

/** What is published of the feeds. */
export interface Feeds {
  /** Version of the disclosure table. */
  readonly tableVersion: number;
  readonly envelope: JsonSchema;
  readonly audiences: SchemasByAudience;
  /** What an audience was told once and is told no more: its feed still holds it. */
  readonly retired: SchemasByAudience;
}

const NEW_TYPE =
  'Tell it under the next version of its type (publicVersion in the disclosure table), announced to ' +
  'whoever reads it: docs/how-to/change-an-event.md.';
const LESS =
  'Put it back. If information governance decided to tell less, that is a new version of the disclosure table.';

/** What of the released feeds those told now break. */
export function brokenFeeds(released: Feeds, told: Feeds): BreakingChange[] {
  const envelope = brokenSchema('envelope', released.envelope, told.envelope, {
    instead: 'Attributes of the envelope are hashed and kept: put it back, and add beside it.',
  });
  const decided = told.tableVersion > released.tableVersion;
  const types = Object.keys(released.audiences).flatMap((audience) => {
    const now = told.audiences[audience] ?? {};
    const retired = released.retired[audience] ?? {};
    const before = { ...retired, ...released.audiences[audience] };
    return Object.entries(before).flatMap(([type, schema]) => {
      const where = `${audience}: ${type}`;
      const after = now[type];
      if (after) return brokenSchema(where, schema, after, { instead: NEW_TYPE, decided });
      if (decided || type in retired || hasLaterVersion(type, Object.keys(now))) return [];
      return [
        { where, what: 'this audience is no longer told it under this name', instead: LESS },
      ];
    });
  });
  return [...envelope, ...types];
}

function hasLaterVersion(type: string, types: readonly string[]): boolean {
  const [name, version] = partsOf(type);
  return types.some((other) => partsOf(other)[0] === name && partsOf(other)[1] > version);
}

function partsOf(type: string): [name: string, version: number] {
  const [, name, version] = /^(.*)\.v(\d+)$/.exec(type) ?? [];
  return [name ?? type, Number(version ?? 0)];
}

function brokenSchema(
  where: string,
  before: JsonSchema,
  after: JsonSchema,
  { instead, decided = false }: { readonly instead: string; readonly decided?: boolean },
): BreakingChange[] {
  const [had, has] = [propertiesOf(before), propertiesOf(after)];
  const [promised, promises] = [textsOf(before, 'required'), textsOf(after, 'required')];
  const whole = changesOf(before, after).map((what) => ({ where, what, instead }));
  const fields = [...had].flatMap(([field, was]): BreakingChange[] => {
    const is = has.get(field);
    const at = `${where}/${field}`;
    if (is) return changesOf(was, is).map((what) => ({ where: at, what, instead }));
    return decided ? [] : [{ where: at, what: 'this field is no longer told', instead: LESS }];
  });
  const weaker = promised
    .filter((field) => has.has(field) && !promises.includes(field))
    .map((field) => ({
      where: `${where}/${field}`,
      what: 'it was always there and is optional',
      instead,
    }));
  const stronger = promises
    .filter((field) => !promised.includes(field))
    .map((field) => ({
      where: `${where}/${field}`,
      what: 'it is required, and rows told before are without it',
      instead: 'Leave it optional.',
    }));
  return [...whole, ...fields, ...weaker, ...stronger];
}

/** Whatever changes but for codes more: narrower, rows told before no longer match; wider, readers fail. */
function changesOf(before: JsonSchema, after: JsonSchema): string[] {
  const [was, is] = [before, after].map(({ pattern }) => pattern === BOX_PATTERN);
  if (was !== is)
    return [is ? 'it is sealed and was told in clear' : 'it is told in clear and was sealed'];
  const { narrowed, widened } = compareValues(before, after);
  return [...new Set([...narrowed, ...widened])];
}
