import type { County } from './county.js';
import type { Child } from './what-happens.js';
import { onlyMember } from './what-happens.js';

/** A family that nobody but the hub has ever been told of. */
export interface Restricted {
  readonly familyId: string;
  readonly contactId: string;
  readonly childId: string;
  readonly membershipId: string;
  /** A sealed name of the child, as the log holds it. */
  readonly box: string;
  /** The hub goes on working with it while everybody else works. */
  goesOn(): Promise<void>;
}

/** The hub hears of a family, knows who they are, and restricts what is known before anybody else is told. */
export async function hide(county: County, child: Child): Promise<Restricted> {
  const contact = await county.record('hub-triage-1', '/v1/contacts', {
    channel: 'phone',
    source: '2A',
    describedAs: `A girl called ${child.givenName} and her mother`,
    concern: 'They have fled',
  });
  const contactId = String(contact.body.id);
  await county.record('hub-triage-1', `/v1/contacts/${contactId}/links`, {
    person: child,
    address: '3 Nowhere Row',
  });
  const { rows } = await county.pool.query<{ family: string }>(
    `select data->>'familyId' as family from log.events where stream = $1 and type = 'ContactLinked'`,
    [`contact-${contactId}`],
  );
  const member = await onlyMember(county, rows[0]?.family ?? '');
  const { familyId, childId, membershipId } = member;
  await county.record('hub-manager-1', `/v1/restrictions/${familyId}`, {
    ground: 'witness-protection',
    authority: 'service-manager',
    speakTo: 'hub-manager',
    reviewOn: '2027-01-20',
  });
  return {
    ...member,
    contactId,
    goesOn: async () => {
      await county.record('hub-manager-1', `/v1/memberships/${membershipId}/address`, {
        address: '4 Elsewhere Row',
      });
      await county.record('hub-manager-1', `/v1/restrictions/${familyId}/reviews`, {
        authority: 'head-of-service',
        reviewOn: '2027-01-25',
      });
      await county.record('hub-triage-1', '/v1/contacts', {
        channel: 'phone',
        source: '1B',
        familyId,
        childIds: [childId],
        concern: 'Seen at the station',
      });
    },
  };
}
