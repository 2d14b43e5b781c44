import type { EventLog } from '@common-thread/eventing/event-log';
import { isBox } from '@common-thread/eventing/sealing';
import { readBox, openBox } from '../boxes/box.js';
import type { DataKeys } from '../keys/data-keys.js';
import type { Identifying } from './identifying.js';
import { identifyingFields } from './identifying.js';
import { KnownIdentity } from './indexing.js';

/**
 * Reads a person's stream and opens what identifies the person, within the vault and for its index
 * alone.
 */
export class IdentityInLog extends KnownIdentity {
  constructor(
    private readonly log: EventLog,
    private readonly keys: DataKeys,
  ) {
    super();
  }

  async of(personId: string): Promise<Identifying> {
    const history = await this.log.readStream(`person-${personId}`);
    const withdrawn = new Set(history.map((event) => event.data.withdraws));
    const boxes = new Map<keyof Identifying, string>();
    for (const event of history) {
      if (withdrawn.has(event.id) || withdrawn.has(event.data.corrects ?? '')) continue;
      for (const field of identifyingFields) {
        const value = event.data[field];
        if (isBox(value)) boxes.set(field, value);
      }
    }
    const opened = await Promise.all(
      [...boxes].map(async ([field, text]) => [field, await this.#open(text)] as const),
    );
    return Object.fromEntries(opened.filter(([, text]) => text !== undefined));
  }

  async #open(text: string): Promise<string | undefined> {
    const box = readBox(text);
    if (!box) return undefined;
    const key = (await this.keys.find([box.header.keyId])).get(box.header.keyId);
    return key?.secret ? openBox(box, key.secret) : undefined;
  }
}
