import { beginningOfLondonDay, daysAfter } from '@common-thread/domain/london-day';
import type { Actor } from '@common-thread/platform/actor';
import type { StaffDetails, StaffReport } from '@common-thread/platform/staff';
import type { Audit, AuditEntry, AuditEntryId, KeptEntry } from '../audit/audit.js';
import type { ReadAnswer } from '../auditing/audit-reading.js';
import type { Clock } from '../clock.js';
import type { VaultFold } from '../following/vault-fold.js';
import type { DataKeys } from '../keys/data-keys.js';
import { placeOfService } from '../keys/service-keys.js';
import { isOfficer, isOfHub, mayKeep, overseeing } from './officers.js';
import type { PeopleInLog } from './people-in-log.js';
import type { StaffKey } from './staff-key.js';
import { staffKeysOf } from './staff-key.js';
import { peopleIn, staffFindings } from './staff-report.js';
import type { StaffStore } from './staff-store.js';
import { nameOf } from './staff-store.js';

const ENTRIES_AT_ONCE = 500;
/** A day with more is said not to have been read whole. */
const ENTRIES_MAX = 50_000;
const PEOPLE_MAX = 5_000;
const KEY = placeOfService('staff-register/1');

export interface StaffRegisterEngines {
  readonly staff: StaffStore;
  readonly people: PeopleInLog;
  readonly keys: DataKeys;
  readonly fold: VaultFold;
  readonly audit: Audit;
  readonly clock: Clock;
}

/**
 * Who staff are, known to the vault alone and by keyed hashes: enough to see that somebody opened their own
 * record, or that of somebody of their home or name, and never who they are.
 */
export class StaffRegister {
  constructor(private readonly engines: StaffRegisterEngines) {}

  /**
   * What is known of each from now on. False for whoever is no officer, and of staff who are not theirs: a
   * hub's officer enters everybody's, any other their own organisation's. @throws VaultUnavailable
   */
  async enter(officer: Actor, staff: readonly StaffDetails[]): Promise<boolean> {
    const organisations = staff.map(({ organisation }) => organisation);
    if (!mayKeep(officer, organisations)) return false;
    const secret = await this.#secret();
    const kept = staff.map(({ id, organisation, address, postcode, ...details }) => {
      const home = {
        ...(address === undefined ? {} : { address }),
        ...(postcode === undefined ? {} : { postcode }),
      };
      return { id, organisation, keys: staffKeysOf({ ...details, homes: [home] }, secret) };
    });
    const ids = staff.map(({ id }) => id);
    await this.engines.staff.replace(kept, this.#entry(officer, 'staff-register/enter', ids));
    return true;
  }

  /**
   * What a London day's looking gives to ask about; undefined for whoever is no officer. An officer
   * elsewhere than at a hub is told of their own staff, and of nobody restricted.
   * @throws VaultUnavailable
   */
  async report(officer: Actor, day: string): Promise<ReadAnswer<StaffReport> | undefined> {
    if (!isOfficer(officer)) return undefined;
    const { audit, staff } = this.engines;
    const entryId: AuditEntryId = await audit.commit(
      this.#entry(officer, 'staff-register/report', []),
    );
    const { entries, isWhole } = await this.#entriesOf(officer, day);
    const viewers = new Map(entries.map(({ asker }) => [nameOf(asker), asker]));
    const known = await staff.find([...viewers.values()]);
    const names = new Set(known.map(nameOf));
    const theirs = entries.filter(({ asker }) => names.has(nameOf(asker)));
    const people = [...new Set(theirs.flatMap(peopleIn))].filter((id) =>
      this.#mayTell(officer, id),
    );
    const compared = people.slice(0, PEOPLE_MAX);
    const answer = {
      findings: staffFindings(theirs, known, await this.#keysOf(compared)),
      known: known.length,
      viewers: viewers.size,
      isWhole: isWhole && people.length <= PEOPLE_MAX,
    };
    return { answer, entryId };
  }

  async #entriesOf(officer: Actor, day: string) {
    const entries: KeptEntry[] = [];
    for (let before: AuditEntryId | undefined; entries.length < ENTRIES_MAX;) {
      const some = await this.engines.audit.read({
        ...(isOfHub(officer) ? {} : { organisation: officer.organisation }),
        kinds: ['reveal', 'look-up'],
        from: beginningOfLondonDay(day),
        until: beginningOfLondonDay(daysAfter(day, 1)),
        limit: ENTRIES_AT_ONCE,
        ...(before === undefined ? {} : { before }),
      });
      entries.push(...some.filter(({ asker }) => asker.role !== 'subscriber-system'));
      before = some.at(-1)?.entryId;
      if (before === undefined || some.length < ENTRIES_AT_ONCE) return { entries, isWhole: true };
    }
    return { entries, isWhole: false };
  }

  /** Opened within the vault, hashed and forgotten. */
  async #keysOf(people: readonly string[]): Promise<ReadonlyMap<string, readonly StaffKey[]>> {
    const secret = await this.#secret();
    const keys = new Map<string, readonly StaffKey[]>();
    for (const personId of people) {
      keys.set(personId, staffKeysOf(await this.engines.people.of(personId), secret));
    }
    return keys;
  }

  #mayTell(officer: Actor, personId: string): boolean {
    const { fold } = this.engines;
    if (isOfHub(officer)) return true;
    return fold.familiesOf(personId).every((id) => fold.speakTo(id) === undefined);
  }

  async #secret(): Promise<Buffer> {
    const [key] = await this.engines.keys.ensure([KEY]);
    return key!.secret;
  }

  #entry(officer: Actor, page: string, about: readonly string[]): AuditEntry {
    return overseeing(officer, this.engines.clock.now(), page, about);
  }
}
