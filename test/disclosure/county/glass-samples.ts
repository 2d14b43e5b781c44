import type { Step } from './sample-steps.js';
import { F, HUB, id } from './sample-steps.js';

const glass = `glass-${id('glass')}`;
const broken: Step = [
  'GlassBroken',
  glass,
  {
    owner: HUB,
    family: F,
    data: { familyId: F, hub: HUB, worker: 'worker-1', reason: 'risk-of-harm', minutes: 60 },
  },
];

/** What leads to each event of a grant, ending with it: told to nobody. */
export const ofGlass: Readonly<Record<string, readonly Step[]>> = {
  GlassBroken: [broken],
  GlassEnded: [broken, ['GlassEnded', glass, { data: { ending: 'time' } }]],
  GlassReviewed: [
    broken,
    ['GlassReviewed', glass, { data: { outcome: 'justified', worker: 'worker-2' } }],
  ],
};
