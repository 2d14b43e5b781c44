import type { StoredEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { must } from '../../disclosure/invariants/broken.js';
import type { Answered } from '../work/desk.js';

/** What was answered is what the log holds, and nothing else is there. @throws Broken */
export function checkLog(
  log: readonly StoredEvent[],
  answered: readonly Answered[],
  logRestores: number,
): void {
  checkStreams(log);
  const ids = new Set(log.map(({ id }) => id));
  const events = eventsOfCommands(log);
  const recordedIds = new Set<string>();
  for (const { command, answer, logRestores: before } of answered) {
    if (answer.outcome !== 'recorded') continue;
    recordedIds.add(command.commandId);
    if (before !== logRestores) continue; // lost by a restore, as whoever restored has said
    for (const event of answer.events) {
      must(ids.has(event.id), 'nothing acknowledged is lost', `${command.serial} ${event.type}`);
    }
    must(
      events.get(command.commandId) === answer.events.length,
      'no command takes effect twice',
      command.serial,
    );
  }
  for (const { command, answer } of answered) {
    must(
      recordedIds.has(command.commandId) || !events.has(command.commandId),
      'what was refused is not recorded',
      () => `${command.serial} ${command.intent.type} was ${answer.outcome}`,
    );
  }
  checkSources(log, new Set(answered.map(({ command }) => command.commandId)));
  checkReferrals(log);
}

/** How many events each command has recorded. */
function eventsOfCommands(log: readonly StoredEvent[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { metadata } of log) {
    counts.set(metadata.commandId, (counts.get(metadata.commandId) ?? 0) + 1);
  }
  return counts;
}

/** Per stream revisions from 0 without holes, rising in log order; ids derived from command and place. */
function checkStreams(log: readonly StoredEvent[]): void {
  const next = new Map<string, number>();
  const within = new Map<string, number>();
  for (const { id, streamId, revision, metadata } of log) {
    const due = next.get(streamId) ?? 0;
    const nth = within.get(metadata.commandId) ?? 0;
    must(revision === due, 'streams rise without holes', `${streamId} ${revision}, due ${due}`);
    must(
      id === derivedId(metadata.commandId, streamId, nth),
      'no command takes effect twice',
      () => `event ${nth} of command ${metadata.commandId}`,
    );
    next.set(streamId, due + 1);
    within.set(metadata.commandId, nth + 1);
  }
}

/** Every event is somebody's command, or follows from an event that is there. */
function checkSources(log: readonly StoredEvent[], sent: ReadonlySet<string>): void {
  const ids = new Set(log.map(({ id }) => id));
  for (const { type, metadata } of log) {
    const { commandId, causationId } = metadata;
    must(
      sent.has(commandId) || (causationId !== undefined && ids.has(causationId)),
      'nothing is recorded that nobody asked for',
      `${type} of command ${commandId}`,
    );
  }
}

/** A referral that stands has one contact and is acknowledged once; the referrer hears what became of it. */
function checkReferrals(log: readonly StoredEvent[]): void {
  const withdrawn = new Set(log.flatMap(({ data }) => data.withdraws ?? []));
  const stands = ({ id }: StoredEvent) => !withdrawn.has(id);
  for (const raised of log) {
    if (raised.type !== 'ReferralRaised' || raised.metadata.imported) continue;
    const referralId = raised.streamId.slice('referral-'.length);
    const received = log.filter(
      ({ type, data }) => type === 'ContactReceived' && data.referralId === referralId,
    );
    const answers = log.filter(({ streamId }) => streamId === raised.streamId);
    const count = (type: string) => answers.filter((event) => event.type === type).length;
    const must1 = (times: number, what: string) =>
      must(
        times <= 1 && (times === 1 || !stands(raised)),
        'a referral opens one contact and is answered once',
        `${raised.streamId} ${what} ${times} times`,
      );
    must1(received.length, 'opened a contact');
    must1(count('ReferralAcknowledged'), 'was acknowledged');
    const told = received.some((contact) =>
      log.some(
        (event) =>
          event.type === 'FeedbackGiven' && event.streamId === contact.streamId && stands(event),
      ),
    );
    if (!told || !stands(raised)) continue;
    must(
      count('ReferrerTold') === 1 && count('ReferralClosed') === 1,
      'the referrer is told',
      `${raised.streamId} was told ${count('ReferrerTold')} times`,
    );
  }
}
