import type { CommandContext } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { audienceRefusal } from '../audience-rule.js';
import { listRefusal, textRefusal } from '../limits.js';
import type { ContactEvent } from './events.js';

type Reception = Omit<DataOf<ContactEvent, 'ContactReceived'>, 'reference'>;

/** Source "anonymous" (children in need census). */
const ANONYMOUS = '9';

/** Refuses what nobody could have received so. */
export function receptionRefusal(data: Reception, context: CommandContext): Refusal | undefined {
  return (
    audienceRefusal(data.hub, 'safeguarding-hub', '/hub') ??
    familyRefusal(data) ??
    anonymityRefusal(data) ??
    concernRefusal(data, context) ??
    textRefusal(data.concern, '/concern') ??
    textRefusal(data.describedAs, '/describedAs') ??
    textRefusal(data.callerDetails, '/callerDetails')
  );
}

/**
 * Family and children are known together or not at all; a referral always names both and who
 * raised it.
 */
function familyRefusal(data: Reception): Refusal | undefined {
  const { familyId, childIds, referralId, referrer } = data;
  if ((familyId === undefined) !== (childIds === undefined)) {
    return new Refusal(
      'contact/family-without-children',
      'Name the family and the children together, or neither and link them later.',
      familyId === undefined ? '/familyId' : '/childIds',
    );
  }
  if (referralId !== undefined && (familyId === undefined || referrer === undefined)) {
    return new Refusal(
      'contact/referral-incomplete',
      'A contact opened by a referral names its referrer, family and children.',
      '/referralId',
    );
  }
  return childIds && listRefusal(childIds, '/childIds');
}

/** Whoever asked not to be known is not written down. */
function anonymityRefusal(data: Reception): Refusal | undefined {
  const named = data.callerDetails ?? data.referrer;
  if (data.source !== ANONYMOUS || named === undefined) return undefined;
  return new Refusal(
    'contact/anonymous-yet-named',
    'An anonymous contact names nobody. Leave out who got in touch, or choose the source that ' +
      'fits.',
    '/source',
  );
}

/** The words of a referral stay with the referral; extracts hold none. */
function concernRefusal(
  { concern, describedAs, referralId }: Reception,
  { imported }: CommandContext,
): Refusal | undefined {
  if (concern ?? describedAs ?? referralId ?? imported) return undefined;
  return new Refusal('contact/concern-missing', 'Say what the contact is about.', '/concern');
}
