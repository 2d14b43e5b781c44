import {
  factKinds,
  pastWithdrawalReasons,
  redisclosureReasons,
} from '@common-thread/domain/code-lists';
import type {
  RedisclosePast,
  SwitchTable,
  WithdrawPast,
} from '@common-thread/domain/sharing/table';
import {
  Code,
  Codes,
  Day,
  Signatory,
  SomeRecipients,
  Version,
  Versions,
} from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

const signed = { description: 'Who signed: `<organisation>/<post>`.' };

export class SwitchBody extends RecordedWhen {
  @Version({ description: 'The version that is to be in force: a released one.' })
  tableVersion!: SwitchTable['data']['tableVersion'];

  @Version({ description: 'The version that is in force, as whoever signed was shown it.' })
  insteadOf!: SwitchTable['data']['insteadOf'];

  @Signatory(signed)
  signedBy!: SwitchTable['data']['signedBy'];
}

type Past = WithdrawPast['data'];

/** Which of what was recorded is meant, and for whom. */
class PastBody extends RecordedWhen {
  @Version({ description: 'The version that is in force, as whoever signed was shown it.' })
  tableVersion!: Past['tableVersion'];

  @Versions({ description: 'Meant is what was recorded while one of these was in force.' })
  recordedUnder!: Past['recordedUnder'];

  @Codes(factKinds, { description: 'The kinds of fact that are meant.' })
  kinds!: Past['kinds'];

  @SomeRecipients({ description: 'The recipients that are meant.' })
  recipients!: Past['recipients'];

  @Signatory(signed)
  signedBy!: Past['signedBy'];
}

export class RedisclosureBody extends PastBody {
  @Day({ description: 'The first day on which what is meant was recorded.' })
  from!: RedisclosePast['data']['from'];

  @Day({ description: 'The last day on which what is meant was recorded.' })
  until!: RedisclosePast['data']['until'];

  @Code(redisclosureReasons)
  reason!: RedisclosePast['data']['reason'];
}

export class PastWithdrawalBody extends PastBody {
  @Code(pastWithdrawalReasons)
  reason!: WithdrawPast['data']['reason'];
}
