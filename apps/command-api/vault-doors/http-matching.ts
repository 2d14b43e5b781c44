import type { IdentifyingDetails, PersonMatch } from '@common-thread/domain/matching';
import { Matching } from '@common-thread/domain/matching';
import type { CommandActor } from '@common-thread/eventing/decider';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { VaultDoor } from './vault-door.js';
import { askerOf } from './vault-door.js';

/** Matching by a vault in another process. */
export class HttpMatching extends Matching {
  constructor(private readonly door: VaultDoor) {
    super();
  }

  async matchPerson(
    asker: CommandActor,
    details: IdentifyingDetails,
  ): Promise<readonly PersonMatch[]> {
    const { matches } = await this.door.ask('/v1/matching/people', {
      asker: askerOf(asker),
      ...details,
    });
    if (!Array.isArray(matches)) throw somethingElse();
    return matches as PersonMatch[];
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
    const question = { asker: askerOf(asker), authority, childIds };
    const { found } = await this.door.ask('/v1/matching/authority-child-ids', question);
    if (!Array.isArray(found)) throw somethingElse();
    const matches = found as { readonly childId: string; readonly personIds: readonly string[] }[];
    return new Map(matches.map(({ childId, personIds }) => [childId, personIds]));
  }
}

function somethingElse(): VaultUnavailable {
  return new VaultUnavailable('the vault answered something else than was asked');
}
