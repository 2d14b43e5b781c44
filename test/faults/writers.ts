import { centreWorker } from './centre-worker.js';
import { healthVisitor } from './health-visitor.js';
import { manager, telephone, triage } from './hub-workers.js';
import type { Work } from './work.js';

/** Eight people at work until the signal; resolves when the last command of each is answered. */
export async function allWriters(work: Work): Promise<void> {
  await Promise.all([
    centreWorker(work, 'larkfield-worker-1'),
    centreWorker(work, 'larkfield-worker-2'),
    centreWorker(work, 'brook-worker-1'),
    healthVisitor(work, 'health-visitor-1'),
    healthVisitor(work, 'health-visitor-2'),
    telephone(work, 'hub-triage-1'),
    triage(work, 'hub-triage-2'),
    manager(work, 'hub-manager-1'),
  ]);
}
