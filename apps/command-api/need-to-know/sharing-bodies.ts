import {
  contactChannels,
  factKinds,
  groundsNotInformed,
  parentsInformed,
} from '@common-thread/domain/code-lists';
import {
  agencyKinds,
  reasonsNotToShare,
  sharingConsents,
  whoseViews,
} from '@common-thread/domain/need-to-know/codes';
import type {
  DecideNotToShare,
  DecideToShare,
  RecordConsent,
  RecordViews,
} from '@common-thread/domain/need-to-know/family-sharing';
import { Code, Codes, Flag, Id, Recipient, ShortNames, Words } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

type Shared = DecideToShare['data'];
type Views = RecordViews['data'];
const optional = { optional: true } as const;

class AgencyBody extends RecordedWhen {
  @Code(agencyKinds, { description: 'With whom.' })
  agency!: Shared['agency'];

  @Recipient({ optional: true, description: 'Where it is one that takes part.' })
  recipient?: string;
}

export class SharedBody extends AgencyBody {
  @Code(contactChannels)
  channel!: Shared['channel'];

  @Code(sharingConsents, { description: 'Where it was given, a consent must stand.' })
  consent!: Shared['consent'];

  @Code(groundsNotInformed, {
    optional: true,
    description: 'Needed unless somebody consented: why it is shared all the same.',
  })
  groundOverridden?: NonNullable<Shared['groundOverridden']>;

  @Words()
  reason!: string;

  @Words({ description: 'Exactly what was sent.' })
  words!: string;
}

export class NotSharedBody extends AgencyBody {
  @Code(reasonsNotToShare)
  because!: DecideNotToShare['data']['because'];

  @Words()
  reason!: string;
}

export class ViewsBody extends RecordedWhen {
  @Code(whoseViews)
  whose!: Views['whose'];

  @Code(parentsInformed, { description: 'Whether they know, and what they said.' })
  informed!: Views['informed'];

  @Code(groundsNotInformed, {
    optional: true,
    description: 'Needed where they do not know: why not.',
  })
  groundNotInformed?: NonNullable<Views['groundNotInformed']>;

  @Words({ ...optional, description: 'What they said, in their words.' })
  words?: string;
}

export class ConsentBody extends RecordedWhen {
  @Code(whoseViews, { description: 'Who gave it.' })
  whose!: RecordConsent['data']['whose'];

  @ShortNames({ description: 'The organisations that may tell each other.' })
  parties!: string[];

  @Codes(factKinds, { description: 'What of the family they may tell each other.' })
  content!: RecordConsent['data']['content'];

  @Words({ description: 'What was asked and what was said.' })
  words!: string;
}

export class WithdrawnConsentBody extends RecordedWhen {
  @Id({ description: 'As the answer to recording it, or a feed, gives it.' })
  consentId!: string;

  @Flag({ description: 'Whether what was told under it is withdrawn.' })
  takesBack!: boolean;
}
