import fs from 'node:fs';

/**
 * Ends what an earlier run of this ledger left running when it was killed: processes of ours that carry its
 * mark in their environment. Linux alone lets us look there; elsewhere whoever kills a run ends them.
 */
export function endWhatWasLeft(mark: string): number {
  if (!fs.existsSync('/proc/self/environ')) return 0;
  const left = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => environmentOf(pid).includes(`COMMON_THREAD_FAULTS_MARK=${mark}`));
  for (const pid of left) process.kill(Number(pid), 'SIGKILL');
  return left.length;
}

function environmentOf(pid: string): readonly string[] {
  try {
    return fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return []; // it ended meanwhile, or is nobody's business of ours
  }
}
