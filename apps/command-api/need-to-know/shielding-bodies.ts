import {
  addressConfidentialityEndings,
  addressConfidentialityGrounds,
} from '@common-thread/domain/need-to-know/codes';
import type {
  EndAddressConfidentiality,
  MakeAddressConfidential,
} from '@common-thread/domain/need-to-know/shielding';
import { Code } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

export class ConfidentialAddressBody extends RecordedWhen {
  @Code(addressConfidentialityGrounds, { description: 'Told to hubs alone.' })
  ground!: MakeAddressConfidential['data']['ground'];
}

export class EndedConfidentialityBody extends RecordedWhen {
  @Code(addressConfidentialityEndings)
  reason!: EndAddressConfidentiality['data']['reason'];
}
