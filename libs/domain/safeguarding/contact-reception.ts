import type { CommandContext } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import { publicSources } from '../code-lists.js';
import { audienceRefusal } from '../audience-rule.js';
import { listRefusal, textRefusal } from '../limits.js';
import type { ReceiveContact } from './contact.js';

type Reception = ReceiveContact['data'];

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

/** Whoever would not say who they are is not written down; a professional answers for what they say. */
function anonymityRefusal(data: Reception): Refusal | undefined {
  if (data.wishesAnonymity && !publicSources.some((code) => code === data.source)) {
    return new Refusal(
      'contact/not-a-member-of-the-public',
      'Only a member of the public may ask to stay anonymous, once they have said who they are. Choose ' +
        'the source that fits, or leave the wish out.',
      '/wishesAnonymity',
    );
  }
  if (data.wishesAnonymity && data.callerDetails === undefined) {
    return new Refusal(
      'contact/nobody-to-keep',
      'Write down who asked to stay anonymous, or choose the source of an anonymous contact.',
      '/callerDetails',
    );
  }
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
