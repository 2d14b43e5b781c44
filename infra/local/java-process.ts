import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LocalEngineUnavailable } from './maven.js';

export interface JavaCommand {
  /** As a person would say: `Apache Kafka`. */
  readonly title: string;
  /** Where it works, and where its process id is kept so that the next start can end it. */
  readonly directory: string;
  readonly parameters: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What it says once it answers. */
  readonly ready: RegExp;
  readonly startMsMax: number;
  /** Ctrl-C in a terminal does not reach it: whoever started it ends it in its own order. */
  readonly outlivesInterrupt?: boolean;
  /** Told once it has answered and then ends unasked, with its status or signal. */
  readonly onLost?: (how: string) => void;
}

const LAST_LINES = 15;
const STOP_MS_MAX = 20_000;
const JAVA_VERSION_MIN = 17;

/** @throws LocalEngineUnavailable where there is no Java, or one too old */
export async function assertJava(command = 'java'): Promise<void> {
  const said = await promisify(execFile)(command, ['-version']).then(
    ({ stderr }) => stderr,
    () => '',
  );
  const version = Number(/version "(\d+)/.exec(said)?.[1] ?? 0);
  if (version >= JAVA_VERSION_MIN) return;
  const found = version === 0 ? 'is not installed' : `is needed, and this is ${version}`;
  throw new LocalEngineUnavailable(
    `Java ${JAVA_VERSION_MIN} ${found}: install Java ${JAVA_VERSION_MIN} or later.`,
  );
}

/** A Java program of ours, running. It ends with `stop`, or at once with `kill`. */
export class JavaProcess {
  #isEnding = false;
  readonly #endWithUs = () => this.child.kill('SIGKILL');

  private constructor(
    private readonly child: ChildProcess,
    private readonly pidFile: string,
  ) {
    process.once('exit', this.#endWithUs);
  }

  /**
   * Starts it, ending what an earlier process of ours left running in the same directory, and
   * resolves when it answers.
   * @throws LocalEngineUnavailable
   */
  static async start(command: JavaCommand): Promise<JavaProcess> {
    const pidFile = join(command.directory, 'engine.pid');
    await endLeftRunning(pidFile, command.directory);
    const child = spawn('java', [...command.parameters], {
      cwd: command.directory,
      env: { ...process.env, ...command.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: command.outlivesInterrupt === true,
    });
    const running = new JavaProcess(child, pidFile);
    try {
      // Before it answers: whoever is killed meanwhile leaves it behind as well.
      writeFileSync(pidFile, `${child.pid}\n`);
      await untilReady(child, command);
    } catch (error) {
      process.off('exit', running.#endWithUs);
      child.kill('SIGKILL');
      throw error;
    }
    child.once('exit', (code, signal) => {
      if (!running.#isEnding) command.onLost?.(signal ?? `status ${code}`);
    });
    return running;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Ends it as it should be; after 20 s whatever it is doing. */
  async stop(): Promise<void> {
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS_MAX);
    await this.#end('SIGTERM');
    clearTimeout(late);
  }

  /** Ends it where it stands. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#isEnding = true;
    process.off('exit', this.#endWithUs);
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill(signal);
      await ended;
    }
    await rm(this.pidFile, { force: true });
  }
}

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

async function untilReady(child: ChildProcess, command: JavaCommand): Promise<void> {
  const { title, ready, startMsMax } = command;
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(late);
      const said = lines.length > 0 ? `\n${lines.join('\n')}` : '';
      reject(new LocalEngineUnavailable(`${title} did not start: ${why}.${said}`));
    };
    const late = setTimeout(() => fail(`it did not answer within ${startMsMax} ms`), startMsMax);
    child.once('error', () => fail('Java is not installed: install Java 17'));
    child.once('exit', (code, signal) => fail(`it ended (${signal ?? code})`));
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > LAST_LINES) lines.shift();
        if (!ready.test(line)) return;
        clearTimeout(late);
        resolve();
      });
    }
  });
}

/** A process that was killed leaves its engine behind: nobody else may own it. */
async function endLeftRunning(pidFile: string, directory: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (runsIn(pid, directory)) process.kill(pid, 'SIGKILL');
  while (runsIn(pid, directory)) await pause(50);
  await rm(pidFile, { force: true });
}

/** Whether that process is one of ours, and not somebody else's that was given its number since. */
function runsIn(pid: number, directory: string): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(directory);
  } catch {
    return false;
  }
}
