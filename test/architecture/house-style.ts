import type { SourceFile } from './source-files.js';

const FILE_LINES_MAX = 300;
const LINE_LENGTH_MAX = 120;

/** Words that say nothing about what is inside. */
const emptyNames = /(^|[/-])(utils?|common|helpers?|misc|managers?)([./-]|$)/i;

const rules: readonly { readonly rule: string; readonly breaks: (file: SourceFile) => boolean }[] =
  [
    {
      rule: `is at most ${FILE_LINES_MAX} lines, the disclosure table being one page`,
      breaks: (f) =>
        f.lines.length > FILE_LINES_MAX + 1 && f.path !== 'libs/disclosure/disclosure.ts',
    },
    {
      rule: `has lines of at most ${LINE_LENGTH_MAX} characters`,
      breaks: (f) => f.lines.some((l) => l.length > LINE_LENGTH_MAX && !l.includes('://')),
    },
    { rule: 'has a name that says what it holds', breaks: (f) => emptyNames.test(f.path) },
    {
      rule: 'is named in kebab-case',
      breaks: (f) => !/\/[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/.test(f.path),
    },
    { rule: 'is no barrel', breaks: (f) => f.path.endsWith('/index.ts') },
    {
      rule: 'gives up no type',
      breaks: (f) =>
        /\bas unknown as\b|:\s*any\s*[;,)=\]>|]|\bas any\b|@ts-ignore|@ts-nocheck|eslint-disable/.test(
          f.text,
        ),
    },
    {
      rule: 'leaves nothing behind',
      breaks: (f) => /\bconsole\.(log|error|warn)\b|\b(TODO|FIXME)\b/.test(f.text),
    },
    {
      rule: 'skips and focuses no test',
      breaks: (f) => /\b(it|test|describe)\.(only|skip|todo)\(|\bx(it|describe)\(/.test(f.text),
    },
  ];

const testRules: typeof rules = [
  {
    rule: 'sleeps in no test',
    breaks: (f) => /\bsleep\(|setTimeout\((resolve|done|r)\b/.test(f.text),
  },
];

/** The rules of the house a file breaks, a sentence each. */
export function breaksOf(file: SourceFile): string[] {
  const isTest = /\.(spec|contract|journey|engines)\.ts$/.test(file.path);
  return [...rules, ...(isTest ? testRules : [])]
    .filter(({ breaks }) => breaks(file))
    .map(({ rule }) => `${file.path}: every file ${rule}`);
}
