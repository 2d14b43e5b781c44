import {
  legalHoldGrounds,
  legalHoldLiftReasons,
  recordClasses,
  shreddingDeclineReasons,
  shreddingGrounds,
} from '@common-thread/domain/erasure/code-lists';
import type {
  DeclineShredding,
  LiftLegalHold,
  PlaceLegalHold,
  ProposeShredding,
} from '@common-thread/domain/erasure/erasure';
import { Code, Codes, Id, ShortName } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

type Proposed = ProposeShredding['data'];

export class LegalHoldBody extends RecordedWhen {
  @Code(legalHoldGrounds)
  ground!: PlaceLegalHold['data']['ground'];
}

export class LiftedHoldBody extends LegalHoldBody {
  @Code(legalHoldLiftReasons)
  reason!: LiftLegalHold['data']['reason'];
}

export class ShreddingBody extends RecordedWhen {
  @ShortName({ description: 'The organisation whose time to keep the records is over.' })
  holder!: string;

  @Codes(recordClasses)
  recordClasses!: Proposed['recordClasses'];

  @Code(shreddingGrounds)
  ground!: Proposed['ground'];
}

export class ConfirmedShreddingBody extends RecordedWhen {
  @Id({ description: 'The proposal, as the list of erasures names it.' })
  proposalId!: string;
}

export class DeclinedShreddingBody extends ConfirmedShreddingBody {
  @Code(shreddingDeclineReasons)
  reason!: DeclineShredding['data']['reason'];
}
