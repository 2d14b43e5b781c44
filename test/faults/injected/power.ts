import type { Fault } from './fault.js';

/** Every process and every engine ends at one moment, as when a machine loses its power, and all is started. */
export const powerCut: Fault = {
  name: 'power-cut',
  weight: 2,
  targets: ({ processes, postgres }) => (processes.length > 0 && postgres ? ['everything'] : []),
  async inflict(system) {
    const { processes, postgres, kafka } = system;
    const running = processes.filter(({ pid }) => pid !== undefined);
    await Promise.all([
      ...running.map((each) => each.kill()),
      postgres?.end('kill'),
      kafka?.end('kill'),
    ]);
    const begun = performance.now();
    await system.start();
    const kills = running.length + [postgres, kafka].filter(Boolean).length;
    return { kills, restartMs: performance.now() - begun };
  },
};
