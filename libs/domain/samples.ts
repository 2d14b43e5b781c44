import breakGlass from './break-glass/samples.json' with { type: 'json' };
import engagement from './engagement/samples.json' with { type: 'json' };
import erasure from './erasure/samples.json' with { type: 'json' };
import family from './family/samples.json' with { type: 'json' };
import needToKnow from './need-to-know/samples.json' with { type: 'json' };
import person from './person/samples.json' with { type: 'json' };
import provision from './provision/samples.json' with { type: 'json' };
import referral from './referral/samples.json' with { type: 'json' };
import restriction from './restriction/samples.json' with { type: 'json' };
import safeguarding from './safeguarding/samples.json' with { type: 'json' };
import sharing from './sharing/samples.json' with { type: 'json' };

/** One event as it was stored at some version: everything but when and by whom. */
export interface Sample {
  readonly streamId: string;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** At least one of every version of every event ever released, by context. Only grows. */
export const samplesByContext: Readonly<Record<string, readonly Sample[]>> = {
  'break-glass': breakGlass,
  engagement,
  erasure,
  family,
  'need-to-know': needToKnow,
  person,
  provision,
  referral,
  restriction,
  safeguarding,
  sharing,
};

export const samples: readonly Sample[] = Object.values(samplesByContext).flat();
