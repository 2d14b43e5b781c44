import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { canonicalJson, hashOf } from '@common-thread/projecting/feed-row';
import type { Finding, Verdict } from './finding.js';
import { finding } from './finding.js';
import type { Answered, ObservedHistory } from './observed.js';

/** What is wrong with feeds, inboxes, read models or repeated answers. */
export function judgeFeeds(history: ObservedHistory): Finding[] {
  const { feeds, inboxes, isAtRest, reactionFaults } = history;
  return [
    ...[...feeds].flatMap(([recipient, rows]) => [
      ...faultsOfFeed(recipient, rows),
      ...differences(recipient, rows, inboxes.get(recipient) ?? []),
      ...toldOfNothing(recipient, rows, history),
    ]),
    ...untold(history),
    ...faultsOfModels(history),
    ...otherAnswers(history),
    ...otherWords(history),
    ...(isAtRest ? [] : [finding('stuck', 'the followers never came to the end of the log')]),
    ...(reactionFaults > 0 ? [finding('stuck', `${reactionFaults} reactions are set aside`)] : []),
  ];
}

/** Contiguous from 1, every hash recomputes, nothing told twice. */
function faultsOfFeed(recipient: string, rows: readonly FeedRow[]): Finding[] {
  const ids = new Set<string>();
  return rows.flatMap(({ envelope, hash, body, withdrawnBy }, nth) => {
    const wrong: Finding[] = [];
    const { sequence, id } = envelope;
    const say = (verdict: Verdict, what: string) =>
      wrong.push(finding(verdict, `${recipient} row ${sequence} ${what}`));
    if (sequence !== nth + 1) say('reordered', `stands where ${nth + 1} is due`);
    if (hashOf(envelope) !== hash) say('divergent', 'does not match its hash');
    if (body && hashOf(body) !== envelope.bodyhash) {
      say('divergent', 'does not match the hash of its body');
    }
    if (!body && withdrawnBy === null) say('lost', 'lost its body');
    if (ids.has(id)) say('duplicated', 'tells again what a row before it told');
    ids.add(id);
    return wrong;
  });
}

function differences(
  recipient: string,
  pages: readonly FeedRow[],
  inbox: readonly FeedRow[],
): Finding[] {
  const length = Math.max(pages.length, inbox.length);
  return Array.from({ length }, (_, nth) => nth)
    .filter((nth) => canonicalJson(pages[nth] ?? null) !== canonicalJson(inbox[nth] ?? null))
    .map((nth) => {
      const words = `${recipient} row ${nth + 1} differs between pages and inbox`;
      return finding(nth < inbox.length ? 'divergent' : 'lost', words);
    });
}

/** Every row tells of an event that is in the log. */
function toldOfNothing(
  recipient: string,
  rows: readonly FeedRow[],
  { log }: ObservedHistory,
): Finding[] {
  const occurrences = new Set(log.map(({ id }) => occurrenceIdOf(id, recipient)));
  return rows
    .filter(({ envelope }) => !occurrences.has(envelope.occurrenceid))
    .map(({ envelope: { sequence } }) =>
      finding('phantom', `${recipient} row ${sequence} tells of nothing that is in the log`),
    );
}

/** Acknowledged and never told to whoever sent it is as good as lost. */
function untold({ acknowledged, feeds }: ObservedHistory): Finding[] {
  const told = new Map(
    [...feeds].map(([recipient, rows]) => [
      recipient,
      new Set(rows.map(({ envelope }) => envelope.occurrenceid)),
    ]),
  );
  return acknowledged
    .filter((command) => told.get(command.recipient)?.has(occurrenceOf(command)) !== true)
    .map(({ recipient, path, key }) =>
      finding('lost', `${recipient} was never told of its ${path} (${key})`),
    );
}

/** Of the command's first event, worked out from what was sent and answered alone. */
function occurrenceOf({ recipient, path, commandId, answer }: Answered): string {
  const category = /^\/v1\/([a-z]+)s(?:\/|$)/.exec(path)?.[1] ?? '';
  const streamId = `${category}-${String(answer.body.id)}`;
  return occurrenceIdOf(derivedId(commandId, streamId, 0), recipient);
}

function faultsOfModels({ readModels, inboxes }: ObservedHistory): Finding[] {
  return readModels.flatMap(({ recipient, name, sequence, different, parkedLines }) => {
    const wrong: Finding[] = [];
    const head = inboxes.get(recipient)?.length ?? 0;
    const say = (verdict: Verdict, what: string) =>
      wrong.push(finding(verdict, `${name} of ${recipient} ${what}`));
    if (sequence !== head) say('stuck', `has folded ${sequence} of ${head} rows`);
    if (different.length > 0) say('untrue', `differs from its rebuild in ${different.join(', ')}`);
    if (parkedLines.length > 0) say('stuck', `has parked ${parkedLines.join(', ')}`);
    return wrong;
  });
}

/** The same key, the same answer, but for what could not be told yet the first time. */
function otherAnswers({ repeated }: ObservedHistory): Finding[] {
  return repeated
    .filter(({ first: { answer }, again }) => {
      const expected = isInForceSince(answer, again) ? inForce(answer) : answer;
      const tag = answer.tag === undefined ? undefined : again.tag;
      return canonicalJson(expected) !== canonicalJson({ ...again, tag });
    })
    .map(({ first, again }) => {
      const answers = `${JSON.stringify(first.answer)}, then ${JSON.stringify(again)}`;
      return finding('divergent', `${first.path} (${first.key}) answered ${answers}`);
    });
}

/** Recorded, and in force by the time it was asked for again (decision 68); it is never taken back. */
function isInForceSince(first: Answered['answer'], again: Answered['answer']): boolean {
  return first.body['inForce'] === false && again.body['inForce'] === true;
}

function inForce(answer: Answered['answer']): Answered['answer'] {
  return { ...answer, status: 201, body: { ...answer.body, inForce: true } };
}

function otherWords({ words }: ObservedHistory): Finding[] {
  return words
    .filter(({ sent, opened }) => sent !== opened)
    .map(({ key, opened }) => finding('lost', `the words of ${key} are now read as ${opened}`));
}
