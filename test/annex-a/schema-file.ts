/** One heading of a column and the spellings filed under it. */
export interface Heading {
  readonly code: string;
  readonly names: readonly string[];
}

/**
 * The categories of a column as Annex_A_schema.yml lists them: enough of YAML for that one file
 * (plain and quoted words, words that go on in the next line).
 */
export function headingsOf(yaml: string, list: string, column: string): Heading[] {
  const headings: { code: string; names: string[] }[] = [];
  for (const line of linesOf(yaml, list, column)) {
    const code = /^ +- +code: *(.*)$/.exec(line)?.[1];
    const name = /^ {20}- +(.*)$/.exec(line)?.[1];
    const names = headings.at(-1)?.names;
    if (code !== undefined) headings.push({ code, names: [] });
    else if (name !== undefined) names?.push(name);
    else if (/^ {24}[^ ]/.test(line) && names) names.push(`${names.pop() ?? ''} ${line.trim()}`);
  }
  return headings.map(({ code, names }) => ({ code: word(code), names: names.map(word) }));
}

/** The lines of a column of a list, the one with its name first. */
export function linesOf(yaml: string, list: string, column: string): string[] {
  const lines = yaml.split('\n').map((line) => line.trimEnd());
  const ofList = lines.slice(lines.indexOf(`    ${list}:`) + 1);
  const from = ofList.findIndex((line) => line.startsWith(`        ${column}:`));
  const length = ofList.slice(from + 1).findIndex((line) => /^ {4,8}\S/.test(line));
  return ofList.slice(from, from + 1 + length);
}

function word(written: string): string {
  const text = written.trim();
  const quoted = /^'(.*)'$/.exec(text)?.[1]?.replaceAll("''", "'") ?? /^"(.*)"$/.exec(text)?.[1];
  // Code page 1252 read as Latin 1: its dash is a control character there.
  const repaired = (quoted ?? text).replaceAll('\\x96', '\u2013');
  return repaired.replace(/\s+/g, ' ').trim();
}
