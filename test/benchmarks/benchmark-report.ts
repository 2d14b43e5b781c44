import fs from 'node:fs';
import path from 'node:path';
import { median, type Report, type Result } from './benchmark.js';

const HEADINGS = ['', 'baseline', 'system', 'ratio', 'range', 'goal', ''];

/** One table, rates as medians, for people. */
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
  const rounds = first ? `median of ${first.ratios.length} alternating rounds` : 'no rounds';
  return [
    `${name} — ${rounds}, outcomes compared after every round`,
    ...setting,
    '',
    ...lines,
    '',
  ].join('\n');
}

function rowOf({ title, unit, goal, baseline, system, ratios }: Result): string[] {
  const ratio = median(ratios);
  return [
    title,
    `${Math.round(median(baseline.rates))} ${unit}`,
    `${Math.round(median(system.rates))} ${unit}`,
    ratio.toFixed(2),
    `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
    goal.toFixed(2),
    ratio >= goal ? 'met' : 'not met',
  ];
}

/** Keeps every figure; answers where. */
export function keepReport(name: string, report: Report, directory: string): string {
  const at = new Date().toISOString();
  const file = path.join(directory, `${name}-${at.replace(/[:.]/g, '-')}.json`);
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify({ name, at, ...report }, null, 2)}\n`);
  return file;
}
