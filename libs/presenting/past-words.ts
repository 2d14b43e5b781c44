import type * as codes from '@common-thread/domain/code-lists';
import type { Words } from './code-words.js';

export const redisclosureWords: Words<typeof codes.redisclosureReasons> = {
  'table-changed': 'the table lets more be told',
  'agreement-signed': 'an agreement signed since lets it be told',
  'consent-recorded': 'the family has consented since',
  'withdrawn-in-error': 'it had been withdrawn in error',
};

export const pastWithdrawalWords: Words<typeof codes.pastWithdrawalReasons> = {
  'table-changed': 'the table no longer lets it be told',
  'told-in-error': 'it should not have been told',
  'regulator-asked': 'a regulator asked for it',
};
