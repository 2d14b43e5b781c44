import { Random } from '../../../apps/standalone/seeding/random.js';
import { ProcessUnderFault } from '../process-under-fault.js';
import type { SystemUnderFault } from '../system-under-fault.js';
import { chosen, faults, faultsNamed } from './faults.js';

const none = { processes: [], wires: [] } as Partial<SystemUnderFault> as SystemUnderFault;

describe('the faults', () => {
  it('have a name each, by which they are found', () => {
    const names = faults.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(faultsNamed(['cut', 'sigkill']).map(({ name }) => name)).toEqual(['cut', 'sigkill']);
    expect(() => faultsNamed(['earthquake'])).toThrow(/earthquake is no fault; there are sigkill/);
  });

  it('are done only to what a system has', () => {
    for (const fault of faults) expect(fault.targets(none)).toEqual([]);
  });

  it('are chosen alike from the same seed', () => {
    const processes = ['vault', 'feed-relay'].map(notStarted);
    const system: SystemUnderFault = { ...none, processes, clockOffsetMs: 0 };
    const choices = (seed: string) =>
      Array.from({ length: 30 }, (_, nth) => {
        const { fault, target } = chosen(faults, system, new Random(seed, nth));
        return `${fault.name} of ${target}`;
      });
    expect(choices('one')).toEqual(choices('one'));
    expect(choices('one')).not.toEqual(choices('other'));
    const done = new Set(choices('one').map((choice) => choice.split(' ')[0]));
    expect([...done].sort()).toEqual(['clock-shift', 'sigkill', 'sigstop']);
  });
});

function notStarted(name: string): ProcessUnderFault {
  const plan = { name, main: `${name}.js`, environment: () => ({}) };
  return new ProcessUnderFault(plan, { onCrash: () => undefined });
}
