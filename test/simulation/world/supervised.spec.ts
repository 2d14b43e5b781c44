import { randomFrom } from '../../disclosure/county/random.js';
import { Schedule } from '../machine/schedule.js';
import { Trace } from '../machine/trace.js';
import { Weather } from '../machine/weather.js';
import type { Life } from '../machine/life.js';
import { Supervised } from './supervised.js';

function process() {
  const random = randomFrom(1);
  const lives: Life[] = [];
  const later: (() => void)[] = [];
  const machine = {
    schedule: new Schedule(random, new Trace(false)),
    weather: new Weather(random, new Set()),
    later: (_: number, what: () => void) => void later.push(what),
    below: () => 0,
  };
  const supervised = new Supervised('relay', machine, (life) => lives.push(life));
  supervised.start();
  supervised.overlap();
  return { supervised, later, isOver: () => lives.map((life) => life.isOver) };
}

describe('a process that is being replaced', () => {
  it('lives on for a moment, also where its replacement is killed', () => {
    const { supervised, later, isOver } = process();
    supervised.kill();
    expect(isOver()).toEqual([false, true]);
    for (const go of later) go();
    expect(isOver()).toEqual([true, true, false]);
  });

  it('ends with its replacement where all of it is stopped', () => {
    const { supervised, isOver } = process();
    supervised.stop();
    expect(isOver()).toEqual([true, true]);
  });
});
