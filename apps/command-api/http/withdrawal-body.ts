import { withdrawalReasons } from '@common-thread/domain/code-lists';
import type { WithdrawRecord } from '@common-thread/domain/record-withdrawn';
import { Code, Id } from './body-fields.js';
import { RecordedWhen } from './recorded-when.js';

/** Takes back something recorded in error. */
export class WithdrawalBody extends RecordedWhen {
  @Id({ description: 'The record to withdraw, by its `occurrenceid` in the caller’s feed.' })
  record!: string;

  @Code(withdrawalReasons)
  reason!: WithdrawRecord['data']['reason'];
}
