import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { packageRoot, workspaceRoot } from './workspace.js';

/**
 * Nunjucks over the apps' own folders, our layout and the two design systems. A template is named by its
 * path from `apps`: `safeguarding-hub/triage-queue/triage-queue.njk`.
 */
export class Templates {
  readonly #environment: nunjucks.Environment;

  constructor() {
    const root = workspaceRoot();
    const folders = [
      join(root, 'apps'),
      join(root, 'libs/platform/pages/templates'),
      join(root, 'libs/presenting/templates'),
      join(packageRoot('govuk-frontend'), 'dist'),
      packageRoot('@ministryofjustice/frontend'),
    ];
    this.#environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), {
      autoescape: true,
      trimBlocks: true,
      lstripBlocks: true,
    });
  }

  render(template: string, context: object): string {
    return this.#environment.render(template, context);
  }
}
