import type { Role } from '@common-thread/platform/actor';
import { demonstrationAgencies, demonstrationSystem } from '../../apps/standalone/agencies.js';
import type { DemonstrationUser } from '../../apps/sign-in/demonstration-users.js';
import { demonstrationPassword } from '../../apps/sign-in/demonstration-users.js';
import { PlainBrowser } from '../browser/plain-browser.js';
import { tokenFor } from '../journeys/whole-system.js';
import type { County } from './county.js';
import type { Reader } from './reading.js';

/** Somebody signed in, by their token. */
export async function signedIn(county: County, id: string): Promise<Reader> {
  return { name: id, token: await county.tokenOf(id) };
}

/** The same person in a browser: a session's cookies and no token. */
export async function inBrowser(
  { standalone }: County,
  { id, recipient }: DemonstrationUser,
): Promise<Reader> {
  const browser = new PlainBrowser();
  const asked = await browser.open(standalone.agencyAddress(recipient));
  const there = await browser.post(asked.address, { user: id, password: demonstrationPassword });
  if (there.status !== 200)
    throw new Error(`${id} was not signed in: ${there.address.pathname} answered ${there.status}`);
  return { name: `${id} in a browser`, cookies: browser.cookies };
}

/** An audience that nobody of the county belongs to, as a partner's subscription may. */
const BOARD = 'fairholme-board.partnership-board';

/**
 * Systems with client credentials of their own: of each agency the partner's that reads its feed, and the one
 * its pages run as; and one of an organisation that is told of no family.
 */
export function systemsOf(
  county: County,
  isAmong: (recipient: string) => boolean = () => true,
): Promise<readonly Reader[]> {
  const recipients = demonstrationAgencies.map(({ recipient }) => recipient).filter(isAmong);
  const bearers: readonly (readonly [string, string, Role])[] = [
    ...recipients.map((to) => [systemIdOf(to), to, 'subscriber-system'] as const),
    ...recipients.map((to) => [to, to, 'agency-pages'] as const),
    [`${BOARD}-feed-reader`, BOARD, 'subscriber-system'],
  ];
  return Promise.all(
    bearers.map(async ([id, recipient, role]) => ({
      name: `${recipient} as ${role}`,
      token: await tokenFor(county.standalone, {
        id,
        recipient,
        role,
        places: [],
        kind: 'system',
      }),
    })),
  );
}

function systemIdOf(recipient: string): string {
  return recipient === demonstrationSystem.recipient
    ? demonstrationSystem.clientId
    : `${recipient.replace(/\..*/, '')}-feed-reader`;
}
