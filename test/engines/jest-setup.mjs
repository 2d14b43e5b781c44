import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endRun } from './jest-teardown.mjs';

const PREFIX = 'common-thread-jest-';

/**
 * Gives a jest run a directory of its own, in which the first test file that needs PostgreSQL
 * starts it (test/engines/postgres.ts), and clears away what a killed run left behind. Plain
 * JavaScript, because jest loads it before its transforms.
 */
export default async function setup() {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : NaN);
    if (Number.isInteger(pid) && !isAlive(pid)) await endRun(path.join(os.tmpdir(), name));
  }
  const run = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  fs.chmodSync(run, 0o755); // under root the server runs as another user
  process.env.COMMON_THREAD_TEST_RUN = run;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
