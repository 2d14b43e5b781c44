import type { Verdict } from './finding.js';
import { entry } from './honest-history.js';
import type { ObservedHistory } from './observed.js';

/** What was done to an honest history, what is other in it, and what a judge has to say. */
export type Doctored = readonly [string, Partial<ObservedHistory>, RegExp, Verdict];

/** A call that something cut off, and its entry. */
export const cutOff = { page: 'openings/s0/2', user: 'hub-triage-1', asked: 1 };
export const ofCutOff = { ...entry, page: cutOff.page, isDelivered: false };

/** Histories whose audit is not what people were shown. */
export const audits: readonly Doctored[] = [
  [
    'something shown without its entry',
    { audit: [] },
    /larkfield-worker-1 was shown openings\/s0\/1, of which the audit has nothing/,
    'unaudited',
  ],
  [
    'more shown than the audit says',
    { audit: [{ ...entry, outcomes: ['not-entitled', 'not-entitled'] }] },
    /was shown granted,not-entitled; the audit says not-entitled,not-entitled/,
    'unaudited',
  ],
  [
    'something shown to somebody else than the audit says',
    { audit: [{ ...entry, user: 'hub-triage-1' }] },
    /was shown .*; the audit says .* to hub-triage-1/,
    'unaudited',
  ],
  [
    'two entries of one call',
    { audit: [entry, entry] },
    /the audit has openings\/s0\/1 2 times/,
    'duplicated',
  ],
  [
    'two entries of a call that was cut off',
    { notShown: [cutOff], audit: [entry, ofCutOff, ofCutOff] },
    /the audit has openings\/s0\/2 2 times/,
    'duplicated',
  ],
  [
    'an entry of a call that nobody made',
    { audit: [entry, ofCutOff] },
    /the audit has openings\/s0\/2, for which nobody asked/,
    'phantom',
  ],
  [
    'more entries of what nobody was shown than something was ended',
    {
      notShown: [cutOff, { ...cutOff, page: 'openings/s0/3' }],
      audit: [entry, ofCutOff, { ...ofCutOff, page: 'openings/s0/3' }],
    },
    /2 entries of what nobody was shown, and 1 times something was ended/,
    'phantom',
  ],
  [
    'something delivered that nobody was shown',
    { notShown: [cutOff], audit: [entry, { ...ofCutOff, isDelivered: true }] },
    /says that openings\/s0\/2 was delivered, which nobody was shown/,
    'phantom',
  ],
];
