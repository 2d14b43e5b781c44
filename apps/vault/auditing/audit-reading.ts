import { beginningOfLondonDay, daysAfter } from '@common-thread/domain/london-day';
import type { Actor } from '@common-thread/platform/actor';
import type { AuditedCall, AuditPage, AuditQuery } from '@common-thread/platform/auditing';
import type { Audit, AuditEntryId } from '../audit/audit.js';
import type { Clock } from '../clock.js';
import type { VaultFold } from '../following/vault-fold.js';
import { isOfHub } from '../staff/officers.js';
import { callOf } from './audit-answer.js';

/** Beside a record stand the last viewings, not its whole history of them. */
const VIEWINGS = 25;
const OFFICER = 'information-governance';

export interface AuditReadingEngines {
  readonly audit: Audit;
  readonly fold: VaultFold;
  readonly clock: Clock;
}

export interface ReadAnswer<Answer> {
  readonly answer: Answer;
  /** To be told to the audit once the answer has left. */
  readonly entryId: AuditEntryId;
}

/** Who looked, for those who oversee it. Each reading is in the audit before it is answered. */
export class AuditReading {
  constructor(private readonly engines: AuditReadingEngines) {}

  /** Undefined for whoever is no officer. @throws VaultUnavailable */
  async calls(
    reader: Actor,
    { subject, viewer, field, from, until, before, limit = 50 }: AuditQuery,
  ): Promise<ReadAnswer<AuditPage> | undefined> {
    if (reader.role !== OFFICER) return undefined;
    const about = [...(subject ? [subject] : []), ...(viewer ? [viewer] : [])];
    const entryId = await this.#commit(reader, 'audit', about);
    const entries = await this.engines.audit.read({
      // Officers elsewhere answer for their own people: who else looked would say who is involved.
      ...(isOfHub(reader) ? {} : { organisation: reader.organisation }),
      ...(subject === undefined ? {} : { subject }),
      ...(viewer === undefined ? {} : { actor: viewer }),
      ...(field === undefined ? {} : { field }),
      ...(from === undefined ? {} : { from: beginningOfLondonDay(from) }),
      ...(until === undefined ? {} : { until: beginningOfLondonDay(daysAfter(until, 1)) }),
      ...(before === undefined ? {} : { before }),
      limit: limit + 1,
    });
    const shown = entries.slice(0, limit);
    const last = shown.at(-1);
    const answer = {
      calls: shown.map((entry) => callOf(entry, subject)),
      ...(entries.length > limit && last ? { next: last.entryId } : {}),
    };
    return { answer, entryId };
  }

  /** Undefined for whoever may not know who looked. @throws VaultUnavailable */
  async viewings(
    reader: Actor,
    line: string,
  ): Promise<ReadAnswer<readonly AuditedCall[]> | undefined> {
    if (!this.#maySeeViewings(reader, line)) return undefined;
    const entryId = await this.#commit(reader, 'viewings', [line]);
    const kinds = ['reveal'] as const;
    const entries = await this.engines.audit.read({ subject: line, kinds, limit: VIEWINGS });
    return { answer: entries.map((entry) => callOf(entry, line)), entryId };
  }

  #maySeeViewings(reader: Actor, line: string): boolean {
    if (!isOfHub(reader)) return false;
    if (reader.role === OFFICER) return true;
    return reader.role === 'hub-manager' && this.engines.fold.isInHandOf(reader.recipient, line);
  }

  #commit(asker: Actor, page: string, about: readonly string[]): Promise<AuditEntryId> {
    const { audit, clock } = this.engines;
    const asked = { kind: 'audit', purpose: 'oversight', page } as const;
    return audit.commit({ ...asked, at: clock.now(), asker, about, items: [] });
  }
}
