import { mkdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  demonstrationPassword,
  demonstrationUsers,
} from '../../apps/sign-in/demonstration-users.js';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** A desk and a telephone. */
const widths = [1280, 375] as const;

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly {
      readonly target: readonly string[];
      readonly failureSummary: string;
    }[];
  }[];
}

/**
 * What is wrong with a page, at both widths: violations of WCAG 2.2 AA that axe can find, and content that
 * does not fit. Nothing where all is well. Pictures go to COMMON_THREAD_TEST_PICTURES where that is set.
 */
export async function faultsOf(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    faults.push(...(await axeFaults(page)).map((fault) => `${name} at ${width}: ${fault}`));
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    if (Number(wide) > width)
      faults.push(`${name} at ${width}: scrolls sideways to ${String(wide)}`);
    await picture(page, `${name}-${width}`);
  }
  return faults;
}

async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} on ${target.join(' ')}: ${failureSummary}`),
  );
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.COMMON_THREAD_TEST_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Everything on the page that takes the keyboard, in the order it is reached from the top. */
export async function keyboardStops(page: Page, most = 200): Promise<string[]> {
  await page.evaluate('document.activeElement && document.activeElement.blur()');
  const stops: string[] = [];
  for (let index = 0; index < most; index += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate<string | null>(
      `(() => {
        const e = document.activeElement;
        if (!e || e === document.body) return null;
        return [e.tagName.toLowerCase(), e.id || e.getAttribute('name') || e.textContent.trim()].join(' ');
      })()`,
    );
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
}

/** Signs in through the issuer's own page, by hand. */
export async function signInAs(page: Page, start: URL, userId: string): Promise<void> {
  await page.goto(start.href);
  await signInHere(page, start, userId);
}

/** Signs in on the issuer's page that is open, and waits for the app to be back. */
export async function signInHere(page: Page, app: URL, userId: string): Promise<void> {
  const user = demonstrationUsers.find(({ id }) => id === userId);
  if (!user) throw new Error(`nobody is called ${userId}`);
  await page.getByLabel(user.name).check();
  await page.getByLabel('Demonstration password', { exact: true }).fill(demonstrationPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.port === app.port);
}
