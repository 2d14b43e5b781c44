import type { TailStatus } from '@common-thread/projecting/feed-tail';
import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';

/** Of an agency's place in its group on the broker. */
export function measureTail(
  registry: Registry,
  recipient: string,
  status: () => TailStatus,
): void {
  new Gauge({
    name: 'common_thread_tail_lag_rows',
    help: 'Rows on the broker that this process was not given yet, while it owns the partition',
    labelNames: ['recipient'],
    registers: [registry],
    collect() {
      const { lag } = status();
      this.reset();
      if (lag !== null) this.set({ recipient }, lag);
    },
  });
  new Gauge({
    name: 'common_thread_tail_state',
    help: '1 for what this process is to its group on the broker',
    labelNames: ['recipient', 'state', 'membership'],
    registers: [registry],
    collect() {
      const { state, membership } = status();
      this.reset();
      this.set({ recipient, state, membership }, 1);
    },
  });
}

/** Of the relay's publishing: rows told and not yet on the broker. */
export function measurePublishing(
  registry: Registry,
  status: () => { readonly state: string; readonly behind: ReadonlyMap<string, number> },
): void {
  new Gauge({
    name: 'common_thread_unpublished_rows',
    help: 'Rows told and not yet acknowledged by the broker; no series while there are none',
    labelNames: ['recipient'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [recipient, rows] of status().behind) this.set({ recipient }, rows);
    },
  });
  new Gauge({
    name: 'common_thread_publishing_state',
    help: '1 for the state of publishing',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.reset();
      this.set({ state: status().state }, 1);
    },
  });
}
