import type { Random } from '../../../apps/standalone/seeding/random.js';
import type { TcpProxy } from '../../engines/tcp-proxy.js';
import { forAWhile } from './fault.js';
import type { Fault } from './fault.js';
import type { SystemUnderFault } from '../system-under-fault.js';

const HURT_MS = { min: 50, max: 2_000 } as const;
const DELAY_MS = { min: 10, max: 300 } as const;

/** Something done to the wire to an engine for a while, and mended. */
function onTheWire(
  name: string,
  weight: number,
  hurt: (wire: TcpProxy, random: Random) => void,
): Fault {
  return {
    name,
    weight,
    targets: ({ wires }) => wires.map((each) => each.name),
    async inflict(system, target, random) {
      const wire = wireOf(system, target);
      hurt(wire, random);
      try {
        await forAWhile(random, HURT_MS);
      } finally {
        wire.mend();
      }
      return {};
    },
  };
}

/** Every connection ends, and new ones are refused. */
export const cut = onTheWire('cut', 2, (wire) => wire.cut());

/** Everything arrives, and late. */
export const delay = onTheWire('delay', 1, (wire, random) => {
  wire.delayMs = random.integer(DELAY_MS.min, DELAY_MS.max);
});

/** Requests arrive and their answers do not: what was committed, nobody is told. */
export const lostAnswers = onTheWire('lost-answers', 1, (wire) => {
  wire.losesAnswers = true;
});

/** The other end is gone without a word: nothing of what is open then ever hears anything again. */
export const halfOpen = onTheWire('half-open', 1, (wire) => wire.goSilent());

function wireOf({ wires }: SystemUnderFault, target: string): TcpProxy {
  const found = wires.find(({ name }) => name === target);
  if (!found) throw new Error(`no wire is called ${target}`);
  return found.wire;
}
