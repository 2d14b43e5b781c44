/** What of looking is ordinary. Policy of the county, not law. */
export interface AccessPolicy {
  /** Different records a day, by role; `anybody else` for roles not named. */
  readonly recordsADay: Readonly<Record<string, number>>;
  /** Calls out of hours that need no asking. */
  readonly callsOutOfHours: number;
  readonly isInHours: (at: Date, role: string) => boolean;
}

/** Roles that work round the clock: the emergency duty team sits at the hub. */
const roundTheClock: readonly string[] = ['hub-triage', 'hub-manager'];
const hours = { from: 7, until: 20 } as const;

export const fairholmeAccessPolicy: AccessPolicy = {
  recordsADay: {
    'centre-worker': 30,
    'health-visitor': 40,
    'hub-triage': 60,
    'hub-manager': 100,
    'anybody else': 20,
  },
  callsOutOfHours: 0,
  isInHours: (at, role) => {
    if (roundTheClock.includes(role)) return true;
    const { weekday, hour } = inLondon(at);
    const isWeekend = weekday === 'Sat' || weekday === 'Sun';
    return !isWeekend && hour >= hours.from && hour < hours.until;
  },
};

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  hour: 'numeric',
  hourCycle: 'h23',
});

function inLondon(at: Date): { readonly weekday: string; readonly hour: number } {
  const parts = new Map(london.formatToParts(at).map(({ type, value }) => [type, value]));
  return { weekday: parts.get('weekday') ?? '', hour: Number(parts.get('hour')) };
}
