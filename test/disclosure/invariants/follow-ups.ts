import { isAbove } from '../county/declared.js';
import type { Placed } from '../county/happening.js';
import { must, nameRow } from './broken.js';
import { pastDue } from './past.js';
import type { Subject, Told } from './subject.js';
import { fieldsOf, isExistence, isOwnContact, isPlain } from './subject.js';

interface Wanted {
  readonly told: Told;
  readonly because: Placed;
  readonly at: number;
}

/** Corrections and withdrawals go to everyone who was told, and to nobody else. */
export function checkFollowUps(subject: Subject): void {
  const wanted = new Map([
    ...wantedCorrections(subject),
    ...wantedWithdrawals(subject),
    ...wantedTakenBack(subject),
  ]);
  for (const each of subject.told) {
    const isFollowing = each.event.target !== undefined || isTakenBack(each);
    if (!isFollowing || isExistence(each)) continue;
    const { corrects, withdraws } = each.row.envelope;
    const key = `${each.event.id} ${corrects ?? withdraws}`;
    const want = wanted.get(key);
    must(
      want !== undefined && want.at === each.record.toldAt,
      'corrections and withdrawals only for what was told, when due',
      () => `${nameRow(each)} at ${each.record.toldAt}, due at ${want?.at}`,
    );
    checkGrade(each, want.told);
    wanted.delete(key);
  }
  for (const { told, because, at } of wanted.values()) {
    must(
      false,
      'everyone told is told its correction and withdrawal',
      () => `${nameRow(told)}: e${because.serial} ${because.type}, due at ${at}, never came`,
    );
  }
  checkNothingRemains(subject);
}

function checkGrade(each: Told, followed: Told): void {
  const fields = fieldsOf(each);
  must(
    fields.every((field) => followed.record.fields.includes(field) && field in each.event.data),
    'a correction keeps the grade of its row',
    () => `${nameRow(each)} carries ${fields.join(' ')}`,
  );
}

function wantedCorrections(subject: Subject): [string, Wanted][] {
  const { truth, told } = subject;
  const corrections = truth.events.filter(({ type }) => /Corrected$/.test(type));
  return corrections.flatMap((correction) =>
    told
      .filter((each) => isPlain(each) && each.event.id === correction.target)
      .flatMap((each): [string, Wanted][] => {
        const { via, toldAt } = each.record;
        const at = heldUntil(subject, each, Math.max(correction.position, toldAt));
        const due =
          at !== undefined &&
          truth.stands(correction.id, at) &&
          truth.stands(each.event.id, at) &&
          (via === null || truth.stands(via, at) || isOwnContact(each)) &&
          !((takenBackBy(subject, each)?.position ?? Infinity) <= at);
        return due
          ? [[`${correction.id} ${each.record.id}`, { told: each, because: correction, at }]]
          : [];
      }),
  );
}

/** A restriction holds corrections back from all but hubs, authors and referrers until it is lifted. */
function heldUntil({ truth, recipient }: Subject, { record, family }: Told, from: number) {
  if (record.own || family === null) return from;
  for (let t = from; t <= truth.length; t += 1) {
    if (!truth.isHidden(recipient, family, t)) return t;
  }
  return undefined;
}

/** Of the event itself, of its corrections, and of all that rested on a membership or link. */
function wantedWithdrawals({ truth, told }: Subject): [string, Wanted][] {
  const byId = new Map(told.map((each) => [each.record.id, each]));
  const withdrawals = truth.events.filter(({ type }) => type === 'RecordWithdrawn');
  return withdrawals.flatMap((withdrawal) =>
    told.filter(isPlain).flatMap((each): [string, Wanted][] => {
      const { toldAt, follows } = each.record;
      const base = follows === null ? each : (byId.get(follows) ?? each);
      const direct = each.event.id === withdrawal.target;
      const correction = each.event.target === withdrawal.target;
      const rested = base.record.via === withdrawal.target && !isOwnContact(base);
      const before = toldAt < withdrawal.position;
      if (!direct && !((correction || rested) && before)) return [];
      const at = Math.max(withdrawal.position, toldAt);
      return [[`${withdrawal.id} ${each.record.id}`, { told: each, because: withdrawal, at }]];
    }),
  );
}

/** A withdrawn row has no body, and no other row repeats what it told. */
function checkNothingRemains({ truth, told, feed }: Subject): void {
  const byId = new Map(feed.map((ran) => [ran.row.envelope.id, ran]));
  for (const each of told) {
    const { withdraws } = each.row.envelope;
    if (withdraws !== undefined) {
      const was = byId.get(withdraws);
      must(was?.row.body === null, 'a withdrawn row has no body', () => nameRow(each));
    }
    if (!isPlain(each)) continue;
    const stands = [each.event.id, each.event.target ?? each.event.id].every((id) =>
      truth.stands(id, truth.length),
    );
    must(stands || each.row.body === null, 'nothing repeats a withdrawn fact', () =>
      nameRow(each),
    );
  }
}

function isTakenBack({ event, row }: Told): boolean {
  const rests =
    event.streamId.startsWith('agreement-') || /^(ConsentWithdrawn$|Past)/.test(event.type);
  return rests && row.envelope.withdraws !== undefined;
}

/**
 * What rested on an agreement that ended or narrowed, or a consent withdrawn, that says it takes back; and what
 * an officer withdrew of the past.
 */
function wantedTakenBack(subject: Subject): [string, Wanted][] {
  return subject.told.filter(isPlain).flatMap((told): [string, Wanted][] => {
    const because = takenBackBy(subject, told);
    if (!because) return [];
    return [[`${because.id} ${told.record.id}`, { told, because, at: because.position }]];
  });
}

/** The event by which a row is taken back though its own stands; undefined where it had gone, or stays. */
function takenBackBy(subject: Subject, row: Told): Placed | undefined {
  const past = pastDue(subject).taken.get(row.record.id);
  const agreed = takenWithAgreement(subject, row);
  return past && agreed && agreed.position < past.position ? agreed : (past ?? agreed);
}

function takenWithAgreement({ truth, recipient, told }: Subject, row: Told): Placed | undefined {
  const base = told.find(({ record }) => record.id === row.record.follows) ?? row;
  const { agreement } = base.record;
  if (agreement === null) return undefined;
  const because = truth.events.find(
    (event) =>
      event.position > row.record.toldAt &&
      [event.data['consentId'], event.streamId.slice('agreement-'.length)].includes(
        agreement.id,
      ) &&
      event.data['takesBack'] === true &&
      isAbove(
        base.record.grade,
        truth.agreements.gradeOf(agreement.id, recipient, base.event, event.position),
      ),
  );
  if (!because) return undefined;
  const { via } = base.record;
  const before = [row.event.id, base.event.id, ...(via === null ? [] : [via])];
  return before.every((id) => truth.stands(id, because.position)) ? because : undefined;
}
