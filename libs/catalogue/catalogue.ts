import { audiences } from '@common-thread/domain/identifiers';
import { samples } from '@common-thread/domain/samples';
import { asyncApiDocument } from './async-api.js';
import { versionName } from './event-schemas.js';
import type { JsonSchema } from './json-schema.js';
import { codeLists } from './pages/code-words.js';
import type { ContextPage } from './pages/context-pages.js';
import { contextPages } from './pages/context-pages.js';
import { eventSection } from './pages/event-section.js';
import { eventsOn, indexPage } from './pages/index-page.js';
import { page, table } from './pages/markdown.js';
import { publishedSchema, publishedTypesFor } from './published-schemas.js';
import type { Release } from './release.js';
import { declaredNow } from './release.js';

/**
 * Every file of `docs/catalogue`, by its path there: generated, and the same each time.
 *
 * @param release what has gone out; the pages mark what has not
 */
export function catalogueFiles(release: Release): ReadonlyMap<string, string> {
  const { events, feeds } = declaredNow();
  const current = Object.values(events);
  return new Map([
    ['README.md', indexPage(current)],
    ...contextPages.map(
      (context) => [context.file, contextPage(context, events, release)] as const,
    ),
    ['codes.md', codesPage()],
    ['asyncapi.json', json(asyncApiDocument())],
    ...Object.entries(events).map(
      ([name, schema]) => [`schemas/events/${name}.json`, json(schema)] as const,
    ),
    ['schemas/feeds/feed-row.json', json(feeds.envelope)],
    ...audiences.flatMap((audience) =>
      publishedTypesFor(audience).map(
        (type) =>
          [
            `schemas/feeds/${audience}/${type}.json`,
            json(publishedSchema(type, audience) ?? {}),
          ] as const,
      ),
    ),
  ]);
}

/** Indented JSON with its last line ended. */
export function json(value: JsonSchema): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function contextPage(context: ContextPage, events: Release['events'], release: Release): string {
  return page(
    `# ${context.title}`,
    context.about,
    '[All events](README.md) · [Codes](codes.md)',
    ...eventsOn(context, Object.values(events)).map((event) => {
      const [type, version] = [String(event.title), Number(event['x-version'])];
      const isReleased = versionName(type, version) in release.events;
      return eventSection(event, fullest(type, version), isReleased);
    }),
  );
}

/** The sample that shows most of an event. */
function fullest(type: string, version: number) {
  return samples
    .filter((sample) => sample.type === type && sample.version === version)
    .sort((a, b) => Object.keys(b.data).length - Object.keys(a.data).length)
    .at(0);
}

function codesPage(): string {
  return page(
    '# Codes',
    'The code lists of the events, with the words shown for each code. Codes may be added; one that was ' +
      'released is never taken away or given another meaning.',
    '[All events](README.md)',
    ...codeLists.flatMap(({ title, codes, words }) => [
      `## ${title}`,
      table(
        ['Code', 'Means'],
        codes.map((code) => [`\`${code}\``, words[code] ?? code]),
      ),
    ]),
  );
}
