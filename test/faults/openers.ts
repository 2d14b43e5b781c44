import { setTimeout as pause } from 'node:timers/promises';
import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import type { Random } from '../../apps/standalone/seeding/random.js';
import { readBox } from '../../apps/vault/boxes/box.js';
import { isBox } from '@common-thread/eventing/sealing';
import type { Purpose, Revealed, RevealRequest } from '@common-thread/platform/revealing';
import type { Reachable } from '../journeys/whole-system.js';
import { BROOK, HEALTH, HUB, LARKFIELD } from '../journeys/whole-system.js';
import type { Door } from './door.js';
import type { Recorder } from './load-record.js';
import type { Opening } from './observed.js';
import { askToOpen } from './revealing.js';
import type { Submitter } from './submitter.js';

interface Opener {
  readonly user: string;
  readonly recipient: string;
  readonly purpose: Purpose;
}

/** Who opens what their own agency was told, and what for. */
const openers: readonly Opener[] = [
  { user: 'hub-triage-1', recipient: HUB, purpose: 'triage' },
  { user: 'hub-manager-1', recipient: HUB, purpose: 'look-up' },
  { user: 'larkfield-worker-1', recipient: LARKFIELD, purpose: 'centre-support' },
  { user: 'larkfield-worker-2', recipient: LARKFIELD, purpose: 'referral-feedback' },
  { user: 'brook-worker-1', recipient: BROOK, purpose: 'centre-support' },
  { user: 'health-visitor-1', recipient: HEALTH, purpose: 'direct-care' },
];

/** Begins the name of every page that is opened under load; each call has a page of its own. */
export const OPENINGS = 'openings/';
/** Rows kept to choose from, the latest of each agency. */
const ROWS_KEPT = 200;
/** Of a page. */
const ROWS_AT_ONCE = 5;
const TRY_AGAIN_MS = 20;
/** What was shown is read before the next is asked for; nothing is made up for while all is down. */
const READS_MS_MAX = 120;
const LINE = /^(family|contact)\//;

/** What sealed things each agency was told of, as its reader sees them. */
export class SealedRows {
  readonly #rows = new Map<string, CloudEvent[]>();

  saw(recipient: string, row: CloudEvent): void {
    if (!LINE.test(row.partitionkey) || requestsOf(row).length === 0) return;
    const rows = this.#rows.get(recipient) ?? [];
    this.#rows.set(recipient, rows);
    rows.push(row);
    if (rows.length > ROWS_KEPT) rows.shift();
  }

  of(recipient: string): readonly CloudEvent[] {
    return this.#rows.get(recipient) ?? [];
  }
}

export interface OpeningOptions {
  readonly system: Reachable;
  readonly door: Door;
  readonly submitter: Pick<Submitter, 'token'>;
  readonly record: Recorder;
  readonly random: Random;
  readonly sealed: SealedRows;
}

/**
 * People who open what is sealed, one at a time: whatever ends the vault cuts one call off at most, so that
 * entries of what was never shown are no more than what was ended.
 */
export async function openAllAlong(
  options: OpeningOptions & {
    readonly shift: string;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { shift, signal, random } = options;
  for (let nth = 0; !signal.aborted; nth += 1) {
    await openOnce(options, random.pick(openers), `${shift}/${nth}`);
    await pause(random.integer(0, READS_MS_MAX));
  }
}

/** Somebody of an agency opens something, again and again until they are shown it. */
export async function openUntilShown(
  options: OpeningOptions,
  recipient: string,
  name: string,
): Promise<void> {
  const opener = openers.find((each) => each.recipient === recipient);
  if (!opener) throw new Error(`nobody opens anything at ${recipient}`);
  for (let nth = 0; !(await openOnce(options, opener, `${name}/${nth}`)); nth += 1);
}

/** One call, recorded before and after; false where it was not answered, or there is nothing to open. */
async function openOnce(
  { system, door, submitter, record, random, sealed }: OpeningOptions,
  { user, recipient, purpose }: Opener,
  name: string,
): Promise<boolean> {
  const known = sealed.of(recipient);
  if (known.length === 0) {
    await pause(TRY_AGAIN_MS);
    return false;
  }
  const first = random.integer(0, known.length - 1);
  const rows = known.slice(first, first + random.integer(1, ROWS_AT_ONCE));
  const requests = rows.flatMap(requestsOf);
  const about = [...new Set(rows.map(({ partitionkey }) => partitionkey))];
  const opening: Opening = { page: `${OPENINGS}${name}`, user, asked: requests.length };
  await door.whenOpen();
  const token = await submitter.token(user);
  record({ kind: 'opening', opening });
  try {
    const page = { purpose, page: opening.page, about, requests };
    const response = await askToOpen(system, token, page);
    if (response.status === 200) {
      const { revealed } = (await response.json()) as { readonly revealed: readonly Revealed[] };
      const outcomes = revealed.map((each) => ('text' in each ? 'granted' : each.withheld));
      record({ kind: 'opened', page: opening.page, outcomes });
      return true;
    }
    await response.text();
  } catch {
    // It was killed meanwhile: whether there is an entry, the audit knows.
  }
  await pause(TRY_AGAIN_MS);
  return false;
}

/** Its sealed fields, each by its original name. */
function requestsOf({ partitionkey: line, data }: CloudEvent): RevealRequest[] {
  return Object.values(data ?? {}).flatMap((value) => {
    if (typeof value !== 'string' || !isBox(value)) return [];
    const field = readBox(value)?.header.field;
    return field === undefined ? [] : [{ box: value, field, line }];
  });
}
