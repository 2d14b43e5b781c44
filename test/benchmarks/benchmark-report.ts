import fs from 'node:fs';
import path from 'node:path';
import { isMet, median, ratiosOf, type Report, type Result } from './benchmark.js';

const HEADINGS = ['', 'baseline', 'system', 'ratio', 'range', 'goal', ''];

/** One table, figures as medians, for people. */
export function tableOf(name: string, report: Report): string {
  const rows = [HEADINGS, ...report.results.map(rowOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  );
  const setting = Object.entries(report.setting).map(([key, value]) => `${key}: ${value}`);
  const [first] = report.results;
  const [count, alternating] = [first?.judged.length ?? 0, first?.baseline !== undefined];
  return [
    `${name} — ${alternating ? `median of ${count} alternating rounds` : `of ${count}`}`,
    ...setting,
    '',
    ...lines,
    '',
  ].join('\n');
}

function rowOf(result: Result): string[] {
  const { title, unit, wanted, goal, baseline, system, judged } = result;
  const bound = wanted === 'at most' ? '≤' : '≥';
  return [
    title,
    baseline ? `${inWords(median(baseline.values))} ${unit}` : '–',
    `${inWords(median(system.values))} ${unit}`,
    baseline ? median(ratiosOf(system.values, baseline.values)).toFixed(2) : '–',
    `${inWords(Math.min(...judged))}–${inWords(Math.max(...judged))}`,
    `${bound} ${inWords(goal)}`,
    isMet(result) ? 'met' : 'not met',
  ];
}

function inWords(figure: number): string {
  return figure >= 100 ? String(Math.round(figure)) : figure.toFixed(2);
}

/** The same as Markdown, one table for all, for the documentation to take in. */
export function markdownOf(reports: ReadonlyMap<string, Report>): string {
  const rows = [...reports].flatMap(([name, report]) =>
    report.results.map((result) => {
      const [title, baseline, system, ratio, range, goal, met] = rowOf(result);
      const against = result.baseline ? `${result.baseline.name}: ${baseline}` : '–';
      return `| \`${name}\` | ${[title, against, system, ratio, range, goal, met].join(' | ')} |`;
    }),
  );
  return [
    '| Benchmark | What | Baseline | System | Ratio | Range | Goal | |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Keeps every figure; answers where. */
export function keepReport(name: string, report: Report, directory: string): string {
  const at = new Date().toISOString();
  const file = path.join(directory, `${name}-${at.replace(/[:.]/g, '-')}.json`);
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify({ name, at, ...report }, null, 2)}\n`);
  return file;
}

const BEGIN = '<!-- figures -->';
const END = '<!-- end of figures -->';

/**
 * Puts text between a document's two marks.
 * @throws Error when the document has not both
 */
export function takeIn(file: string, text: string): void {
  const document = fs.readFileSync(file, 'utf8');
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${BEGIN} … ${END}`);
  const before = document.slice(0, from + BEGIN.length);
  fs.writeFileSync(file, `${before}\n\n${text}\n\n${document.slice(to)}`);
}
