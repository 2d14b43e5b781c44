import { RecipientId, Slug, Uuid } from '@common-thread/domain/identifiers';
import type { JsonSchema } from '../json-schema.js';
import { asSchema } from '../json-schema.js';
import { codeListOf } from './code-words.js';
import { anchor } from './markdown.js';

const patterns: Readonly<Record<string, string>> = {
  [patternOf(Uuid)]: 'opaque id',
  [patternOf(Slug)]: 'short name, such as `mill-lane`',
  [patternOf(RecipientId)]: 'recipient: `<organisation>.<audience>`',
};

function patternOf(schema: object): string {
  return String(Reflect.get(schema, 'pattern'));
}

/** What a field of an event holds, in words. */
export function kindInWords(field: JsonSchema): string {
  if (field['x-subject'] !== undefined) return 'text';
  if (field.enum !== undefined) return codeInWords(field);
  if (field.type === 'boolean') return 'yes or no';
  if (field.type === 'array') {
    const items = asSchema(field.items);
    const least = typeof field.minItems === 'number' ? `, at least ${field.minItems}` : '';
    return `list of: ${kindInWords(items)}${least}`;
  }
  const pattern = String(field.pattern);
  if (Object.hasOwn(patterns, pattern)) return patterns[pattern] ?? pattern;
  if (field.pattern !== undefined) return 'text of a fixed form';
  return typeof field.maxLength === 'number'
    ? `text, up to ${field.maxLength} characters`
    : 'text';
}

function codeInWords(field: JsonSchema): string {
  const { title } = codeListOf(field);
  return `code: [${title.charAt(0).toLowerCase()}${title.slice(1)}](codes.md${anchor(title)})`;
}

/** Who a field is sealed for, in words; in clear where it is not. */
export function sealInWords(field: JsonSchema): string {
  const subject = field['x-subject'];
  if (typeof subject !== 'string') return 'in clear';
  const whom = subject === 'stream' ? 'the matter itself' : `whoever \`${subject}\` names`;
  const inferable = field['x-inferable'] === true ? '; another value follows from it' : '';
  return `**sealed** for ${whom}${inferable}`;
}
