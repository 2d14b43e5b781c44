import { createHash } from 'node:crypto';
import type { SealedBirth } from '@common-thread/domain/deriving';
import { Deriving } from '@common-thread/domain/deriving';
import type { ScheduledReview } from '@common-thread/domain/engagement/review-schedule';
import { reviewSchedule } from '@common-thread/domain/engagement/review-schedule';
import type { IdentifyingDetails, PersonMatch } from '@common-thread/domain/matching';
import { Matching } from '@common-thread/domain/matching';
import type { CommandActor } from '@common-thread/eventing/decider';
import type { EventLog, StoredEvent } from '@common-thread/eventing/event-log';
import { idOfStream } from '@common-thread/eventing/identifiers';
import type { SealRequest, Sealed } from '@common-thread/eventing/sealing';
import { BOX_PREFIX, isBox, Sealing, VaultUnavailable } from '@common-thread/eventing/sealing';
import { canonicalJson } from '@common-thread/projecting/feed-row';

/** Boxes that say what they hold to whoever looks: a stand-in for the vault where no key matters. */
export class FakeSealing extends Sealing {
  reachable = true;
  readonly sealed: SealRequest[] = [];

  override async seal(requests: readonly SealRequest[], body: unknown): Promise<Sealed> {
    if (!this.reachable) throw new VaultUnavailable('the fake vault is unplugged');
    this.sealed.push(...requests);
    return {
      boxes: requests.map(({ plaintext, eventId, field }) => boxOf(plaintext, eventId, field)),
      fingerprint: fingerprintOf(body),
    };
  }

  override async compare(fingerprint: string, body: unknown): Promise<'same' | 'other'> {
    return fingerprint === fingerprintOf(body) ? 'same' : 'other';
  }
}

function fingerprintOf(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}

function boxOf(plaintext: string, eventId: string, field: string): string {
  const part = (text: string) => Buffer.from(text).toString('base64url');
  return `${BOX_PREFIX}${part(JSON.stringify({ e: eventId, f: field }))}.${part(plaintext)}`;
}

/** What a fake box holds. */
export function opened(box: unknown): string | undefined {
  if (!isBox(box)) return undefined;
  return Buffer.from(box.split('.').at(-1) ?? '', 'base64url').toString();
}

/** Matches by reading every person in the log; counts how often it was asked. */
export class FakeMatching extends Matching {
  asked = 0;

  constructor(private readonly log: EventLog) {
    super();
  }

  override async matchPerson(
    _asker: CommandActor,
    details: IdentifyingDetails,
  ): Promise<readonly PersonMatch[]> {
    this.asked += 1;
    const people = (await wholeLog(this.log)).filter(({ type }) => type === 'PersonRegistered');
    return people.flatMap((event) => {
      const by = agreement(event, details);
      const personId = idOfStream('person', event.streamId);
      return by.length > 0 ? [{ personId, familyIds: [], by }] : [];
    });
  }

  override async findByAuthorityChildId(): Promise<readonly string[]> {
    return [];
  }

  override async findByAuthorityChildIds(): Promise<ReadonlyMap<string, readonly string[]>> {
    return new Map();
  }
}

function agreement(event: StoredEvent, details: IdentifyingDetails): PersonMatch['by'] {
  const held = (field: string) => plain(opened(event.data[field]));
  const agrees = (field: keyof IdentifyingDetails) =>
    details[field] !== undefined && held(field) === plain(details[field]);
  const otherGivenName =
    details.givenName !== undefined && held('givenName') !== undefined && !agrees('givenName');
  const named = agrees('familyName') && agrees('dateOfBirth') && !otherGivenName;
  return [
    ...(named ? (['name-and-birth'] as const) : []),
    ...(agrees('nhsNumber') ? (['nhs-number'] as const) : []),
  ];
}

function plain(text: string | undefined): string | undefined {
  return text?.toLowerCase().replaceAll(' ', '');
}

export class FakeDeriving extends Deriving {
  reachable = true;

  override async reviewsDue(
    _asker: CommandActor,
    birth: SealedBirth,
  ): Promise<readonly ScheduledReview[]> {
    if (!this.reachable) throw new VaultUnavailable('the fake vault is unplugged');
    const dateOfBirth = opened(birth.dateOfBirth);
    const expectedDate = opened(birth.expectedDate);
    if (dateOfBirth !== undefined) return reviewSchedule({ dateOfBirth });
    return expectedDate === undefined ? [] : reviewSchedule({ expectedDate });
  }

  override async ageBand(): Promise<undefined> {
    return undefined;
  }
}

/** Everything in a log now, in order. */
export async function wholeLog(log: EventLog): Promise<StoredEvent[]> {
  const reading = new AbortController();
  const all: StoredEvent[] = [];
  for await (const followed of log.follow({ signal: reading.signal })) {
    if (followed.kind === 'caughtUp') break;
    all.push(...followed.events);
  }
  return all;
}
