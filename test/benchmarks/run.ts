import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Benchmark, BenchmarkOptions, Report } from './benchmark.js';
import { keepReport, markdownOf, tableOf, takeIn } from './benchmark-report.js';

/**
 * `npm run bench -- <name>`: one line for each, in the order of the goals P1 to P13. Only those
 * asked for are loaded, so that none takes memory from another.
 */
const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  rebuild: async () => (await import('./rebuild.js')).rebuild,
  projector: async () => (await import('./projector.js')).projector,
  'append-latency': async () => (await import('./append-latency.js')).appendLatency,
  'partner-latency': async () => (await import('./partner-latency.js')).partnerLatency,
  timeline: async () => (await import('./timeline.js')).timeline,
  'long-stream': async () => (await import('./long-stream.js')).longStream,
  growth: async () => (await import('./growth.js')).growth,
  memory: async () => (await import('./memory.js')).memory,
  edge: async () => (await import('./edge.js')).edge,
  sealing: async () => (await import('./sealing.js')).sealing,
  append: async () => (await import('./append.js')).append,
  recovery: async () => (await import('./recovery.js')).recovery,
  'live-rebuild': async () => (await import('./live-rebuild.js')).liveRebuild,
};

const REPORTS = path.join(import.meta.dirname, '../../data/benchmarks');
const names = Object.keys(benchmarks);

interface Options extends BenchmarkOptions {
  readonly into?: string;
}

const program = new Command('bench')
  .description('Measures against a baseline in the same run; prints a table and keeps JSON.')
  .argument('<names...>', `any of: all, ${names.join(', ')}`)
  .option('--families <n>', 'families where a goal speaks of size', positive, 50_000)
  .option('--seconds <n>', 'how long a fixed-rate load runs in each round', positive, 10)
  .option('--into <file>', 'a document whose marked table takes in the figures')
  .exitOverride()
  .action(run);

async function run(asked: readonly string[], options: Options): Promise<void> {
  const wanted = asked.includes('all') ? names : asked;
  const strange = wanted.filter((name) => !benchmarks[name]);
  if (strange.length > 0) {
    throw new InvalidArgumentError(
      `No benchmark ${strange.join(', ')}. There are: all, ${names.join(', ')}.`,
    );
  }
  const reports = new Map<string, Report>();
  // All at once: between two benchmarks nothing would keep this process alive while one is loaded.
  const loading = wanted.map(async (name) => [name, await benchmarks[name]!()] as const);
  for (const [name, benchmark] of await Promise.all(loading)) {
    // One that fails is said and passed over: the others' figures are worth having.
    try {
      const report = await benchmark(options);
      reports.set(name, report);
      process.stdout.write(`\n${tableOf(name, report)}\n`);
      process.stdout.write(`figures: ${keepReport(name, report, REPORTS)}\n`);
    } catch (error) {
      process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = 1;
    }
  }
  if (options.into !== undefined) takeIn(options.into, markdownOf(reports));
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It is a whole number from 1.');
  return value;
}

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommanderError) || error instanceof InvalidArgumentError) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
});
