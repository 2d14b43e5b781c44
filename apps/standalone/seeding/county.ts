import { recordCentreHistory } from './centre-history.js';
import { dayNumber, dayText } from './calendar.js';
import { recordContacts } from './contact-history.js';
import { directoryCommands } from './directory.js';
import { recordFamily } from './family-record.js';
import type { CountySetting } from './family-script.js';
import { FamilyScript } from './family-script.js';
import { FAMILIES_MAX } from './fictional-people.js';
import { recordHealthHistory } from './health-history.js';
import { HISTORY_DAYS, householdOf, SCRIPTED_FAMILIES } from './household.js';
import { playLiveWeek } from './live-week.js';
import type { PlannedCommand } from './planned-command.js';
import { recordReferral } from './referral-history.js';

export interface County {
  /** Any text; the same seed, families and instant give the same county, byte for byte. */
  readonly seed: string;
  readonly families: number;
  /** Instant at which the live week ends, RFC 3339 UTC. */
  readonly asOf: string;
}

/**
 * Everything a county records, in the order of a go-live: organisations and places; the first
 * fifty families complete; then three years of history of all the others, imported; then their
 * five working days of ordinary work, in the order in which they happened. A larger county holds
 * the smaller one.
 */
export function* county({ seed, families, asOf }: County): Generator<PlannedCommand> {
  if (!Number.isInteger(families) || families < 0 || families > FAMILIES_MAX) {
    throw new RangeError(`a county has from 0 to ${FAMILIES_MAX} families, not ${families}`);
  }
  const setting: CountySetting = { seed, asOf, today: dayNumber(asOf.slice(0, 10)) };
  yield* directoryCommands(seed, dayText(setting.today - HISTORY_DAYS));
  const first = Math.min(SCRIPTED_FAMILIES, families);
  for (let number = 0; number < first; number += 1) {
    const script = familyScript(setting, number);
    yield* script.history;
    yield* script.live;
  }
  const live: PlannedCommand[] = [];
  for (let number = first; number < families; number += 1) {
    const script = familyScript(setting, number);
    yield* script.history;
    live.push(...script.live);
  }
  live.sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0));
  yield* live;
}

/** One family's whole story. */
export function familyScript(setting: CountySetting, number: number): FamilyScript {
  const script = new FamilyScript(setting, householdOf(setting.seed, number, setting.today));
  const record = recordFamily(script);
  const registration = recordCentreHistory(script, record);
  const caseload = recordHealthHistory(script, record);
  recordContacts(script, record);
  recordReferral(script, record, registration);
  playLiveWeek(script, { record, registration, caseload });
  return script;
}
