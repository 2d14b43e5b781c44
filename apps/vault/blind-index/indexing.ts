import type { SealRequest } from '@common-thread/eventing/sealing';
import type { DataKeys, LivingKey } from '../keys/data-keys.js';
import { placeOfService } from '../keys/service-keys.js';
import type { Identifying } from './identifying.js';
import { identifyingFields, macOf, partsOfKind } from './identifying.js';
import type { IndexKind, IndexRow } from './index-row.js';
import { indexKinds } from './index-row.js';

/** Raised yearly with a new key, after rows under it have been written for everybody. */
const KEY_VERSION = 1;
const INDEXED_EVENTS = new Set(['PersonRegistered', 'ChildBorn', 'PersonDetailsCorrected']);

/** What the log tells of a person so far. */
export abstract class KnownIdentity {
  abstract of(personId: string): Promise<Identifying>;
}

/** Makes the rows by which people are found, from values that are about to be sealed. */
export class Indexing {
  constructor(
    private readonly keys: DataKeys,
    private readonly known: KnownIdentity,
  ) {}

  /** Nothing for events that do not tell who somebody is. */
  async rowsOf(requests: readonly SealRequest[]): Promise<IndexRow[]> {
    const told = toldByEvent(requests);
    if (told.size === 0) return [];
    const key = await this.#key();
    const rows: IndexRow[] = [];
    for (const [eventId, person] of told) {
      const whole = await this.#completed(person);
      for (const kind of indexKinds) {
        // What a correction leaves alone keeps the row it has.
        if (partsOfKind[kind].every((part) => person.identifying[part] === undefined)) continue;
        const mac = macOf(kind, whole, key.secret);
        const { personId } = person;
        if (mac) rows.push({ kind, mac, keyVersion: KEY_VERSION, personId, eventId });
      }
    }
    return rows;
  }

  /** The hashes to look for, each kind that these values are enough for. */
  async macsOf(identifying: Identifying): Promise<ReadonlyMap<IndexKind, Buffer>> {
    const key = await this.#key();
    return new Map(
      indexKinds.flatMap((kind) => {
        const mac = macOf(kind, identifying, key.secret);
        return mac ? [[kind, mac] as const] : [];
      }),
    );
  }

  /** Makes the key where there is none, so that no command waits for it. */
  async prepare(): Promise<void> {
    await this.#key();
  }

  async #key(): Promise<LivingKey> {
    const [key] = await this.keys.ensure([placeOfService(`blind-index/${KEY_VERSION}`)]);
    return key!;
  }

  /** What tells a part anew, a correction or a birth, is found with the parts that were told before. */
  async #completed({ personId, identifying, isFirst }: Told): Promise<Identifying> {
    const isWhole = wholeNameParts.every((part) => identifying[part] !== undefined);
    const isHalf = !isWhole && wholeNameParts.some((part) => identifying[part] !== undefined);
    if (isFirst || !isHalf) return identifying;
    return { ...(await this.known.of(personId)), ...identifying };
  }
}

const wholeNameParts = partsOfKind['full-name-and-birth'];

interface Told {
  readonly personId: string;
  readonly isFirst: boolean;
  readonly identifying: Identifying;
}

function toldByEvent(requests: readonly SealRequest[]): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  for (const { eventType, eventId, field, plaintext, subjects } of requests) {
    if (!INDEXED_EVENTS.has(eventType)) continue;
    const indexed = identifyingFields.find((known) => known === field);
    const [personId] = subjects;
    if (!indexed || personId === undefined) continue;
    const identifying = { ...told.get(eventId)?.identifying, [indexed]: plaintext };
    const isFirst = eventType === 'PersonRegistered';
    told.set(eventId, { personId, isFirst, identifying });
  }
  return told;
}
