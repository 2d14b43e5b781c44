import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';

export default async function teardown() {
  const run = process.env.COMMON_THREAD_TEST_RUN;
  if (run) await endRun(run);
}

/**
 * Ends the servers started below a run's directory and removes it. Their data is of no more use.
 */
export async function endRun(run) {
  for (const file of filesBelow(run, 3, 'engine.pid')) endEngine(file);
  for (const lock of filesBelow(run, 2, 'postmaster.pid')) {
    const gone = whenGone(lock);
    try {
      process.kill(Number(fs.readFileSync(lock, 'utf8').split('\n')[0]), 'SIGQUIT');
    } catch {
      continue; // it is gone already
    }
    await gone;
  }
  fs.rmSync(run, { recursive: true, force: true, maxRetries: 5 });
}

function filesBelow(directory, depth, name) {
  return fs.readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const found = path.join(directory, entry.name);
    if (entry.isDirectory()) return depth > 0 ? filesBelow(found, depth - 1, name) : [];
    return entry.name === name ? [found] : [];
  });
}

/** A Java engine (infra/local) that a test file did not come to stop. */
function endEngine(pidFile) {
  try {
    process.kill(Number(fs.readFileSync(pidFile, 'utf8')), 'SIGKILL');
  } catch {
    // it is gone already
  }
}

/** Resolves when the server has removed its lock file, the last thing it does, or after 5 s. */
async function whenGone(lock) {
  const watcher = fs.watch(path.dirname(lock), { signal: AbortSignal.timeout(5_000) });
  watcher.on('error', () => undefined);
  while (fs.existsSync(lock)) {
    await Promise.race([once(watcher, 'change'), once(watcher, 'close')]);
    if (!fs.existsSync(lock)) break;
  }
  watcher.close();
}
