import type { Life } from './life.js';

/** How the calls of a port are met on their way. */
export interface Meeting {
  /** `inbox`: what the trace calls it. */
  readonly name: string;
  /** Methods that change something; all others only read. */
  readonly writes: readonly string[];
  /** What a caller is told where it cannot be reached. */
  readonly gone: () => Error;
  /** Most calls are not worth a turn: nothing of them is seen outside before the end. */
  readonly isWithin?: true;
}

type Method = (...args: unknown[]) => Promise<unknown>;

/**
 * A port as one life meets it: each call waits for its turn, may not get through, may have its answer
 * held back or lost. Work handed in, as to a transaction, ends when the life does, and nothing of an
 * unfinished one stays.
 */
export function met<Port extends object>(port: Port, life: Life, meeting: Meeting): Port {
  const { name, writes, gone } = meeting;
  return new Proxy(port, {
    get: (target, property) => {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== 'function' || typeof property === 'symbol') return member;
      const call: Method = (...args) => {
        const work = () =>
          (member as Method).apply(
            target,
            args.map((each) => metWork(each, life, meeting)),
          );
        if (life.passesThrough(meeting)) return work();
        const what = `${name}.${property}`;
        return writes.includes(property)
          ? life.write(what, gone, work)
          : life.read(what, gone, work);
      };
      return call;
    },
  });
}

/** Inside a transaction its unit is met as well, but nothing there can be told apart from outside. */
function metWork(given: unknown, life: Life, meeting: Meeting): unknown {
  if (typeof given !== 'function') return given;
  const work = given as Method;
  const name = `${meeting.name} unit`;
  return (unit: object, ...rest: unknown[]) =>
    life.alive(work(met(unit, life, { ...meeting, name, writes: [], isWithin: true }), ...rest));
}
