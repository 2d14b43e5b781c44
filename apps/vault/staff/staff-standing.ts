import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '@common-thread/platform/actor';
import type { StaffPage, StaffQuery, StandingChange } from '@common-thread/platform/staff';
import { carries, Standing, STANDING_GOOD_MS } from '@common-thread/platform/standing';
import type { ReadAnswer } from '../auditing/audit-reading.js';
import type { Audit } from '../audit/audit.js';
import type { Clock } from '../clock.js';
import { isOfficer, isOfHub, mayKeep, overseeing } from './officers.js';
import type { StaffMember, StaffStore } from './staff-store.js';
import { nameOf } from './staff-store.js';

const LISTED_AT_ONCE = 50;
/** A timer may be a little early. */
const MARGIN_MS = 50;

export interface StaffStandingEngines {
  readonly staff: StaffStore;
  readonly audit: Audit;
  readonly clock: Clock;
  /** Answers once so many milliseconds have passed. */
  readonly after?: (ms: number) => Promise<unknown>;
}

/** What has been taken away from members of staff since their tokens were issued, and by whom. */
export class StaffStanding extends Standing {
  constructor(private readonly engines: StaffStandingEngines) {
    super();
  }

  /** Asked of the table each time: what is kept elsewhere is kept from here. @throws VaultUnavailable */
  async holds(actor: Actor): Promise<boolean> {
    const taken = await this.engines.staff.takenFrom([actor]);
    return !taken.some((part) => carries(actor, part));
  }

  /**
   * Takes part of somebody's work away, or gives it back. Answered once no app still goes by an older
   * answer: it is in force then. `own` to an officer who names themselves; undefined for whoever is no
   * officer, and of staff who are not theirs. @throws VaultUnavailable
   */
  async change(officer: Actor, change: StandingChange): Promise<'in-force' | 'own' | undefined> {
    if (!mayKeep(officer, [change.organisation])) return undefined;
    const isOwn = change.id === officer.id && change.organisation === officer.organisation;
    if (isOwn) return 'own';
    const { clock, staff, after = pause } = this.engines;
    const page = change.taken ? 'staff-register/take-away' : 'staff-register/give-back';
    const kept = { ...change, at: clock.now(), by: officer.id };
    await staff.change(kept, overseeing(officer, clock.now(), page, [change.id]));
    await after(STANDING_GOOD_MS + MARGIN_MS);
    return 'in-force';
  }

  /**
   * Who is in the register or had something taken away, by organisation and id; undefined for whoever is no
   * officer. An officer elsewhere than at a hub is told of their own. @throws VaultUnavailable
   */
  async list(officer: Actor, asked: StaffQuery): Promise<ReadAnswer<StaffPage> | undefined> {
    const { organisation = officer.organisation } = asked;
    if (!isOfficer(officer) || (asked.organisation && !mayKeep(officer, [organisation]))) {
      return undefined;
    }
    const { audit, clock, staff } = this.engines;
    const about = asked.id === undefined ? [] : [asked.id];
    const entry = overseeing(officer, clock.now(), 'staff-register/list', about);
    const entryId = await audit.commit(entry);
    const isEverybodys = asked.organisation === undefined && isOfHub(officer);
    const found = await staff.list({
      ...(isEverybodys ? {} : { organisation }),
      ...(asked.id === undefined ? {} : { id: asked.id }),
      ...(asked.after === undefined ? {} : { after: memberOf(asked.after) }),
      limit: LISTED_AT_ONCE + 1,
    });
    const listed = found.slice(0, LISTED_AT_ONCE);
    const taken = await staff.takenFrom(listed);
    const answer = {
      staff: listed.map((member) => ({
        ...member,
        taken: taken
          .filter((part) => nameOf(part) === nameOf(member))
          .map(({ at, by, named, what }) => ({ at: at.toISOString(), by, named, what })),
      })),
      ...(found.length > listed.length ? { next: afterOf(listed.at(-1)!) } : {}),
    };
    return { answer, entryId };
  }
}

/** `larkfield-centres/w-1`: neither part holds a stroke. */
function afterOf({ id, organisation }: StaffMember): string {
  return `${organisation}/${id}`;
}

function memberOf(after: string): StaffMember {
  const [organisation = '', id = ''] = after.split('/');
  return { id, organisation };
}
