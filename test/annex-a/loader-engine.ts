import type { ChildLookUp, KnownChild } from '../../apps/standalone/loading/annex-a/children.js';
import { ownRecordOf } from '../../apps/standalone/loading/annex-a/plan-contact.js';
import type {
  CommandPort,
  Executed,
  PlannedCommand,
} from '../../apps/standalone/seeding/planned-command.js';
import { RulesInMemory } from '../county/rules-in-memory.js';

export const now = '2026-03-04T14:20:00.000Z';
export const extract = { authority: '891', hub: 'fairholme-hub.safeguarding-hub' };

/** The rules in memory with the vault's look-up beside them. */
export class LoaderEngine implements CommandPort, ChildLookUp {
  readonly rules = new RulesInMemory(now);
  readonly bodies = new Map<string, string>();
  readonly known = new Map<string, KnownChild[]>();
  asked = 0;
  killedAt = Number.POSITIVE_INFINITY;

  async execute(command: PlannedCommand): Promise<Executed> {
    this.asked += 1;
    if (this.asked >= this.killedAt) throw new Error('killed');
    const body = JSON.stringify(command.intent);
    const earlier = this.bodies.get(command.commandId);
    if (earlier !== undefined && earlier !== body) {
      return { outcome: 'refused', code: 'key-reused' };
    }
    const done = this.rules.execute(command);
    if (done.outcome === 'refused') return done;
    this.bodies.set(command.commandId, body);
    return { outcome: 'done', replayed: done.replayed };
  }

  async find(authority: string, childIds: readonly string[]) {
    const found = new Map<string, readonly KnownChild[]>();
    for (const childId of childIds) {
      const own = ownRecordOf({ ...extract, authority }, childId);
      const registered = this.commands('RegisterPerson').some(
        ({ intent }) => intent.id === own.personId,
      );
      const here = this.known.get(childId) ?? [];
      const known = registered ? [...here, { personId: own.personId, familyIds: [] }] : here;
      if (known.length > 0) found.set(childId, known);
    }
    return found;
  }

  commands(type: PlannedCommand['intent']['type']): PlannedCommand[] {
    return this.rules.commands.filter(({ intent }) => intent.type === type);
  }
}
