import { breaches } from './dependency-rule.js';
import type { SourceFile } from './source-files.js';
import { sourceFiles } from './source-files.js';

function planted(path: string, text: string): SourceFile {
  return { path, text, lines: text.split('\n') };
}

describe('the dependency rule', () => {
  it.each(
    sourceFiles(['apps', 'libs'])
      .filter((f) => !/\.(spec|contract|journey|engines)\.ts$/.test(f.path))
      .map((f) => [f.path, f] as const),
  )('%s is in the right room', (_, file) => {
    expect(breaches(file)).toEqual([]);
  });

  it.each([
    [
      'a rule with a framework',
      'libs/domain/x.ts',
      "import { Injectable } from '@nestjs/common';",
    ],
    ['a kernel with a driver', 'libs/eventing/x.ts', "import pg from 'pg';"],
    [
      'the kernel looking into the domain',
      'libs/eventing/x.ts',
      "import { codec } from '@common-thread/domain/event-catalogue';",
    ],
    [
      'projections that know the table',
      'libs/projecting/x.ts',
      "import { disclosure } from '../disclosure/disclosure.js';",
    ],
    [
      'an app in another app',
      'apps/childrens-centre/x.ts',
      "import { x } from '../vault/seal.js';",
    ],
    [
      'an agency reading the private log',
      'apps/safeguarding-hub/x.ts',
      "import { EventLog } from '@common-thread/eventing/event-log';",
    ],
    [
      'an agency that opens the private log as its process starts',
      'apps/safeguarding-hub/main.ts',
      "import { openEventLog } from '@common-thread/running/event-log';",
    ],
    [
      'an agency reading the private log elsewhere',
      'apps/safeguarding-hub/x.ts',
      "import { EventStoreDbEventLog } from '@common-thread/adapters/eventstoredb/event-log';",
    ],
    [
      'another driver built outside the adapters',
      'apps/vault/x.ts',
      'const client = EventStoreDBClient.connectionString(address);',
    ],
    ['a driver built outside the adapters', 'apps/vault/x.ts', 'const pool = new pg.Pool({});'],
  ])('catches %s', (_, path, text) => {
    expect(breaches(planted(path, text))).not.toEqual([]);
  });
});
