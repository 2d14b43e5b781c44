import { lineOf } from '@common-thread/disclosure/cells';
import type { AnyLine } from '@common-thread/disclosure/disclosure-table';
import { isFollowing } from '@common-thread/disclosure/disclosure-table';
import { publicTypeOf } from '@common-thread/disclosure/public-events';
import type { Sample } from '@common-thread/domain/samples';
import { isBox } from '@common-thread/eventing/sealing';
import { versionName } from '../event-schemas.js';
import type { JsonSchema } from '../json-schema.js';
import { propertiesOf, textsOf } from '../json-schema.js';
import { kindInWords, sealInWords } from './field-words.js';
import { listed, page, spaced, table } from './markdown.js';
import { tellings } from './telling-words.js';

/** One event on its page: what it means and holds, who is told what, an example. */
export function eventSection(
  event: JsonSchema,
  sample: Sample | undefined,
  isReleased: boolean,
): string {
  const type = String(event.title);
  const line = lineOf(type);
  const fields = [...propertiesOf(event)];
  const sealed = fields.filter(([, schema]) => schema['x-subject'] !== undefined);
  const category = textsOf(event, 'x-streams')[0] ?? '';
  return page(
    `## ${spaced(type)}`,
    String(event.description),
    facts(event, line, sealed.length > 0, isReleased),
    fields.length === 0
      ? ''
      : table(['Field', 'Means', 'Holds', 'Kept'], fields.map(fieldRow(event))),
    table(
      ['Who', 'Is told'],
      tellings(
        type,
        category,
        line,
        sealed.map(([field]) => field),
      ),
    ),
    sampleOf(sample),
  ).trimEnd();
}

function facts(
  event: JsonSchema,
  line: AnyLine,
  hasSealed: boolean,
  isReleased: boolean,
): readonly string[] {
  const version = Number(event['x-version']);
  const name = versionName(String(event.title), version);
  const streams = textsOf(event, 'x-streams').map((category) => `\`${category}\``);
  return [
    `- \`${String(event.title)}\`, version ${version}${isReleased ? '' : ', not released yet'}: ` +
      `[schema as stored](schemas/events/${name}.json)`,
    `- In feeds: \`${publicTypeOf(line)}\``,
    `- Recorded in streams of ${listed(streams)}`,
    ...(hasSealed
      ? [`- What is sealed is kept under keys of the class *${String(event['x-record-class'])}*`]
      : []),
    ...reachInWords(line),
  ];
}

function reachInWords(line: AnyLine): string[] {
  if (isFollowing(line)) return [];
  const { household, reaches } = line;
  return [
    ...(reaches === 'people'
      ? [
          '- Told once for each family that the people it names belong to; a row names its own family’s people only',
        ]
      : []),
    ...(reaches === 'directory' ? ['- Told to every recipient, whatever it is entitled to'] : []),
    ...(household ? ['- Told of the past in full to whoever becomes entitled to the family'] : []),
  ];
}

function fieldRow(event: JsonSchema) {
  const required = textsOf(event, 'required');
  return ([field, schema]: readonly [string, JsonSchema]): readonly string[] => [
    `\`${field}\`${required.includes(field) ? '' : ' (optional)'}`,
    String(schema.description),
    kindInWords(schema),
    sealInWords(schema),
  ];
}

/** As it is stored, the boxes cut short. */
function sampleOf(sample: Sample | undefined): readonly string[] | '' {
  if (!sample) return '';
  const data = JSON.stringify(
    sample.data,
    (_, value: unknown) => (isBox(value) ? 'box.v1.… (sealed)' : value),
    2,
  );
  return [
    '<details><summary>A sample, as stored</summary>',
    '',
    '```json',
    data,
    '```',
    '',
    '</details>',
  ];
}
