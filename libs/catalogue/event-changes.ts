import type { BreakingChange } from './breaking-change.js';
import { inWords } from './breaking-change.js';
import type { JsonSchema } from './json-schema.js';
import { propertiesOf, textsOf } from './json-schema.js';
import { compareValues } from './narrowing.js';

/*
 * Private events are read by our own folds, which see the current version only. What must hold for ever is
 * that everything stored decodes, that a box opens under the name and for whom it was sealed, and that
 * a type, its streams and its keys are still those it was recorded with.
 */

type Schemas = Readonly<Record<string, JsonSchema>>;

const NEW_VERSION =
  'Raise its version and add an upcast from the one released: docs/how-to/change-an-event.md.';
const NEW_NAME = 'Put it back, and declare what is meant now under a name of its own.';

/** What of the released event versions the declared ones break. Both go by `<type>.v<version>`. */
export function brokenEvents(released: Schemas, declared: Schemas): BreakingChange[] {
  const current = new Map(Object.values(declared).map((schema) => [typeOf(schema), schema]));
  const found = Object.values(released).flatMap((before) => {
    const type = typeOf(before);
    const after = current.get(type);
    return after ? brokenEvent(type, before, after) : [gone(type)];
  });
  // Several released versions may break in the same way.
  return [...new Map(found.map((change) => [inWords(change), change])).values()];
}

function gone(type: string): BreakingChange {
  return {
    where: type,
    what: 'it is no longer declared, and the log holds it',
    instead: 'A stored name lasts for ever: put it back. Nobody need record it any more.',
  };
}

function brokenEvent(type: string, before: JsonSchema, after: JsonSchema): BreakingChange[] {
  const [was, is] = [versionOf(before), versionOf(after)];
  if (is < was) {
    return [
      {
        where: type,
        what: `version ${was} is released and version ${is} is declared`,
        instead:
          'Declare the released version, or a later one with an upcast from each before it.',
      },
    ];
  }
  const always = [...brokenMarks(type, before, after), ...brokenSeals(type, before, after)];
  // Across versions an upcast says how the old form is read as the new; samples show that it does.
  return is > was ? always : [...always, ...brokenFields(type, before, after)];
}

/** What holds of every version of a type. */
function brokenMarks(type: string, before: JsonSchema, after: JsonSchema): BreakingChange[] {
  const found: BreakingChange[] = [];
  const streams = textsOf(after, 'x-streams');
  for (const category of textsOf(before, 'x-streams')) {
    if (streams.includes(category)) continue;
    found.push({
      where: type,
      what: `it is no longer recorded in streams ${category}-…, which hold it`,
      instead: 'Keep it declared for those streams.',
    });
  }
  const marks = [
    ['x-record-class', 'record class', 'Its boxes have keys of the class they were sealed in.'],
    [
      'x-targets',
      'field naming what it corrects or withdraws',
      'What it follows is read from it.',
    ],
  ] as const;
  for (const [mark, words, why] of marks) {
    if (before[mark] === after[mark]) continue;
    found.push({
      where: type,
      what: `its ${words} is ${say(after[mark])} and was ${say(before[mark])}`,
      instead: `${why} ${NEW_NAME}`,
    });
  }
  return found;
}

/** A box names its field and is sealed for somebody: neither may change, whatever the version. */
function brokenSeals(type: string, before: JsonSchema, after: JsonSchema): BreakingChange[] {
  const fields = propertiesOf(after);
  return [...propertiesOf(before)].flatMap(([field, was]): BreakingChange[] => {
    const where = `${type}/${field}`;
    const is = fields.get(field);
    const sealed = isSealed(was);
    if (!is) {
      if (!sealed) return [];
      const what =
        'this sealed field is gone, and a box opens only under the name it was sealed in';
      return [
        { where, what, instead: 'Keep it declared; it may be optional from a new version on.' },
      ];
    }
    if (sealed !== isSealed(is)) {
      const what = sealed
        ? 'it was sealed and would stand in clear'
        : 'it stands in clear in the log for ever and would be sealed from now on';
      return [{ where, what, instead: NEW_NAME }];
    }
    return (['x-subject', 'x-inferable', 'x-person'] as const)
      .filter((mark) => was[mark] !== is[mark])
      .map((mark) => ({
        where,
        what: `${markWords[mark]} ${say(is[mark])} and was ${say(was[mark])}`,
        instead: NEW_NAME,
      }));
  });
}

const markWords = {
  'x-subject': 'whom it is sealed for is',
  'x-inferable': 'its mark that another value can be worked out from it is',
  'x-person': 'its mark that it names people, by which rows are split by family, is',
} as const;

/** What was stored at this very version must still be allowed by it. */
function brokenFields(type: string, before: JsonSchema, after: JsonSchema): BreakingChange[] {
  const [had, has] = [propertiesOf(before), propertiesOf(after)];
  const [asked, asks] = [textsOf(before, 'required'), textsOf(after, 'required')];
  const broken = (field: string, what: string) => ({
    where: `${type}/${field}`,
    what,
    instead: NEW_VERSION,
  });
  const whole = compareValues(before, after).narrowed.map((what) => ({
    where: type,
    what,
    instead: NEW_VERSION,
  }));
  const kept = [...had].flatMap(([field, was]) => {
    const is = has.get(field);
    // A sealed one that is gone, or one newly sealed, has been named already.
    if (!is) return isSealed(was) ? [] : [broken(field, 'this field is gone')];
    if (isSealed(was) !== isSealed(is)) return [];
    return compareValues(was, is).narrowed.map((what) => broken(field, what));
  });
  const demanded = asks
    .filter((field) => !asked.includes(field))
    .map((field) =>
      broken(
        field,
        had.has(field)
          ? 'it is required and was optional'
          : 'this new field is required, and nothing stored has it',
      ),
    );
  return [...whole, ...kept, ...demanded];
}

function isSealed(field: JsonSchema): boolean {
  return field['x-subject'] !== undefined;
}

function typeOf(schema: JsonSchema): string {
  return String(schema.title);
}

function versionOf(schema: JsonSchema): number {
  return Number(schema['x-version']);
}

function say(value: unknown): string {
  return typeof value === 'string'
    ? value
    : value === undefined
      ? 'not set'
      : JSON.stringify(value);
}
