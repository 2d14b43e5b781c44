import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { canonicalJson, hashOf } from '@common-thread/projecting/feed-row';
import type { Answered, ObservedHistory, Sighted } from './observed.js';

/** What is wrong with feeds, inboxes, read models or repeated answers, a sentence each. */
export function judgeFeeds(history: ObservedHistory): string[] {
  const { feeds, inboxes, sighted } = history;
  return [
    ...[...feeds].flatMap(([recipient, rows]) => [
      ...faultsOfFeed(recipient, rows),
      ...changedSince(recipient, rows, sighted.get(recipient)),
      ...differences(recipient, rows, inboxes.get(recipient) ?? []),
    ]),
    ...untold(history),
    ...faultsOfModels(history),
    ...otherAnswers(history),
    ...otherWords(history),
    ...(history.isAtRest ? [] : ['the followers never came to the end of the log']),
    ...(history.reactionFaults > 0 ? [`${history.reactionFaults} reactions are set aside`] : []),
  ];
}

/** Contiguous from 1, every hash recomputes, nothing told twice. */
function faultsOfFeed(recipient: string, rows: readonly FeedRow[]): string[] {
  const ids = new Set<string>();
  return rows.flatMap(({ envelope, hash, body, withdrawnBy }, nth) => {
    const wrong: string[] = [];
    const { sequence, id } = envelope;
    const say = (what: string) => wrong.push(`${recipient} row ${sequence} ${what}`);
    if (sequence !== nth + 1) say(`stands where ${nth + 1} is due`);
    if (hashOf(envelope) !== hash) say('does not match its hash');
    if (body && hashOf(body) !== envelope.bodyhash) say('does not match the hash of its body');
    if (!body && withdrawnBy === null) say('lost its body');
    if (ids.has(id)) say('tells again what a row before it told');
    ids.add(id);
    return wrong;
  });
}

/** What was seen while it was killed is there still, and the same. */
function changedSince(
  recipient: string,
  rows: readonly FeedRow[],
  sighted: Sighted | undefined,
): string[] {
  if (!sighted) return [`nobody read the feed of ${recipient}`];
  const changed = [...sighted.hashes].filter(
    ([sequence, hash]) => rows[sequence - 1]?.hash !== hash,
  );
  return [
    ...sighted.changes.map((change) => `${recipient}: ${change}`),
    ...changed.map(([sequence]) => `${recipient} row ${sequence} is not what was seen before`),
  ];
}

function differences(
  recipient: string,
  pages: readonly FeedRow[],
  inbox: readonly FeedRow[],
): string[] {
  const length = Math.max(pages.length, inbox.length);
  return Array.from({ length }, (_, nth) => nth)
    .filter((nth) => canonicalJson(pages[nth] ?? null) !== canonicalJson(inbox[nth] ?? null))
    .map((nth) => `${recipient} row ${nth + 1} differs between pages and inbox`);
}

/** Acknowledged and never told to whoever sent it is as good as lost. */
function untold({ acknowledged, feeds }: ObservedHistory): string[] {
  const told = new Map(
    [...feeds].map(([recipient, rows]) => [
      recipient,
      new Set(rows.map(({ envelope }) => envelope.occurrenceid)),
    ]),
  );
  return acknowledged
    .filter((command) => told.get(command.recipient)?.has(occurrenceOf(command)) !== true)
    .map(({ recipient, path, key }) => `${recipient} was never told of its ${path} (${key})`);
}

/** Of the command's first event, worked out from what was sent and answered alone. */
function occurrenceOf({ recipient, path, commandId, answer }: Answered): string {
  const category = /^\/v1\/([a-z]+)s(?:\/|$)/.exec(path)?.[1] ?? '';
  const streamId = `${category}-${String(answer.body.id)}`;
  return occurrenceIdOf(derivedId(commandId, streamId, 0), recipient);
}

function faultsOfModels({ readModels, inboxes }: ObservedHistory): string[] {
  return readModels.flatMap(({ recipient, name, sequence, different, parkedLines }) => {
    const wrong: string[] = [];
    const head = inboxes.get(recipient)?.length ?? 0;
    const say = (what: string) => wrong.push(`${name} of ${recipient} ${what}`);
    if (sequence !== head) say(`has folded ${sequence} of ${head} rows`);
    if (different.length > 0) say(`differs from its rebuild in ${different.join(', ')}`);
    if (parkedLines.length > 0) say(`has parked ${parkedLines.join(', ')}`);
    return wrong;
  });
}

function otherAnswers({ repeated }: ObservedHistory): string[] {
  return repeated
    .filter(({ first, again }) => canonicalJson(first.answer) !== canonicalJson(again))
    .map(({ first, again }) => {
      const answers = `${JSON.stringify(first.answer)}, then ${JSON.stringify(again)}`;
      return `${first.path} (${first.key}) answered ${answers}`;
    });
}

function otherWords({ words }: ObservedHistory): string[] {
  return words
    .filter(({ sent, opened }) => sent !== opened)
    .map(({ key, opened }) => `the words of ${key} are now read as ${opened}`);
}
