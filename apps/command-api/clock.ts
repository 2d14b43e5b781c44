/** The clock of recording, injected so that tests and a seeder set it. */
export interface Clock {
  /** RFC 3339 UTC instant. */
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };
