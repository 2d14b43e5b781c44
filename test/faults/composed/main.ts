import { join } from 'node:path';
import { Environment } from '@common-thread/platform/environment';
import { standaloneConfiguration } from '../../../apps/standalone/configuration.js';
import { seed } from '../../../apps/standalone/seeding/seeder.js';
import { SeedingFile } from '../../../apps/standalone/seeding/seeding-state.js';
import { throughCommands } from '../../../apps/standalone/seeding/through-commands.js';
import { heldAt } from '../../planted/breakpoints.js';
import { planted } from '../../planted/planted.js';
import { then, untouched } from '../../planted/seams.js';
import type { ToParent } from './breakpoints-of-parent.js';
import { BreakpointsOfParent } from './breakpoints-of-parent.js';
import { Composition } from './compose.js';

/** A process that a fault run starts and kills: the composition with what the environment asks for. */
const environment = new Environment();
const configuration = standaloneConfiguration(environment);
const offsetMs = environment.integer(
  'COMMON_THREAD_FAULTS_CLOCK_OFFSET_MS',
  { min: -1e9, max: 1e9 },
  0,
);
const bug = environment.optional('COMMON_THREAD_FAULTS_PLANTED');

const armed = environment.optional('COMMON_THREAD_FAULTS_ARMED')?.split(',') ?? [];

const held = heldAt(new BreakpointsOfParent(armed));
const composition = new Composition({
  configuration,
  postgresUrl: environment.text('COMMON_THREAD_FAULTS_POSTGRES'),
  issuer: environment.text('COMMON_THREAD_FAULTS_ISSUER'),
  issuerKeys: environment.text('COMMON_THREAD_FAULTS_ISSUER_KEYS'),
  seams: then(held, bug === undefined ? untouched : planted(bug)),
  now: () => new Date(Date.now() + offsetMs),
});
const { commands } = await composition.start();
await seed({
  seed: configuration.seed,
  families: configuration.families,
  port: throughCommands(commands),
  store: new SeedingFile(join(configuration.dataDirectory, 'seeding.json')),
  signal: new AbortController().signal,
});
// Whoever started it is gone: nobody would end it.
process.once('disconnect', () => process.exit());
const told: ToParent = { serving: true };
process.send?.(told);
