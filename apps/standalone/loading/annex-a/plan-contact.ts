import type { CommandActor } from '@common-thread/eventing/decider';
import type { ContactOutcome } from '@common-thread/domain/code-lists';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Intent } from '../../../command-api/commands/deciders.js';
import { dayNumber, noonOf } from '../../seeding/calendar.js';
import type { PlannedCommand } from '../../seeding/planned-command.js';
import type { ContactRow } from './contact-row.js';

/** Whose extract it is and whose front door it tells of. */
export interface Extract {
  /** DfE code of the authority, three digits: its child ids mean something there alone. */
  readonly authority: string;
  /** The hub that received the contacts, as a recipient. */
  readonly hub: string;
}

/** Where the contacts of a child go. */
export interface ChildRecord {
  readonly personId: string;
  readonly familyId: string;
}

/** The record that a load makes for a child nobody has: the same however often it is loaded. */
export function ownRecordOf({ authority }: Extract, childId: string): ChildRecord {
  return {
    personId: derivedId('annex-a', authority, childId, 'person'),
    familyId: derivedId('annex-a', authority, childId, 'family'),
  };
}

/** A record of the child's own, and a household of its own until somebody matches it. */
export function planChild(
  extract: Extract,
  row: ContactRow,
  personId: string,
): readonly [register: PlannedCommand, join: PlannedCommand] {
  const { familyId } = ownRecordOf(extract, row.childId);
  const membershipId = derivedId(personId, 'membership');
  const { birth } = row;
  const expected = birth?.kind === 'expected';
  return [
    planned(extract, row, derivedId(personId, 'register'), {
      category: 'person',
      id: personId,
      type: 'RegisterPerson',
      data: {
        kind: expected ? 'unborn' : 'child',
        authority: extract.authority,
        authorityChildId: row.childId,
        ...sexOf(row, expected),
        ...(expected ? { expectedDate: birth.day } : {}),
        ...(birth?.kind === 'born' ? { dateOfBirth: birth.day } : {}),
      },
    }),
    planned(extract, row, derivedId(membershipId, 'begin'), {
      category: 'membership',
      id: membershipId,
      type: 'BeginMembership',
      data: { familyId, personId, position: 'child' },
    }),
  ];
}

/** The sex of a child not born yet is recorded as U. */
function sexOf({ sex }: ContactRow, expected: boolean): { sex?: 'M' | 'F' | 'U' } {
  if (expected) return { sex: 'U' };
  return sex === undefined ? {} : { sex };
}

/**
 * A contact and its link to the child, and for a referral the decision it records. `ordinal`
 * tells rows apart that are equal in every part of the key: two notices of one day from one
 * source are two contacts.
 */
export function planContact(
  extract: Extract,
  row: ContactRow,
  { personId, familyId }: ChildRecord,
  ordinal: number,
): PlannedCommand[] {
  const { list, childId, day, source } = row;
  const id = derivedId('annex-a', extract.authority, childId, list, day, source, ordinal);
  const command = (intent: Intent) => planned(extract, row, derivedId(id, intent.type), intent);
  const contact = { category: 'contact', id } as const;
  const commands = [
    command({
      ...contact,
      type: 'ReceiveContact',
      data: { hub: extract.hub, channel: 'extract', source },
    }),
    // Linked rather than received with the family: the link can be withdrawn once the child is
    // matched.
    command({ ...contact, type: 'LinkContact', data: { familyId, childIds: [personId] } }),
  ];
  if (row.noFurtherAction === undefined) return commands;
  const outcomes: ContactOutcome[] = [row.noFurtherAction ? 'no-further-action' : 'new-referral'];
  const data = { outcomes, rationale: NO_RATIONALE, decidedBy: LOADER };
  return [...commands, command({ ...contact, type: 'DecideContact', data })];
}

const LOADER = 'annex-a-loader';
const NO_RATIONALE =
  'As recorded in list 3 of Annex A. The extract gives no reasons and no decider.';

function planned(
  { hub }: Extract,
  { childId, day }: ContactRow,
  commandId: string,
  intent: Intent,
): PlannedCommand {
  return {
    commandId,
    lane: childId,
    actor: loaderFor(hub),
    intent,
    occurredAt: noonOf(dayNumber(day)),
    occurredPrecision: 'day',
    imported: true,
  };
}

/** Who records: the hub's own system. */
export function loaderFor(hub: string): CommandActor {
  const { organisation } = partsOfRecipient(hub);
  return { id: LOADER, organisation, recipient: hub, role: 'subscriber-system' };
}
