import type { EventLog, StoredEvent } from '@common-thread/eventing/event-log';
import { isBox } from '@common-thread/eventing/sealing';
import type { KnownIdentity } from '../blind-index/indexing.js';
import { openBox, readBox } from '../boxes/box.js';
import type { VaultFold } from '../following/vault-fold.js';
import type { DataKeys } from '../keys/data-keys.js';
import type { Home, InClear } from './staff-key.js';

/** What the log tells of a person and where they live, opened within the vault to be compared there. */
export class PeopleInLog {
  constructor(
    private readonly log: EventLog,
    private readonly keys: DataKeys,
    private readonly known: KnownIdentity,
    private readonly fold: Pick<VaultFold, 'membershipsOf'>,
  ) {}

  async of(personId: string): Promise<InClear> {
    const homes: Home[] = [];
    for (const streamId of this.fold.membershipsOf(personId)) {
      homes.push(...(await this.#homesIn(await this.log.readStream(streamId))));
    }
    return { ...(await this.known.of(personId)), homes };
  }

  /** Each address a membership was ever told with, unless that was withdrawn. */
  async #homesIn(history: readonly StoredEvent[]): Promise<readonly Home[]> {
    const withdrawn = new Set(history.map(({ data }) => data.withdraws));
    const standing = history.filter(({ id }) => !withdrawn.has(id));
    const homes: Home[] = [];
    for (const { data } of standing) {
      const [address, postcode] = [
        await this.#text(data.address),
        await this.#text(data.postcode),
      ];
      if (address !== undefined && postcode !== undefined) homes.push({ address, postcode });
    }
    return homes;
  }

  async #text(value: unknown): Promise<string | undefined> {
    const box = isBox(value) ? readBox(value) : undefined;
    if (!box) return undefined;
    const key = (await this.keys.find([box.header.keyId])).get(box.header.keyId);
    return key?.secret ? openBox(box, key.secret) : undefined;
  }
}
