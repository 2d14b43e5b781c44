import { answerReferral } from './answer-referral.js';
import { openContact } from './open-contact.js';
import type { Reaction } from './reaction.js';
import { scheduleReviews } from './schedule-reviews.js';

/** Every reaction. A new one reacts from where the others have got to, not to the past. */
export const reactions: readonly Reaction[] = [openContact, answerReferral, scheduleReviews];
