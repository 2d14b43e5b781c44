import { EngineAway, EngineRefused } from '@common-thread/adapters/engine-faults';
import { StoppedWhileStarting, untilReached } from './until-reached.js';

describe('reaching an engine', () => {
  const tried = (faults: readonly Error[]) => {
    const left = [...faults];
    const open = async () => {
      const fault = left.shift();
      if (fault) throw fault;
      return 'opened';
    };
    const pauses: number[] = [];
    const said: string[] = [];
    const stopping = new AbortController();
    const reaching = {
      signal: stopping.signal,
      onAway: ({ message }: EngineAway) => void said.push(message),
      pause: async (ms: number) => void pauses.push(ms),
    };
    return { reached: () => untilReached(open, reaching), pauses, said, stopping };
  };

  it('waits while it is away, ever longer up to ten seconds, and says so each time', async () => {
    const away = Array.from({ length: 9 }, (_, nth) => new EngineAway(`away ${nth}`));
    const { reached, pauses, said } = tried(away);
    expect(await reached()).toBe('opened');
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
    expect(said).toHaveLength(9);
  });

  it('gives up at once where it is refused', async () => {
    const { reached, pauses } = tried([new EngineRefused('the password is wrong')]);
    await expect(reached()).rejects.toThrow('the password is wrong');
    expect(pauses).toEqual([]);
  });

  it('stops between two tries when it is asked to', async () => {
    const { reached, stopping } = tried([new EngineAway('away')]);
    stopping.abort();
    await expect(reached()).rejects.toThrow(StoppedWhileStarting);
  });
});
