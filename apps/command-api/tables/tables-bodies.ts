import type { SwitchTable } from '@common-thread/domain/sharing/table';
import { Signatory, Version } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

export class SwitchBody extends RecordedWhen {
  @Version({ description: 'The version that is to be in force: a released one.' })
  tableVersion!: SwitchTable['data']['tableVersion'];

  @Version({ description: 'The version that is in force, as whoever signed was shown it.' })
  insteadOf!: SwitchTable['data']['insteadOf'];

  @Signatory({ description: 'Who signed: `<organisation>/<post>`.' })
  signedBy!: SwitchTable['data']['signedBy'];
}
