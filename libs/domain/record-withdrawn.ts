import Type from 'typebox';
import type { EventShape } from '@common-thread/eventing/event-shapes';
import { WithdrawalReason } from './code-lists.js';
import { Uuid } from './identifiers.js';

/** Something recorded in error no longer counts. It stays in the log; everyone told of it is told of its withdrawal. */
export const RecordWithdrawn = {
  version: 1,
  targets: 'withdraws',
  data: Type.Object(
    { withdraws: Uuid, reason: WithdrawalReason },
    { additionalProperties: false },
  ),
} as const satisfies EventShape;
