import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';

/** One value of a gauge: undefined where it is not known now, which is then not told. */
export interface Measured {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number | undefined;
}

/** A gauge measured when it is asked for. Labels hold codes and names of ours, nothing personal. */
export function gauge(
  metrics: Registry,
  { name, help, labels = [] }: { name: string; help: string; labels?: readonly string[] },
  measure: () => readonly Measured[] | Promise<readonly Measured[]>,
): void {
  new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [metrics],
    async collect() {
      this.reset();
      for (const { labels: of = {}, value } of await measure()) {
        if (value !== undefined) this.set(of, value);
      }
    },
  });
}

/** Seconds since an instant; undefined where there was none. */
export function secondsSince(instant: Date | string | null | undefined): number | undefined {
  if (instant === null || instant === undefined) return undefined;
  return Math.max(0, (Date.now() - new Date(instant).getTime()) / 1_000);
}
