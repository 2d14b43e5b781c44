import fs from 'node:fs';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { reachableBy } from './composed-system.js';
import { Door } from './door.js';
import { append } from './ledger.js';
import type { LoadOptions } from './load.js';
import { Load } from './load.js';
import type { Recorder } from './load-record.js';

export interface LoadPlan {
  readonly configuration: StandaloneConfiguration;
  readonly options: LoadOptions;
  /** Where every line of what it does and sees goes, before anything else happens. */
  readonly file: string;
}

/** What the parent says. */
export type ToLoad = 'open' | 'closed' | 'stop-writing' | 'stop-reading';
/** What it is told. */
export type FromLoad = 'ready' | 'did' | 'written' | 'read' | { readonly failed: string };

/** A load in a process of its own: it goes on whatever the run that started it is busy with. */
const [planFile = ''] = process.argv.slice(2);
const { configuration, options, file } = JSON.parse(fs.readFileSync(planFile, 'utf8')) as LoadPlan;
const door = new Door();
const record: Recorder = (line) => {
  append(file, line);
  if (line.kind === 'answered') tell('did');
};
const load = new Load(reachableBy(configuration), door, record, options);

process.on('message', (message: ToLoad) => {
  if (message === 'open') door.open();
  else if (message === 'closed') door.close();
  else if (message === 'stop-writing') load.stopWriting();
  else load.stopReading();
});
// Whoever started it is gone: what it did so far is in the file.
process.once('disconnect', () => process.exit());
load.written.then(() => tell('written'), fail);
load.read.then(() => tell('read'), fail);
tell('ready');

function tell(message: FromLoad): void {
  process.send?.(message);
}

function fail(error: unknown): void {
  tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
