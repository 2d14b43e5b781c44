import type { FaultRun } from './fault-run.js';
import type { Finding } from './finding.js';
import { countsOf } from './finding.js';
import { surplusIn } from './judge-audit.js';
import { killsAmong } from './ledger.js';
import type { FaultRecord } from './ledger.js';

/** What a run comes to, as it is kept and shown. */
export interface FaultReport {
  readonly seed: string;
  readonly kills: number;
  readonly inflicted: readonly Row[];
  readonly verdicts: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  readonly load: Readonly<Record<string, number>>;
  readonly refusedUnforeseen: Readonly<Record<string, number>>;
  /** Processes that ended by themselves, the first words of each. */
  readonly crashes: readonly string[];
  readonly notes: readonly string[];
}

interface Row {
  readonly fault: string;
  readonly target: string;
  readonly times: number;
  readonly kills: number;
  /** Of what was ended, until it served again. */
  readonly restartMs?: Spread;
}

interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

export function reportOf(
  { history, load, findings }: FaultRun,
  faults: readonly FaultRecord[],
  about: Pick<FaultReport, 'seed' | 'crashes' | 'notes'>,
): FaultReport {
  const rows = [...history.feeds.values()].reduce((sum, each) => sum + each.length, 0);
  const delays = spreadOf(load.delaysMs);
  return {
    ...about,
    kills: killsAmong(faults),
    inflicted: rowsOf(faults),
    verdicts: countsOf(findings),
    findings,
    load: {
      acknowledged: load.acknowledged.length,
      acknowledgedAfterSeveralTries: load.acknowledged.filter(({ tries }) => tries > 1).length,
      refused: load.refused.length,
      unanswered: load.unanswered.length,
      reads: load.reads.length,
      shown: load.shown.length,
      notShown: load.notShown.length,
      entriesOfWhatWasNotShown: surplusIn(history).length,
      events: history.log.length,
      rowsTold: rows,
      readModelsRebuilt: history.readModels.length,
      delayMedianMs: delays?.median ?? 0,
      delayP99Ms: delays?.p99 ?? 0,
    },
    refusedUnforeseen: timesOf(load.unforeseen),
  };
}

/** For people. */
export function tableOf(report: FaultReport): string {
  const inflicted = report.inflicted.map(({ fault, target, times, restartMs }) =>
    [
      fault.padEnd(20),
      target.padEnd(24),
      String(times).padStart(6),
      String(restartMs?.median ?? '–').padStart(10),
      String(restartMs?.max ?? '–').padStart(10),
    ].join(''),
  );
  const heading =
    `${'fault'.padEnd(20)}${'of'.padEnd(24)}${'times'.padStart(6)}` +
    `${'restart ms'.padStart(10)}${'most'.padStart(10)}`;
  return [
    heading,
    ...inflicted,
    '',
    `kills: ${report.kills}; seed ${report.seed}`,
    `load: ${inWords(report.load)}`,
    `refused unforeseen: ${inWords(report.refusedUnforeseen)}`,
    `ended by themselves: ${report.crashes.length}`,
    `verdicts: ${inWords(report.verdicts)}`,
    ...report.findings.slice(0, 20).map(({ verdict, words }) => `  ${verdict}: ${words}`),
    ...report.notes,
  ].join('\n');
}

function rowsOf(faults: readonly FaultRecord[]): Row[] {
  const groups = new Map<string, FaultRecord[]>();
  for (const record of faults) {
    const key = `${record.fault} ${record.target}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { fault, target } = first;
    const restartMs = spreadOf(group.flatMap((record) => record.restartMs ?? []));
    const kills = killsAmong(group);
    return [{ fault, target, kills, times: group.length, ...(restartMs ? { restartMs } : {}) }];
  });
}

function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
  return sorted.length === 0 ? undefined : { median: at(0.5), p99: at(0.99), max: at(1) };
}

function timesOf(words: readonly string[]): Record<string, number> {
  const times: Record<string, number> = {};
  for (const word of words) times[word] = (times[word] ?? 0) + 1;
  return times;
}

function inWords(counts: Readonly<Record<string, number>>): string {
  const words = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return words.length === 0 ? 'none' : words.join(', ');
}
