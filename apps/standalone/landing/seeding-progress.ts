/** How far the synthetic county has come. */
export interface SeedingProgress {
  readonly state: 'none' | 'running' | 'finished' | 'stopped';
  /** Commands recorded so far, and in all. */
  readonly done: number;
  readonly total: number;
}

export const noSeeding: SeedingProgress = { state: 'none', done: 0, total: 0 };
