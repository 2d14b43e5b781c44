import { codec } from '@common-thread/domain/event-catalogue';
import { PolicyFollower } from '../authorisation/policy-follower.js';
import { Commands } from '../commands.js';
import { ExampleCounty, hub, people } from '../examples/example-county.js';
import {
  mustRecord,
  nthId,
  referralOf,
  registered,
  robin,
  tagFor,
} from '../examples/example-family.js';
import { Executioner, KillableJournal, KillableLog } from '../examples/killable.js';
import { Records } from '../records.js';
import type { ReactionJournal } from './reaction-journal.js';
import { ReactionRunner } from './reaction-runner.js';
import { reactions } from './reactions.js';

/** A process of reactions over what the county has stored. */
function processOf(county: ExampleCounty, executioner: Executioner, journal: ReactionJournal) {
  const log = new KillableLog(county.store, executioner);
  const { sealing, deriving, clock } = county;
  const policy = new PolicyFollower(log, codec);
  const commands = new Commands({ log, codec, sealing }, policy, clock);
  const records = new Records(log, codec);
  return new ReactionRunner(
    { log, codec, commands, records, policy, deriving, journal, clock },
    reactions,
  );
}

/** One referral from raised to closed and one caseload, with a process that is killed once on the way. */
async function storyKilledAt(nth: number, when: 'before' | 'after') {
  const executioner = new Executioner(nth, when);
  const journal = new KillableJournal(executioner);
  const county = await ExampleCounty.open();
  let process = processOf(county, executioner, journal);
  process.start();
  let kills = 0;
  const restartWhenKilled = executioner.killed.then(async () => {
    kills += 1;
    await process.stop();
    executioner.revive();
    process = processOf(county, executioner, journal);
    process.start();
  });
  /** Waits for a consequence, in this process or the one started after it was killed. */
  const follows = async (type: string) => {
    await Promise.race([county.until(type), restartWhenKilled]);
    return county.until(type);
  };

  await mustRecord(county.post(people.visitor, '/v1/caseloads', { person: robin }));
  await follows('ReviewDue');
  const { familyId } = await registered(county);
  const childId = await nthId(county, 'PersonRegistered', 'person');
  await mustRecord(
    county.post(people.larkfieldWorker, '/v1/referrals', referralOf(familyId, [childId])),
  );
  const acknowledged = await follows('ReferralAcknowledged');
  const contactId = String(acknowledged.data.contactId);
  for (const [step, body] of Object.entries({
    rating: { rating: 'red', reason: 'Bruises' },
    decision: { outcomes: ['new-referral'], rationale: 'Bruises' },
    feedback: { channel: 'phone', words: 'We are coming' },
  })) {
    const ifMatch = `"${await tagFor(county, hub, 'contact', contactId)}"`;
    const path = `/v1/contacts/${contactId}/${step}`;
    await mustRecord(county.post(people.manager, path, body, { 'if-match': ifMatch }));
    if (step === 'decision') await follows('ReferralAccepted');
  }
  await follows('ReferralClosed');
  const events = await county.events();
  const faults = await journal.count();
  await restartWhenKilled;
  await process.stop();
  await county.close();
  return { kills, faults, events };
}

const consequences = [
  'ContactReceived',
  'ReferralAccepted',
  'ReferralAcknowledged',
  'ReferralClosed',
  'ReferrerTold',
  'ReviewDue',
  'ReviewDue',
  'ReviewDue',
];

describe('reactions of a process that is killed', () => {
  it.each(
    Array.from({ length: 10 }, (_, at) => at + 1).flatMap((nth) => [
      [nth, 'before'] as const,
      [nth, 'after'] as const,
    ]),
  )('at the %ith thing that lasts, just %s it, are each recorded once', async (nth, when) => {
    const { kills, faults, events } = await storyKilledAt(nth, when);
    const caused = events.filter(({ metadata }) => metadata.role === 'reaction');
    expect(caused.map(({ type }) => type).sort()).toEqual(consequences);
    expect(new Set(caused.map(({ metadata }) => metadata.commandId)).size).toBe(6);
    expect(faults.faults).toBe(0);
    expect(kills).toBe(1);
  });
});
