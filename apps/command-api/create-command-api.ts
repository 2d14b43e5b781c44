import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import type { NarrowingFold } from '@common-thread/disclosure/narrowing-folds';
import type { Tables } from '@common-thread/disclosure/tables';
import type { GlassOutbox } from '@common-thread/domain/break-glass/glass-outbox';
import type { Deriving } from '@common-thread/domain/deriving';
import { codec } from '@common-thread/domain/event-catalogue';
import type { Matching } from '@common-thread/domain/matching';
import type { EventLog } from '@common-thread/eventing/event-log';
import type { Sealing } from '@common-thread/eventing/sealing';
import type { HealthChecks } from '@common-thread/platform/health';
import { databaseAnswers, NotReady } from '@common-thread/platform/health';
import { createHttpApp } from '@common-thread/platform/http-app';
import type { Log } from '@common-thread/platform/log';
import type { TokenVerifier } from '@common-thread/platform/token-verifier';
import { PolicyFollower } from './authorisation/policy-follower.js';
import { GlassRecording } from './break-glass/glass-recording.js';
import type { Clock } from './clock.js';
import { systemClock } from './clock.js';
import type { CommandPorts } from './command-modules.js';
import { contextModules, sharedPorts } from './command-modules.js';
import { Commands } from './commands.js';
import { documentOf, OpenApiDocument, OpenApiRoutes } from './http/open-api.js';
import { PostgresReactionJournal } from './reactions/postgres-reaction-journal.js';
import type { FaultCount, ReactionJournal } from './reactions/reaction-journal.js';
import type { Reaction } from './reactions/reaction.js';
import { AgreementDays } from './reactions/agreement-days.js';
import { ReactionRunner } from './reactions/reaction-runner.js';
import { ReactionsHealth } from './reactions/reactions-health.js';
import { reactions } from './reactions/reactions.js';
import { Records } from './records.js';
import { InForce } from './http/in-force.js';

export interface CommandApiOptions {
  readonly log: EventLog;
  /** The vault's doors, in process on the embedded profile. */
  readonly sealing: Sealing;
  readonly matching: Matching;
  readonly deriving: Deriving;
  /** What must know a restriction before it is said to be in force: the relay and the vault. */
  readonly narrowingFolds: readonly NarrowingFold[];
  /** What the vault grants in emergencies; nothing is recorded of it where it is left out. */
  readonly glassOutbox?: GlassOutbox;
  readonly tokens: TokenVerifier;
  /** Of the database that holds schema `command_api`; used and not ended. */
  readonly pool: Pool;
  readonly appLog: Log;
  readonly clock?: Clock;
  /** Every version of the disclosure table that may be in force; those released where it is left out. */
  readonly tables?: Tables;
  /** What else must answer for commands to be taken, such as a vault in another process. */
  readonly health?: HealthChecks;
  /** What follows from what is recorded; every reaction of this app where it is left out. */
  readonly reactions?: readonly Reaction[];
}

export interface CommandApi {
  /** Not listening yet. */
  readonly app: NestFastifyApplication;
  /** For what issues commands in the same process: seeder, loader. */
  readonly commands: Commands;
  /** What reactions have set aside. */
  reactionFaults(): Promise<FaultCount>;
  /** Begins to follow the log and to react; before that, routes answer but nothing follows from them. */
  start(): void;
  /** Stops answering, following and reacting; the pool and the log stay open. */
  close(): Promise<void>;
}

/** The only writer to the log: its routes, and the reactions that follow from what they record. */
export async function createCommandApi(options: CommandApiOptions): Promise<CommandApi> {
  const journal = await PostgresReactionJournal.open(options.pool);
  return composeCommandApi(options, journal, {
    ...options.health,
    database: databaseAnswers(options.pool),
  });
}

/** The same over a journal of the caller's, for tests without PostgreSQL. */
export async function composeCommandApi(
  options: Omit<CommandApiOptions, 'pool' | 'health'>,
  journal: ReactionJournal,
  health: HealthChecks = {},
): Promise<CommandApi> {
  const { log, sealing, matching, deriving, tokens, appLog, clock = systemClock } = options;
  const policy = new PolicyFollower(log, codec, undefined, undefined, options.tables);
  const records = new Records(log, codec);
  const commands = new Commands({ log, codec, sealing }, policy, clock);
  const runner = new ReactionRunner(
    {
      log,
      codec,
      commands,
      records,
      policy,
      deriving,
      journal,
      clock,
      onFault: (what, error) => appLog.warn(`reactions.${what}`, {}, error),
    },
    options.reactions ?? reactions,
  );
  const agreementDays = new AgreementDays({
    commands,
    policy,
    clock,
    onFault: (error) => appLog.warn('agreement-days.not-recorded', {}, error),
  });
  const glassRecording =
    options.glassOutbox &&
    new GlassRecording({
      commands,
      outbox: options.glassOutbox,
      onFault: (error) => appLog.warn('glass.not-recorded', {}, error),
    });
  const inForce = new InForce(policy, options.narrowingFolds);
  const app = await httpOver({ commands, records, policy, matching, inForce }, runner, {
    log: appLog,
    tokens,
    health: { ...health, policy: () => followsTheLog(policy) },
  });
  return {
    app,
    commands,
    reactionFaults: () => runner.faults(),
    start: () => {
      policy.start();
      runner.start();
      agreementDays.start();
      glassRecording?.start();
    },
    close: async () => {
      await app.close();
      await runner.stop();
      await agreementDays.stop();
      await glassRecording?.stop();
      await policy.stop();
    },
  };
}

/** @throws NotReady */
async function followsTheLog(policy: PolicyFollower): Promise<void> {
  try {
    await policy.current();
  } catch {
    throw new NotReady(
      'The event log cannot be read to its end. See that its engine runs, and that COMMON_THREAD_EVENT_LOG ' +
        'leads to it.',
    );
  }
}

async function httpOver(
  ports: CommandPorts,
  runner: ReactionRunner,
  options: Parameters<typeof createHttpApp>[1],
): Promise<NestFastifyApplication> {
  const document = new OpenApiDocument();
  const app = await createHttpApp(rootOf(ports, runner, document), options);
  document.current = documentOf(app, contextModules);
  return app;
}

class CommandApiRoot {}

function rootOf(
  ports: CommandPorts,
  runner: ReactionRunner,
  document: OpenApiDocument,
): DynamicModule {
  return {
    module: CommandApiRoot,
    imports: [sharedPorts(ports), ...contextModules],
    controllers: [OpenApiRoutes, ReactionsHealth],
    providers: [
      { provide: OpenApiDocument, useValue: document },
      { provide: ReactionRunner, useValue: runner },
    ],
  };
}
