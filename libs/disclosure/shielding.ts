import type { RecipientId } from '@common-thread/domain/identifiers';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import { partsOf } from './parts.js';
import type { Policy } from './policy.js';
import { familiesOfStream, isHub, isOpen } from './policy.js';

/*
 * What is hidden within a record that may be read: where a family lives whose address is confidential, and
 * who referred. An abuser, or somebody who knows one, may work anywhere or ask anybody who does.
 */

/** What gives away where somebody lives. */
const addressFields = ['address', 'postcode'];
/** Who got in touch, by the event that says so. */
const referrerFields: Readonly<Record<string, string>> = {
  ContactReceived: 'callerDetails',
  ReferralRaised: 'referrerContact',
};

/** Whether nobody but a hub may know where a family lives. */
export function isAddressConfidential(policy: Policy, familyId: string): boolean {
  const stream = policy.streams.get(streamIdOf('shielding', familyId));
  return stream !== undefined && isOpen(policy, stream);
}

/** The fields of those of a family's line that a recipient may be told now. */
export function withoutConfidential(
  policy: Policy,
  recipient: RecipientId,
  familyId: string | null,
  fields: readonly string[],
): readonly string[] {
  if (familyId === null || isHub(recipient) || !isAddressConfidential(policy, familyId)) {
    return fields;
  }
  return fields.filter((field) => !addressFields.includes(field));
}

/** A sealed field, by where it was recorded. */
interface Field {
  readonly eventType: string;
  readonly streamId: string;
  readonly field: string;
}

/** What somebody asks for a field for, and as whom. */
export interface Asking {
  /** To work on a matter, not to look somebody up. */
  readonly isInHand: boolean;
  /** A manager can ring back whoever asked that nobody be told who they are. */
  readonly isManager: boolean;
}

/**
 * Whether a field that a recipient was told is one to open for the matter in hand alone, and that
 * matter is not what it is asked for; or one that is for a manager then.
 */
export function isShielded(
  policy: Policy,
  recipient: RecipientId,
  { eventType, streamId, field }: Field,
  { isInHand, isManager }: Asking,
): boolean {
  const mayWorkOn = isHub(recipient) && isInHand;
  if (addressFields.includes(field)) {
    const families = familiesOfStream(policy, streamId);
    return !mayWorkOn && families.some((familyId) => isAddressConfidential(policy, familyId));
  }
  if (referrerFields[eventType] !== field) return false;
  // Whoever referred knows who that was.
  if (!isHub(recipient)) return !partsOf(policy, recipient, streamId).includes('referrer');
  const matter = policy.streams.get(streamId);
  if (!mayWorkOn || matter === undefined || !isOpen(policy, matter)) return true;
  return policy.anonymous.has(streamId) && !isManager;
}
