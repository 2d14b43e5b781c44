import type { RecipientId } from '@common-thread/domain/identifiers';

/** One agency of the demonstration county: a record and an instance of its app. */
export interface DemonstrationAgency {
  readonly recipient: RecipientId;
  readonly name: string;
  /** Added to the base port. */
  readonly portOffset: number;
  /** What its people do here, for the landing page. */
  readonly purpose: string;
}

/** The fictional county of Fairholme. */
export const demonstrationAgencies: readonly DemonstrationAgency[] = [
  {
    recipient: 'fairholme-hub.safeguarding-hub',
    name: 'Fairholme Safeguarding Hub',
    portOffset: 11,
    purpose: 'Rate and decide contacts with the whole household’s history beside them.',
  },
  {
    recipient: 'larkfield-centres.childrens-centre',
    name: 'Larkfield Family Centres',
    portOffset: 12,
    purpose: 'See your families, refer one to the hub, and hear what became of it.',
  },
  {
    recipient: 'brook-and-vale.childrens-centre',
    name: 'Brook & Vale Children’s Centres',
    portOffset: 13,
    purpose: 'The county’s other provider of centres: the same app, another organisation.',
  },
  {
    recipient: 'fairholme-health.health-visiting',
    name: 'Fairholme Community Health NHS Trust',
    portOffset: 14,
    purpose: 'Health visitors: a caseload, what is new on it, and the reviews that are due.',
  },
];

/** @throws where nobody of that name is in the county */
export function agencyOf(recipient: RecipientId): DemonstrationAgency {
  const agency = demonstrationAgencies.find((candidate) => candidate.recipient === recipient);
  if (!agency) throw new Error(`the county has no ${recipient}`);
  return agency;
}

/** A partner's system that reads the trust's feed, for trying the interface with curl. */
export const demonstrationSystem = {
  clientId: 'fairholme-health-feed-reader',
  recipient: 'fairholme-health.health-visiting',
} as const;
