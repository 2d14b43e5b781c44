import {
  groundsNotInformed,
  levelsOfNeed,
  parentsInformed,
  primaryNeeds,
  statementTypes,
} from '@common-thread/domain/code-lists';
import type { RaiseReferral } from '@common-thread/domain/referral/referral';
import { Code, Id, Ids, Recipient, Words } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

type Raised = RaiseReferral['data'];
const optional = { optional: true } as const;

export class ReferralBody extends RecordedWhen {
  @Id()
  familyId!: string;

  @Ids({ description: 'The children it is about: members of the family.' })
  childIds!: string[];

  @Recipient({ description: 'The hub, such as `fairholme-hub.safeguarding-hub`.' })
  to!: string;

  @Code(primaryNeeds)
  need!: Raised['need'];

  @Code(levelsOfNeed)
  level!: Raised['level'];

  @Code(statementTypes)
  statement!: Raised['statement'];

  @Code(parentsInformed)
  parentsInformed!: Raised['parentsInformed'];

  @Code(groundsNotInformed, {
    optional: true,
    description: 'Needed where the parents have not been told.',
  })
  groundNotInformed?: NonNullable<Raised['groundNotInformed']>;

  @Words({ description: 'What the worry is.' })
  concern!: string;

  @Words({ optional: true, description: 'What has been tried and what came of it.' })
  supportTried?: string;

  @Words({ optional: true, description: 'How the family may be reached safely.' })
  safeContact?: string;

  @Words(optional)
  referrerContact?: string;
}
