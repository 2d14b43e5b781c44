import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { samples } from '@common-thread/domain/samples';
import { catalogueFiles } from './catalogue.js';
import { versionName } from './event-schemas.js';
import { contextPages } from './pages/context-pages.js';
import { spaced } from './pages/markdown.js';
import { declaredNow } from './release.js';
import { released } from './released.js';

const folder = join(import.meta.dirname, '../../docs/catalogue');
const files = catalogueFiles(released);

function committed(): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [
      path.slice(folder.length + 1).replaceAll('\\', '/'),
      readFileSync(path, 'utf8'),
    ]),
  );
}

/** Files that differ from what is generated, missing and superfluous ones too. */
function drift(found: ReadonlyMap<string, string>): string[] {
  return [...new Set([...found.keys(), ...files.keys()])].filter(
    (path) => found.get(path) !== files.get(path),
  );
}

describe('the catalogue', () => {
  it('is the one that was committed', () => {
    // After a change that is meant: npm run catalogue
    expect(drift(committed())).toEqual([]);
  });

  it('would be seen to differ: a word changed, a page missing, a file nobody generates', () => {
    const found = committed();
    found.set('people.md', found.get('people.md')!.replace('recorded', 'noted'));
    found.delete('codes.md');
    found.set('notes.md', 'By hand.');
    expect(drift(found).sort()).toEqual(['codes.md', 'notes.md', 'people.md']);
  });

  it('has every event on one page, with a sample, what it means and who is told', () => {
    const pages = contextPages.map(({ file }) => files.get(file)!);
    for (const { title } of Object.values(declaredNow().events)) {
      const heading = `## ${spaced(String(title))}\n`;
      const on = pages.filter((text) => text.includes(heading));
      expect([title, on.length]).toEqual([title, 1]);
      const [, section] = on[0]!.split(heading);
      const own = section!.split('\n## ')[0];
      expect(own).toContain('| Who | Is told |');
      expect(own).toContain('A sample, as stored');
    }
    expect(pages.filter((text) => !text.includes('## '))).toEqual([]);
  });

  it('links to nothing that is not there', () => {
    for (const [path, text] of files) {
      if (!path.endsWith('.md')) continue;
      for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
        const [file, place] = target!.split('#');
        if (file!.startsWith('../')) continue;
        const page = files.get(file!);
        expect([path, target, page !== undefined]).toEqual([path, target, true]);
        if (place === undefined) continue;
        const headings = [...page!.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
          heading!
            .toLowerCase()
            .replace(/[^\w\s-]/g, '')
            .replaceAll(' ', '-'),
        );
        expect(headings).toContain(place);
      }
    }
  });

  it('shows no whole box and no personal value', () => {
    const text = [...files].filter(([path]) => path.endsWith('.md')).map(([, each]) => each);
    expect(text.join('').match(/box\.v1\.[\w-]{5,}/g)).toBeNull();
  });
});

describe('the schema of each event', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const { events } = declaredNow();

  it.each(samples.map((sample) => [sample.type, sample.version, sample] as const))(
    'of %s version %i matches its sample as it is stored, and no personal value in clear',
    (type, version, sample) => {
      const schema = { ...released.events, ...events }[versionName(type, version)];
      expect(schema).toBeDefined();
      const validate = ajv.getSchema(String(schema!.$id)) ?? ajv.compile(schema!);
      expect([validate(sample.data), validate.errors]).toEqual([true, null]);
      const sealed = Object.entries(sample.data).find(([, value]) => /^box\./.test(String(value)));
      if (sealed) expect(validate({ ...sample.data, [sealed[0]]: 'Finch' })).toBe(false);
      expect(validate({ ...sample.data, mood: 'calm' })).toBe(false);
    },
  );
});
