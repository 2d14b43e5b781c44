import type { Role } from '@common-thread/platform/actor';

/** Somebody to sign in as on a demonstration, here and in infra/keycloak. Every one of them is made up. */
export interface DemonstrationUser {
  /** Opaque and stable: the token's `sub`. */
  readonly id: string;
  readonly name: string;
  /** What they do, as they would say it. */
  readonly post: string;
  readonly recipient: string;
  readonly role: Role;
  /** Places worked at; none means the whole organisation. */
  readonly places: readonly string[];
}

/** Typed by everybody; it is printed on the landing page and guards nothing. */
export const demonstrationPassword = 'needle-and-thread';

const hub = 'fairholme-hub.safeguarding-hub';
const larkfield = 'larkfield-centres.childrens-centre';
const brookAndVale = 'brook-and-vale.childrens-centre';
const health = 'fairholme-health.health-visiting';

function user(
  id: string,
  name: string,
  post: string,
  recipient: string,
  role: Role,
  places: readonly string[] = [],
): DemonstrationUser {
  return { id, name, post, recipient, role, places };
}

export const demonstrationUsers: readonly DemonstrationUser[] = [
  user(
    'larkfield-worker-1',
    'Marigold Finch',
    'Family support worker',
    larkfield,
    'centre-worker',
  ),
  user('larkfield-worker-2', 'Barnaby Quill', 'Centre coordinator', larkfield, 'centre-worker'),
  user(
    'larkfield-worker-3',
    'Tansy Copperkettle',
    'Family support worker, Peatcutters',
    larkfield,
    'centre-worker',
    ['peatcutters-centre'],
  ),
  user('brook-worker-1', 'Hazel Thimble', 'Family support worker', brookAndVale, 'centre-worker'),
  user('hub-triage-1', 'Juniper Ashdown', 'MASH officer', hub, 'hub-triage'),
  user('hub-triage-2', 'Fennel Hartwood', 'MASH officer', hub, 'hub-triage'),
  user('hub-manager-1', 'Rowan Larkspur', 'Hub manager', hub, 'hub-manager'),
  user(
    'governance-officer-1',
    'Sorrel Wainwright',
    'Information-governance officer',
    hub,
    'information-governance',
  ),
  user(
    'governance-officer-2',
    'Betony Hartwell',
    'Information-governance officer',
    hub,
    'information-governance',
  ),
  user('health-visitor-1', 'Saffron Birdwhistle', 'Health visitor', health, 'health-visitor'),
  user('health-visitor-2', 'Linden Marsh', 'Health visitor', health, 'health-visitor'),
];
