import { createHash } from 'node:crypto';
import type { EventWords } from './event-schemas.js';
import { eventSchemas, versionName } from './event-schemas.js';
import { disclosureVersion } from '@common-thread/disclosure/disclosure';
import { contexts } from '@common-thread/domain/event-catalogue';
import { audiences } from '@common-thread/domain/identifiers';
import type { Sample } from '@common-thread/domain/samples';
import { samples } from '@common-thread/domain/samples';
import { canonicalJson } from '@common-thread/projecting/feed-row';
import type { BreakingChange } from './breaking-change.js';
import { brokenEvents } from './event-changes.js';
import { meaningOfEvent, meaningOfField } from './event-words.js';
import type { Feeds } from './feed-changes.js';
import { brokenFeeds } from './feed-changes.js';
import { feedEnvelopeSchema } from './feed-envelope.js';
import type { JsonSchema } from './json-schema.js';
import { asSchema } from './json-schema.js';
import { publicSchema, publicTypesFor } from './public-schemas.js';

/** What others hold data by once it has gone out. */
export interface Release {
  /** Private event versions by name: `ReferralRaised.v1`. */
  readonly events: Readonly<Record<string, JsonSchema>>;
  readonly feeds: Feeds;
  /** SHA-256 of every sample, by `<type>.v<version> <event id>`. */
  readonly samples: Readonly<Record<string, string>>;
}

export const eventWords: EventWords = { event: meaningOfEvent, field: meaningOfField };

/** What would go out now, as the declarations, the disclosure table and the samples have it. */
export function declaredNow(): Release {
  const told = audiences.map((audience) => [
    audience,
    Object.fromEntries(
      publicTypesFor(audience).map((type) => [type, asSchema(publicSchema(type, audience))]),
    ),
  ]);
  return {
    events: eventSchemas(contexts, eventWords),
    feeds: {
      tableVersion: disclosureVersion,
      envelope: asSchema(feedEnvelopeSchema),
      audiences: Object.fromEntries(told) as Feeds['audiences'],
      retired: {},
    },
    samples: digestsOf(samples),
  };
}

export function digestsOf(given: readonly Sample[]): Record<string, string> {
  return Object.fromEntries(
    given.map((sample) => [
      `${versionName(sample.type, sample.version)} ${sample.id}`,
      createHash('sha256').update(canonicalJson(sample)).digest('hex'),
    ]),
  );
}

/** What of a release the present state breaks. */
export function breaksOf(released: Release, now: Release): BreakingChange[] {
  return [
    ...brokenEvents(released.events, now.events),
    ...brokenFeeds(released.feeds, now.feeds),
    ...brokenSamples(released.samples, now),
    ...unshown({ ...released.events, ...now.events }, now.samples),
  ];
}

function brokenSamples(
  released: Release['samples'],
  { samples: current }: Release,
): BreakingChange[] {
  return Object.entries(released).flatMap(([where, digest]) => {
    if (current[where] === digest) return [];
    const what =
      where in current ? 'this released sample was altered' : 'this released sample is gone';
    const instead = 'Put it back as it was: it stands for what is stored. Add another beside it.';
    return [{ where, what, instead }];
  });
}

function unshown(events: Release['events'], current: Release['samples']): BreakingChange[] {
  const shown = new Set(Object.keys(current).map((name) => name.split(' ')[0]));
  return Object.keys(events)
    .filter((name) => !shown.has(name))
    .map((where) => ({
      where,
      what: 'no sample shows this version',
      instead: 'Add one to samples.json of its context.',
    }));
}

/** The release after this one: everything that went out before is still in it. */
export function grown(released: Release, now: Release): Release {
  const { audiences: before, retired } = released.feeds;
  const after = now.feeds.audiences;
  const gone = [...new Set([...Object.keys(before), ...Object.keys(after)])].map((audience) => {
    const once = { ...retired[audience], ...before[audience] };
    const told = after[audience] ?? {};
    return [
      audience,
      Object.fromEntries(Object.entries(once).filter(([type]) => !(type in told))),
    ];
  });
  return {
    events: { ...released.events, ...now.events },
    feeds: { ...now.feeds, retired: Object.fromEntries(gone) as Feeds['retired'] },
    samples: { ...released.samples, ...now.samples },
  };
}
