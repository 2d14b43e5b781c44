import type { PoolClient } from 'pg';
import { copyIn, copyLine } from '@common-thread/adapters/postgres/copy-in';
import type { Policy, StreamPolicy } from '@common-thread/disclosure/policy';
import type { Changes } from '../relay/changes.js';
import { familiesEver } from '../relay/plan.js';
import type { RelayState } from '../relay/relay-state.js';

/** Writes what a transaction of the relay changed, inside a database transaction already begun. */
export async function writeChanges(
  client: PoolClient,
  changes: Changes,
  { policy }: RelayState,
): Promise<void> {
  const streams = [...changes.streams].flatMap((id) => policy.streams.get(id) ?? []);
  await writeFacts(client, changes);
  await writeStreams(client, streams);
  await writeWithdrawals(client, changes);
  await writeRecipients(client, changes);
  await writeAgreements(client, changes, policy);
  await writeIndex(client, changes);
  await writeRows(client, changes);
}

async function writeFacts(client: PoolClient, { facts, about }: Changes): Promise<void> {
  await copyRows(
    client,
    `copy relay.facts (ordinal, event_id, event_type, stream_id, target_id, version, revision,
       log_cursor, data, metadata) from stdin`,
    facts.map(({ ordinal, eventId, type, streamId, targetId, event }) => [
      ordinal,
      eventId,
      type,
      streamId,
      targetId,
      event.version,
      event.revision,
      event.cursor,
      JSON.stringify(event.data),
      JSON.stringify(event.metadata),
    ]),
  );
  await copyRows(
    client,
    'copy relay.about_people (person_id, ordinal) from stdin',
    about.map(({ personId, fact }) => [personId, fact.ordinal]),
  );
}

async function writeStreams(client: PoolClient, streams: readonly StreamPolicy[]): Promise<void> {
  if (streams.length === 0) return;
  const of = (value: (stream: StreamPolicy) => unknown) => streams.map(value);
  await client.query({
    name: 'relay-write-streams',
    text: `
      insert into relay.streams (stream_id, category, begun, organisation, place_id, author,
        referrer, family_id, answers_referral, person_id, ends, links)
      select s.stream_id, s.category, s.begun, s.organisation, s.place_id, s.author, s.referrer,
        s.family_id, s.answers_referral, s.person_id, string_to_array(s.ends, ' '), s.links
      from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[],
        $7::text[], $8::text[], $9::boolean[], $10::text[], $11::text[], $12::json[])
        as s (stream_id, category, begun, organisation, place_id, author, referrer, family_id,
          answers_referral, person_id, ends, links)
      on conflict (stream_id) do update set begun = excluded.begun,
        organisation = excluded.organisation, place_id = excluded.place_id, author = excluded.author,
        referrer = excluded.referrer, family_id = excluded.family_id,
        answers_referral = excluded.answers_referral, person_id = excluded.person_id,
        ends = excluded.ends, links = excluded.links`,
    values: [
      of(({ streamId }) => streamId),
      of(({ category }) => category),
      of(({ begun }) => begun),
      of(({ organisation }) => organisation),
      of(({ placeId }) => placeId),
      of(({ author }) => author),
      of(({ referrer }) => referrer),
      of(({ familyId }) => familyId),
      of(({ answersReferral }) => answersReferral === true),
      of(({ personId }) => personId),
      of(({ ends }) => ends.join(' ')),
      of(({ links }) => JSON.stringify(links)),
    ],
  });
  const about = streams.flatMap((stream) =>
    familiesEver(stream).map((familyId) => ({ familyId, streamId: stream.streamId })),
  );
  if (about.length === 0) return;
  await client.query({
    name: 'relay-write-families',
    text: `
      insert into relay.streams_of_families (family_id, stream_id)
      select * from unnest($1::text[], $2::text[]) on conflict do nothing`,
    values: [about.map(({ familyId }) => familyId), about.map(({ streamId }) => streamId)],
  });
}

async function writeWithdrawals(client: PoolClient, changes: Changes): Promise<void> {
  await copyRows(
    client,
    'copy relay.withdrawals (stream_id, ordinal, event_id, withdrawn_by) from stdin',
    changes.withdrawals.map(({ streamId, ordinal, eventId, by }) => [
      streamId,
      ordinal,
      eventId,
      by,
    ]),
  );
}

async function writeAgreements(
  client: PoolClient,
  { agreements: changed }: Changes,
  { agreements }: Policy,
): Promise<void> {
  for (const id of changed) {
    const agreed = agreements.get(id);
    if (agreed) {
      await client.query(
        `insert into relay.agreements (id, terms) values ($1, $2)
         on conflict (id) do update set terms = excluded.terms`,
        [id, JSON.stringify(agreed)],
      );
    } else {
      await client.query('delete from relay.agreements where id = $1', [id]);
    }
  }
}

async function writeRecipients(client: PoolClient, { recipients }: Changes): Promise<void> {
  for (const recipient of recipients) {
    await client.query(
      'insert into relay.recipients (recipient) values ($1) on conflict do nothing',
      [recipient],
    );
  }
}

async function writeIndex(client: PoolClient, changes: Changes): Promise<void> {
  await copyRows(
    client,
    `copy relay.line_entries (line, attached_at, ordinal, person_id, event_id, event_type, stream_id,
       target_id, via) from stdin`,
    changes.entries.map(({ line, entry }) => [
      line,
      entry.attachedAt,
      entry.ordinal,
      entry.personId,
      entry.eventId,
      entry.type,
      entry.streamId,
      entry.targetId,
      entry.via,
    ]),
  );
  const cursors = [...changes.cursors].flatMap(([line, places]) =>
    [...places].map(([recipient, place]) => ({ line, recipient, ...place })),
  );
  if (cursors.length > 0) {
    await client.query({
      name: 'relay-write-cursors',
      text: `
        insert into relay.cursors (line, recipient, attached_at, ordinal, person_id)
        select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[])
        on conflict (line, recipient) do update set attached_at = excluded.attached_at,
          ordinal = excluded.ordinal, person_id = excluded.person_id`,
      values: [
        cursors.map(({ line }) => line),
        cursors.map(({ recipient }) => recipient),
        cursors.map(({ attachedAt }) => attachedAt),
        cursors.map(({ ordinal }) => ordinal),
        cursors.map(({ personId }) => personId),
      ],
    });
  }
  await writeInvolvements(client, changes);
}

async function writeInvolvements(client: PoolClient, { involved }: Changes): Promise<void> {
  if (involved.length === 0) return;
  // Of several changes of one involvement the last holds; one statement may touch a row only once.
  const last = new Map(involved.map((each) => [`${each.line} ${each.key}`, each]));
  const values = [...last.values()];
  await client.query({
    name: 'relay-write-involvements',
    text: `
      insert into relay.involvements (line, key, open)
      select * from unnest($1::text[], $2::text[], $3::boolean[])
      on conflict (line, key) do update set open = excluded.open`,
    values: [
      values.map(({ line }) => line),
      values.map(({ key }) => key),
      values.map(({ open }) => open),
    ],
  });
}

async function writeRows(client: PoolClient, { rows, redactions, feeds }: Changes): Promise<void> {
  await copyRows(
    client,
    `copy relay.feed_rows (recipient, sequence, id, line, envelope, hash, body, withdrawn_by,
       event_id, event_ordinal, event_type, stream_id, target_id, told_at, person_id, via, grade,
       fields, follows, own, agreement, fact_kind) from stdin`,
    [...rows].map(([record, row]) => [
      record.recipient,
      record.sequence,
      record.id,
      record.line,
      JSON.stringify(row.envelope),
      row.hash,
      row.body && JSON.stringify(row.body),
      row.withdrawnBy,
      record.event.eventId,
      record.event.ordinal,
      record.event.type,
      record.event.streamId,
      record.event.targetId,
      record.toldAt,
      record.personId,
      record.via,
      record.grade,
      record.fields,
      record.follows,
      record.own,
      record.agreement?.id ?? null,
      record.agreement?.kind ?? null,
    ]),
  );
  if (redactions.length > 0) {
    await client.query({
      text: `
        update relay.feed_rows r set body = null, withdrawn_by = coalesce(r.withdrawn_by, w.by)
        from unnest($1::text[], $2::bigint[], $3::uuid[]) as w (recipient, sequence, by)
        where r.recipient = w.recipient and r.sequence = w.sequence`,
      values: [
        redactions.map(({ recipient }) => recipient),
        redactions.map(({ sequence }) => sequence),
        redactions.map(({ withdrawnBy }) => withdrawnBy),
      ],
    });
  }
  if (feeds.size > 0) {
    await client.query({
      name: 'relay-write-feeds',
      text: `
        insert into relay.feeds (recipient, sequence, disclosed_time)
        select * from unnest($1::text[], $2::bigint[], $3::text[])
        on conflict (recipient) do update set sequence = excluded.sequence,
          disclosed_time = excluded.disclosed_time`,
      values: [
        [...feeds.keys()],
        [...feeds.values()].map(({ sequence }) => sequence),
        [...feeds.values()].map(({ disclosedTime }) => disclosedTime),
      ],
    });
  }
}

async function copyRows(
  client: PoolClient,
  statement: string,
  rows: readonly Parameters<typeof copyLine>[0][],
): Promise<void> {
  if (rows.length > 0) await copyIn(client, statement, rows.map(copyLine).join(''));
}
