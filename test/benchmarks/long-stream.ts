import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import type { RecordAttendance } from '@common-thread/domain/engagement/registration';
import { registration } from '@common-thread/domain/engagement/registration';
import { codec } from '@common-thread/domain/event-catalogue';
import type { NewEvent } from '@common-thread/eventing/event-log';
import { handleCommand } from '@common-thread/eventing/handle-command';
import { derivedId } from '@common-thread/eventing/identifiers';
import { FakeSealing } from '../../apps/command-api/examples/fake-vault.js';
import type { Contender, Report } from './benchmark.js';
import { compare, median } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { SEALED_REFERRAL } from './sealed-referral.js';

const LONG = 10_000;
const SHORT = 10;
/** Of each stream in a round: a short one must stay short. */
const DECISIONS = 2;
const SHORT_STREAMS = 10;
const GOAL = 1.2;
const START = Date.parse('2016-01-04T10:00:00.000Z');
const HOUR_MS = 3_600_000;

/**
 * P6 of the goals: a command decided on a stream of 10,000 events (a family that came for years) against
 * the same on streams of 10: read, decoded, folded, decided, appended.
 */
export async function longStream(): Promise<Report> {
  const engine = await benchmarkEngine();
  const log = await PostgresEventLog.open({ url: engine.url });
  try {
    const long = [derivedId('registration', 'long')];
    const short = Array.from({ length: SHORT_STREAMS }, (_, nth) => derivedId('short', nth));
    for (const id of long) await fill(log, id, LONG);
    for (const id of short) await fill(log, id, SHORT);
    const result = await compare({
      title: 'decision on 10,000 events',
      unit: 'ms',
      wanted: 'at most',
      goal: GOAL,
      baseline: deciding('on 10 events', log, short),
      system: deciding('on 10,000 events', log, long),
    });
    return { setting: engine.setting, results: [result] };
  } finally {
    await log.close();
    await engine.stop();
  }
}

function deciding(name: string, log: PostgresEventLog, ids: readonly string[]): Contender {
  const recorded: number[] = [];
  return {
    name,
    round: async (round) => {
      const took: number[] = [];
      for (let nth = 0; nth < DECISIONS; nth += 1) {
        for (const id of ids) took.push(await decisionMs(log, id, round * DECISIONS + nth));
      }
      recorded[round] = took.length / ids.length;
      return median(took);
    },
    outcome: async (round) => `${recorded[round]} recorded in each stream`,
  };
}

async function decisionMs(log: PostgresEventLog, id: string, nth: number): Promise<number> {
  const at = new Date(START + (LONG + nth) * HOUR_MS).toISOString();
  const command: RecordAttendance = {
    type: 'RecordAttendance',
    data: { activity: 'stay-and-play', placeId: 'elm-road', personIds: [derivedId('child', id)] },
    context: {
      commandId: derivedId('command', id, nth),
      correlationId: derivedId('correlation', id),
      subjectId: id,
      actor: {
        id: 'worker-1',
        organisation: 'larkfield-centres',
        recipient: 'larkfield-centres.childrens-centre',
        role: 'centre-worker',
      },
      now: at,
      occurredAt: at,
    },
  };
  const from = performance.now();
  const { outcome } = await handleCommand(
    { log, codec, sealing: new FakeSealing() },
    registration,
    command,
    { mode: 'additive', body: {} },
  );
  if (outcome !== 'recorded') throw new Error(`the decision was ${outcome}`);
  return performance.now() - from;
}

async function fill(log: PostgresEventLog, id: string, length: number): Promise<void> {
  const began = {
    familyId: derivedId('family', id),
    provider: 'larkfield-centres.childrens-centre',
    placeId: 'elm-road',
  };
  const attended = {
    activity: 'stay-and-play',
    placeId: 'elm-road',
    personIds: [derivedId('child', id)],
  };
  const events = Array.from({ length }, (_, nth): NewEvent => ({
    id: derivedId('event', id, nth),
    type: nth === 0 ? 'CentreRegistrationBegan' : 'SessionAttended',
    version: 1,
    data: nth === 0 ? began : attended,
    metadata: {
      ...SEALED_REFERRAL.metadata,
      commandId: derivedId('filled', id, nth),
      occurredAt: new Date(START + nth * HOUR_MS).toISOString(),
    },
  }));
  for (let from = 0; from < length; from += 100) {
    const expected = from === 0 ? 'no-stream' : from - 1;
    await log.append(`registration-${id}`, expected, events.slice(from, from + 100));
  }
}
