import path from 'node:path';
import { append } from './append.js';
import type { Benchmark } from './benchmark.js';
import { keepReport, tableOf } from './benchmark-report.js';
import { rebuild } from './rebuild.js';

/** `npm run bench -- <name>`: one line for each. */
const benchmarks: Readonly<Record<string, Benchmark>> = {
  append,
  rebuild,
};

const REPORTS = path.join(import.meta.dirname, '../../data/benchmarks');

const [name = ''] = process.argv.slice(2);
const benchmark = benchmarks[name];
if (benchmark) {
  const report = await benchmark();
  process.stdout.write(`\n${tableOf(name, report)}\n`);
  process.stdout.write(`figures: ${keepReport(name, report, REPORTS)}\n`);
} else {
  const names = Object.keys(benchmarks).join(', ');
  process.stderr.write(`usage: npm run bench -- <name>, where <name> is one of: ${names}\n`);
  process.exitCode = 2;
}
