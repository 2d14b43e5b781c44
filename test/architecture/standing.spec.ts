import type { SourceFile } from './source-files.js';
import { sourceFiles } from './source-files.js';

/** The vault asks its own table; the landing page and the sign-in know nobody. */
const askingNobody = [
  'apps/vault/main.ts',
  'apps/standalone/distributed/landing.ts',
  'libs/platform/token-verifier.ts',
];

const takesTokens = /new IssuerVerifier\(|JwtVerifier\.remote\(/g;
const asks = /StandingVerifier\.asking\(\s*\w+,\s*new IssuerVerifier\(|new StandingVerifier\(/g;

/** Files in which an app takes tokens of the issuer without asking whether they still hold. */
function unasked(files: readonly Pick<SourceFile, 'path' | 'text'>[]): string[] {
  return files
    .filter(({ path }) => !askingNobody.includes(path) && !/\.spec\.ts$/.test(path))
    .filter(({ text }) => count(text, takesTokens) > count(text, asks))
    .map(({ path }) => path);
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

describe('every app', () => {
  it('asks whether a person still is what their token says', () => {
    const files = sourceFiles(['apps', 'libs']);
    expect(unasked(files)).toEqual([]);
    const taking = files.filter(({ text }) => count(text, takesTokens) > 0);
    expect(taking.length).toBeGreaterThan(askingNobody.length);
  });

  it('would be found not to', () => {
    const text = 'tokens: new IssuerVerifier(issuer),';
    expect(unasked([{ path: 'apps/another/main.ts', text }])).toEqual(['apps/another/main.ts']);
    const asked = 'tokens: StandingVerifier.asking(vault, new IssuerVerifier(issuer)),';
    expect(unasked([{ path: 'apps/another/main.ts', text: asked }])).toEqual([]);
  });
});
