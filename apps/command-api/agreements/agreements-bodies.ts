import {
  agreementEndReasons,
  agreementNarrowReasons,
  agreementPurposes,
  factKinds,
  lawfulBases,
} from '@common-thread/domain/code-lists';
import type {
  EndAgreement,
  NarrowAgreement,
  SignAgreement,
} from '@common-thread/domain/sharing/agreement';
import {
  Code,
  Codes,
  Day,
  Flag,
  ShortName,
  ShortNames,
  Signatories,
  SomeCodes,
} from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

type Terms = SignAgreement['data'];

/** What is shared, by kind of fact and grade. */
class ScopeBody extends RecordedWhen {
  @SomeCodes(factKinds, {
    optional: true,
    description: 'Kinds of fact of which the fields are told.',
  })
  content?: Terms['content'];

  @SomeCodes(factKinds, { optional: true, description: 'Of which type and dates are told.' })
  notice?: Terms['notice'];

  @SomeCodes(factKinds, {
    optional: true,
    description: 'Of which is told that a service is involved, and no event.',
  })
  existence?: Terms['existence'];

  @Signatories({ description: 'Who signed for each party: `<organisation>/<post>`.' })
  signatories!: Terms['signatories'];
}

export class AgreementBody extends ScopeBody {
  @ShortNames({ description: 'Organisations; what each records is told to the others.' })
  parties!: Terms['parties'];

  @Code(agreementPurposes)
  purpose!: Terms['purpose'];

  @Codes(lawfulBases, { description: 'At least one of UK GDPR Article 6 and one of Article 9.' })
  lawfulBases!: Terms['lawfulBases'];

  @Day({ description: 'The first day in force; gone by already: in force at once.' })
  from!: string;

  @Day({ description: 'The last day in force.' })
  until!: string;

  @Flag({ description: 'Whether what was told under it is withdrawn after its last day.' })
  takesBackAtExpiry!: boolean;
}

export class NarrowedAgreementBody extends ScopeBody {
  @Code(agreementNarrowReasons)
  reason!: NarrowAgreement['data']['reason'];

  @Flag({ description: 'Whether what was told beyond the new version is withdrawn.' })
  takesBack!: boolean;
}

export class EndedAgreementBody extends RecordedWhen {
  @Code(agreementEndReasons)
  reason!: EndAgreement['data']['reason'];

  @ShortName({
    description:
      'The party that ends it: your own organisation, unless you are an officer of a hub.',
  })
  endedBy!: string;

  @Flag({ description: 'Whether what was told under it is withdrawn.' })
  takesBack!: boolean;
}
