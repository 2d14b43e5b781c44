import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, workspaceRoot } from './workspace.js';

/** What the pages link to: both design systems' compiled styles without the licensed typeface, then ours. */
export function stylesheet(): string {
  const govuk = join(packageRoot('govuk-frontend'), 'dist/govuk/govuk-frontend.min.css');
  const moj = join(packageRoot('@ministryofjustice/frontend'), 'moj/moj-frontend.min.css');
  const own = join(workspaceRoot(), 'libs/platform/pages/assets/common-thread.css');
  const parts = [govuk, moj].map((path) => withoutTypeface(readFileSync(path, 'utf8')));
  return [...parts, readFileSync(own, 'utf8')].join('\n');
}

/** GDS Transport is licensed to services on GOV.UK only; everybody else uses Arial. */
export function withoutTypeface(css: string): string {
  return css
    .replaceAll(/@font-face\s*\{[^}]*\}/g, '')
    .replaceAll(/["']?GDS Transport["']?\s*,\s*/g, '')
    .replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, '');
}
