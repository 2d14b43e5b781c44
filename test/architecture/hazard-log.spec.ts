import { existsSync, readFileSync } from 'node:fs';

const log = readFileSync('docs/assurance/hazard-log.md', 'utf8');

/** A test that a hazard's control names: its file, and its name where the file shows more than this. */
interface Evidence {
  readonly hazard: string;
  readonly file: string;
  readonly name?: string;
}

function evidenceIn(text: string): Evidence[] {
  return text.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, hazard = ''] = cells;
    if (!/^H\d+$/.test(hazard)) return [];
    const named = [...(cells[5] ?? '').matchAll(/`([^`]+)`(?:: ([^`]+?))?(?=, `|$)/g)];
    if (named.length === 0) return [{ hazard, file: '' }];
    return named.map(([, file = '', name]) => ({ hazard, file, ...(name ? { name } : {}) }));
  });
}

/** What the log claims and no test bears out. */
function unfounded(text: string): string[] {
  return evidenceIn(text)
    .filter(({ file, name }) => {
      if (!existsSync(file)) return true;
      return name !== undefined && !readFileSync(file, 'utf8').includes(`'${name}'`);
    })
    .map(({ hazard, file, name }) => [hazard, file, name].filter(Boolean).join(' '));
}

describe('the hazard log', () => {
  it('names a test that is there for every hazard, numbered without a gap', () => {
    expect(unfounded(log)).toEqual([]);
    const hazards = [...new Set(evidenceIn(log).map(({ hazard }) => hazard))];
    expect(hazards.length).toBeGreaterThan(20);
    expect(hazards).toEqual(hazards.map((_, nth) => `H${nth + 1}`));
  });

  it.each([
    ['a file that is not there', '`test/nowhere.spec.ts`', 'H9 test/nowhere.spec.ts'],
    [
      'a test that is not in its file',
      '`.prettierrc.json`: is tidy',
      'H9 .prettierrc.json is tidy',
    ],
    ['nothing', 'we are careful', 'H9'],
  ])('would be found to name %s', (_what, shownBy, found) => {
    expect(unfounded(`| H9 | a | b | c | ${shownBy} |`)).toEqual([found]);
  });
});
