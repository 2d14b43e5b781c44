import { breaksOf } from './house-style.js';
import { importsOf, sourceFiles, textFiles } from './source-files.js';

/** The words of a rule stand in its own definition and in its planted violations. */
const ownDefinition = /^test\/architecture\/house-style/;
const files = sourceFiles(['apps', 'infra', 'libs', 'test']).filter(
  (f) => !ownDefinition.test(f.path),
);

describe('the house style', () => {
  it('is kept by every file', () => {
    expect(files.flatMap(breaksOf)).toEqual([]);
  });

  it('leaves no file that nothing imports', () => {
    const imported = new Set(
      files.flatMap((f) =>
        importsOf(f).map((specifier) => specifier.replace(/\.js$/, '').split('/').at(-1)),
      ),
    );
    const entry =
      /\.(spec|contract|journey|engines|outside)\.ts$|\/(main|run|[a-z-]+-command)\.ts$|^test\/(engines|benchmarks|annex-a|faults)\//;
    const dead = files.filter(
      (f) => !entry.test(f.path) && !imported.has(f.path.split('/').at(-1)!.replace(/\.ts$/, '')),
    );
    expect(dead.map((f) => f.path)).toEqual([]);
  });

  it('names no machine, registry or absolute path in anything committed', () => {
    const committed = textFiles(['.ci', '.', 'apps', 'docs', 'infra', 'libs', 'test']);
    const machine = /\/work\/(main|shared)|registry\.npmjs|\/root\//;
    const found = committed.filter((f) => !ownDefinition.test(f.path) && machine.test(f.text));
    expect(found.map((f) => f.path)).toEqual([]);
  });

  it.each([
    ['a drawer', 'libs/domain/utils.ts', ''],
    ['a barrel', 'libs/domain/index.ts', ''],
    ['a type given up', 'libs/domain/x.ts', 'const a = b as unknown as string;'],
    ['a focused test', 'libs/domain/x.spec.ts', "it.only('x', () => {});"],
    [
      'a sleep in a test',
      'libs/domain/x.spec.ts',
      'await new Promise((r) => setTimeout(r, 100));',
    ],
    ['something left behind', 'libs/domain/x.ts', 'console.log(1);'],
    ['a file too long to read', 'libs/domain/x.ts', 'a\n'.repeat(400)],
  ])('catches %s', (_, path, text) => {
    expect(breaksOf({ path, text, lines: text.split('\n') })).not.toEqual([]);
  });
});
