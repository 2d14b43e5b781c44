import type { StoredEvent } from '@common-thread/eventing/event-log';
import { logOf } from '../../disclosure/county/happening.js';
import { recipients } from '../../disclosure/county/places.js';
import { must, nameRow } from '../../disclosure/invariants/broken.js';
import { checkDirectory } from '../../disclosure/invariants/directory.js';
import { checkEntitlement } from '../../disclosure/invariants/entitlement.js';
import { checkExistence } from '../../disclosure/invariants/existence.js';
import { checkFeed } from '../../disclosure/invariants/feeds.js';
import { checkFollowUps } from '../../disclosure/invariants/follow-ups.js';
import { checkRows } from '../../disclosure/invariants/rows.js';
import { subjectOf } from '../../disclosure/invariants/subject.js';
import type { Feeds } from '../../disclosure/running/plain-run.js';
import { bytesOf, feedsIn, feedsOf } from '../../disclosure/running/plain-run.js';
import { Truth } from '../../disclosure/truth/truth.js';
import type { Disks } from '../world/disks.js';
import { happeningsOf } from './happenings.js';

/** Everybody was told what the table declares, when it was due, and what was told stays. @throws Broken */
export async function checkFeeds(events: readonly StoredEvent[], disks: Disks): Promise<Feeds> {
  const log = logOf(happeningsOf(events));
  const truth = new Truth(log);
  const feeds = await feedsIn(disks.relay, log);
  const plain = await feedsOf(events, log);
  for (const recipient of recipients) {
    const feed = feeds.get(recipient.id)!;
    for (const ran of feed) {
      const first = disks.relay.firstServed.get(ran.row.envelope.id);
      must(first?.hash === ran.row.hash, 'a row keeps its bytes', () => nameRow(ran));
    }
    const subject = subjectOf(truth, recipient, feed);
    checkFeed(subject);
    checkRows(subject, 'at any time');
    checkFollowUps(subject);
    checkExistence(subject);
    checkEntitlement(subject);
    checkDirectory(subject);
    must(
      bytesOf(plain.get(recipient.id)!) === bytesOf(feed),
      'a killed relay writes the same bytes',
      recipient.id,
    );
  }
  return feeds;
}
