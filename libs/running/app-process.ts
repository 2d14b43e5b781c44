import { setTimeout as wait } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import { tellSpansTo } from '@common-thread/platform/tracing';
import { collectDefaultMetrics } from 'prom-client';
import { Operations } from './operations.js';
import type { ProcessConfiguration } from './process-configuration.js';
import { processConfiguration } from './process-configuration.js';
import { measureRequests } from './request-metrics.js';
import { StoppedWhileStarting, untilReached } from './until-reached.js';

/** What an app is given that starts as a process of its own. */
export interface AppProcess {
  readonly environment: Environment;
  readonly configuration: ProcessConfiguration;
  readonly log: Log;
  readonly operations: Operations;
  /** Opens what stands on an engine, waiting while that is away and saying so. */
  reach<Opened>(open: () => Promise<Opened>): Promise<Opened>;
  /** What to do when the process stops; done last to first. */
  closing(close: () => Promise<void>): void;
}

export interface AppToRun {
  /** `feed-relay` */
  readonly name: string;
  readonly port: number;
  /** Composes the app from its configuration; it is not listening yet. */
  readonly start: (process: AppProcess) => Promise<NestFastifyApplication>;
}

/** Requests in flight are waited for so long; an orchestrator kills after thirty seconds. */
const DRAIN_MS_MAX = 25_000;

/**
 * Runs an app until it is asked to stop: SIGTERM or SIGINT stop accepting, finish what is in flight, stop
 * following and close. A second one stops at once. What is wrong with the configuration or an engine is said
 * on standard error and ends the process with status 1.
 */
export async function runAppProcess(app: AppToRun): Promise<void> {
  const running = new RunningProcess(app);
  try {
    await running.run();
  } catch (error) {
    running.fail(error);
  }
  await running.close();
  // Whatever still holds the process open, such as a connection that will not end, holds nothing of ours.
  process.exit();
}

class RunningProcess {
  readonly #stopping = new AbortController();
  readonly #closing: (() => Promise<void>)[] = [];
  readonly #operations = new Operations();
  #log: Log | undefined;

  constructor(private readonly app: AppToRun) {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => this.#stop(signal));
    }
  }

  /** @throws ConfigurationError, EngineRefused */
  async run(): Promise<void> {
    const { name, port, start } = this.app;
    const environment = new Environment();
    const configuration = processConfiguration(environment, port);
    const { host, logLevel, logFile } = configuration;
    const file = logFile === undefined ? {} : { file: logFile };
    const log = new Log({ app: name, level: logLevel, ...file });
    this.#log = log;
    await this.#trace(environment);
    collectDefaultMetrics({ register: this.#operations.metrics });
    await this.#operations.listen(configuration.operationsPort, host);
    const app = await start({
      environment,
      configuration,
      log,
      operations: this.#operations,
      reach: (open) => this.#reach(open),
      closing: (close) => void this.#closing.push(close),
    });
    if (this.#stopping.signal.aborted) return;
    measureRequests(app, this.#operations.metrics);
    await app.listen(configuration.port, host);
    this.#operations.running(app);
    log.info('process.listening', { port: configuration.port });
    this.#say(`listens at http://${host}:${configuration.port}`);
    await new Promise<void>((resolve) => {
      this.#stopping.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Doors first, engines last; whatever does not close in time is left. */
  async close(): Promise<void> {
    this.#operations.stopping();
    const late = wait(DRAIN_MS_MAX, 'late', { ref: false });
    if ((await Promise.race([this.#closeAll(), late])) === 'late') {
      this.#say(`not everything was done within ${DRAIN_MS_MAX / 1_000} s; stopped without it`);
      process.exitCode = 1;
    }
    await this.#operations.close();
    if (!process.exitCode) this.#say('stopped');
  }

  /** Spans are sent where the standard variable says where to; nothing is loaded where it does not. */
  async #trace(environment: Environment): Promise<void> {
    if (environment.optional('OTEL_EXPORTER_OTLP_ENDPOINT') === undefined) return;
    const { openTelemetry } = await import('./open-telemetry.js');
    const telemetry = openTelemetry(this.app.name);
    tellSpansTo(telemetry.begin);
    this.#closing.push(() => telemetry.close());
  }

  fail(error: unknown): void {
    if (error instanceof StoppedWhileStarting) return;
    this.#log?.error('process.failed', {}, error);
    this.#say(error instanceof Error ? error.message : 'something went wrong');
    process.exitCode = 1;
  }

  #stop(signal: string): void {
    if (this.#stopping.signal.aborted) process.exit(1);
    this.#log?.info('process.stopping', { signal });
    this.#stopping.abort();
  }

  async #closeAll(): Promise<void> {
    for (let close = this.#closing.pop(); close; close = this.#closing.pop()) {
      await close().catch((error: unknown) => this.fail(error));
    }
  }

  async #reach<Opened>(open: () => Promise<Opened>): Promise<Opened> {
    const opened = await untilReached(open, {
      signal: this.#stopping.signal,
      onAway: ({ message }, pauseMs) => {
        this.#operations.waitingFor(message);
        this.#say(`${message} Trying again in ${pauseMs / 1_000} s.`);
      },
    });
    this.#operations.waitingFor(undefined);
    return opened;
  }

  /** For people: what is logged holds codes alone. */
  #say(words: string): void {
    process.stderr.write(`${this.app.name}: ${words}\n`);
  }
}
