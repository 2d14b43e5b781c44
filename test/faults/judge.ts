import type { Finding } from './finding.js';
import { judgeAudit } from './judge-audit.js';
import { judgeFeeds } from './judge-feeds.js';
import { judgeLog } from './judge-log.js';
import { judgeReads } from './judge-reads.js';
import type { ObservedHistory } from './observed.js';

/** Everything that is wrong with a history; nothing where every promise was kept. */
export function judge(history: ObservedHistory): Finding[] {
  return [
    ...judgeLog(history),
    ...judgeReads(history),
    ...judgeFeeds(history),
    ...judgeAudit(history),
  ];
}
