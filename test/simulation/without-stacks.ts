/** For specs of many runs: most errors of a run are part of it, and their stacks are what they cost. */
export function withoutStacks(): void {
  let limit = 0;
  beforeAll(() => {
    limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = limit;
  });
}
