import { derivedId } from '@common-thread/eventing/identifiers';
import type { Happening } from './happening.js';
import { families, people } from './places.js';

/** What the sample histories are made of. */
export const HUB = 'council.safeguarding-hub';
export const CENTRE = 'elm-centres.childrens-centre';
export const TRUST = 'east-trust.health-visiting';
export const [F = ''] = families;
export const [P = '', Q = ''] = people;
export const id = (name: string) => derivedId('sample of every cell', name);
export const box = (name: string) => `box.v1.${name}`;
export const boxes = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, box(name)]));

type Facts = Partial<Omit<Happening, 'id' | 'serial' | 'type' | 'streamId'>>;
export type Step = readonly [type: Happening['type'], streamId: string, facts: Facts];

export const raised: Step = [
  'ReferralRaised',
  `referral-${id('referral')}`,
  {
    owner: CENTRE,
    referrer: CENTRE,
    family: F,
    people: [P],
    data: {
      familyId: F,
      childIds: [P],
      from: CENTRE,
      to: HUB,
      reference: 'CT-4F7K-29QD',
      need: 'N1',
      level: '4',
      statement: 'witnessed',
      parentsInformed: 'not-informed',
      groundNotInformed: 'raises-harm',
      ...boxes('concern', 'supportTried', 'safeContact', 'referrerContact'),
    },
  },
];
