import type { LookedUp } from '@common-thread/platform/looking-up';
import type { CommandActor } from '@common-thread/eventing/decider';
import type { IdentifyingDetails, PersonMatch } from '@common-thread/domain/matching';
import { Matching } from '@common-thread/domain/matching';
import type { Audit, AuditEntryId, AuditKind } from '../audit/audit.js';
import type { Identifying } from '../blind-index/identifying.js';
import type { Indexing } from '../blind-index/indexing.js';
import type { IndexKind } from '../blind-index/index-row.js';
import type { Clock } from '../clock.js';
import type { VaultFold } from '../following/vault-fold.js';
import type { CurrentMacs, PeopleFinder } from './people-finder.js';

const ASKED_AT_ONCE_MAX = 1_000;

export interface MatchingEngines {
  readonly finder: PeopleFinder;
  readonly indexing: Indexing;
  readonly fold: VaultFold;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** Matches through the blind index; opens nothing and answers with ids. */
export class VaultMatching extends Matching {
  constructor(private readonly engines: MatchingEngines) {
    super();
  }

  async matchPerson(
    asker: CommandActor,
    details: IdentifyingDetails,
  ): Promise<readonly PersonMatch[]> {
    const asked = { kind: 'match', purpose: 'match', page: 'match-person' } as const;
    const { matches, entryId } = await this.#match(asker, details, asked);
    this.engines.audit.delivered(entryId);
    return matches;
  }

  /**
   * While the telephone rings: as `matchPerson`, but of a restricted record no more than whom to speak
   * to, except to officers, who oversee restricted records too. The caller tells the audit once it is
   * delivered.
   */
  async lookUp(
    asker: CommandActor,
    details: IdentifyingDetails,
  ): Promise<{ readonly lookedUp: LookedUp; readonly entryId: AuditEntryId }> {
    const asked = { kind: 'look-up', purpose: 'look-up', page: 'look-up' } as const;
    const { matches, entryId } = await this.#match(asker, details, asked);
    const speakTo = (familyId: string) => this.engines.fold.speakTo(familyId);
    const posts = matches.flatMap(({ familyIds }) => familyIds.flatMap((id) => speakTo(id) ?? []));
    const isOfficer = asker.role === 'information-governance';
    const shown = matches.flatMap(({ personId, familyIds }) => {
      if (isOfficer) return [{ personId, familyIds }];
      const open = familyIds.filter((id) => speakTo(id) === undefined);
      return open.length === 0 && familyIds.length > 0 ? [] : [{ personId, familyIds: open }];
    });
    return { lookedUp: { matches: shown, speakTo: [...new Set(posts)].sort() }, entryId };
  }

  async #match(
    asker: CommandActor,
    details: IdentifyingDetails,
    asked: { readonly kind: AuditKind; readonly purpose: string; readonly page: string },
  ): Promise<{ readonly matches: readonly PersonMatch[]; readonly entryId: AuditEntryId }> {
    const { finder, fold, indexing } = this.engines;
    const { givenName, familyName, dateOfBirth, nhsNumber } = details;
    const macs = await indexing.macsOf(
      definedOnly({ givenName, familyName, dateOfBirth, nhsNumber }),
    );
    const wanted = [...macs].map(([kind, mac]) => ({ kind, mac }));
    const found = await finder.find(wanted.filter(({ kind }) => kind !== 'full-name-and-birth'));
    const matches = [...found].flatMap(([personId, held]) => {
      const by = agreeing(macs, held);
      return by.length > 0 ? [{ personId, familyIds: fold.familiesOf(personId), by }] : [];
    });
    const personIds = matches.map((match) => match.personId);
    return { matches, entryId: await this.#audit(asker, asked, personIds) };
  }

  async findByAuthorityChildId(
    asker: CommandActor,
    authority: string,
    childId: string,
  ): Promise<readonly string[]> {
    const found = await this.findByAuthorityChildIds(asker, authority, [childId]);
    return found.get(childId) ?? [];
  }

  async findByAuthorityChildIds(
    asker: CommandActor,
    authority: string,
    childIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (childIds.length > ASKED_AT_ONCE_MAX) {
      throw new RangeError(`ask for at most ${ASKED_AT_ONCE_MAX} child ids at once`);
    }
    const { finder, fold, indexing } = this.engines;
    const kind = 'authority-child-id';
    const macs = new Map<string, Buffer>();
    for (const authorityChildId of new Set(childIds)) {
      const mac = (await indexing.macsOf({ authorityChildId })).get(kind);
      if (mac) macs.set(authorityChildId, mac);
    }
    const current = await finder.find([...macs.values()].map((mac) => ({ kind, mac })));
    const people = peopleByMac(current, kind);
    const found = new Map<string, readonly string[]>();
    for (const [childId, mac] of macs) {
      const ids = people.get(mac.toString('hex')) ?? [];
      const theirs = ids.filter((personId) => fold.authorityOf(personId) === authority);
      if (theirs.length > 0) found.set(childId, theirs);
    }
    const asked = { kind: 'match', purpose: 'match', page: 'find-by-authority-child-id' } as const;
    const personIds = [...new Set([...found.values()].flat())];
    this.engines.audit.delivered(await this.#audit(asker, asked, personIds));
    return found;
  }

  async #audit(
    { id, organisation, recipient, role }: CommandActor,
    asked: { readonly kind: AuditKind; readonly purpose: string; readonly page: string },
    personIds: readonly string[],
  ): Promise<AuditEntryId> {
    const { audit, clock } = this.engines;
    return audit.commit({
      ...asked,
      at: clock.now(),
      asker: { id, organisation, recipient, role },
      about: [],
      items: personIds.map((personId) => ({ subjects: [personId], outcome: 'granted' })),
    });
  }
}

/** By what somebody matches. A given name on both sides must agree too. */
function agreeing(
  asked: ReadonlyMap<IndexKind, Buffer>,
  held: ReadonlyMap<IndexKind, Buffer>,
): ('name-and-birth' | 'nhs-number')[] {
  const agrees = (kind: IndexKind) => {
    const mac = asked.get(kind);
    return mac !== undefined && held.get(kind)?.equals(mac) === true;
  };
  const isOtherSibling =
    asked.has('full-name-and-birth') &&
    held.has('full-name-and-birth') &&
    !agrees('full-name-and-birth');
  return [
    ...(agrees('name-and-birth') && !isOtherSibling ? (['name-and-birth'] as const) : []),
    ...(agrees('nhs-number') ? (['nhs-number'] as const) : []),
  ];
}

function peopleByMac(current: CurrentMacs, kind: IndexKind): ReadonlyMap<string, string[]> {
  const people = new Map<string, string[]>();
  for (const [personId, macs] of current) {
    const mac = macs.get(kind)?.toString('hex');
    if (mac !== undefined) people.set(mac, [...(people.get(mac) ?? []), personId]);
  }
  return people;
}

function definedOnly(values: { [Part in keyof Identifying]?: string | undefined }): Identifying {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
