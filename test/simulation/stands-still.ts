import type { ToldByWorker } from './seeds-worker.js';

/*
 * In place of seeds-worker.ts, for a spec: the first seed's run takes seven turns and stands still, the
 * others end.
 */
const TELLINGS = 40;
const stood = {
  kind: 'stands',
  seed: 1,
  turns: 7,
  at: 1_234,
  waiting: ['relay 2 inbox.append (1234 ms)'],
} as const;
export type Stood = typeof stood;

const tell = (told: ToldByWorker) => process.send?.(told);

process.on('message', (seed: number) => {
  if (seed === stood.seed) for (let nth = 0; nth < TELLINGS; nth += 1) tell(stood);
  else tell({ kind: 'ended', seed, turns: 9, events: 3, digest: 'd' });
});
tell({ kind: 'ready' });
