import type { StartedTestContainer } from 'testcontainers';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';

/** An engine that answers, and where it came from. */
export interface FoundEngine {
  readonly address: string;
  /** `an address in the environment`, `Docker`, `a local start`. */
  readonly origin: string;
  stop(): Promise<void>;
}

export interface EngineSought {
  /** As a person would say: `Apache Kafka`. */
  readonly title: string;
  /** Variable that may hold its address, and holds it for the suites. */
  readonly variable: string;
  readonly inDocker: () => Promise<{ container: StartedTestContainer; address: string }>;
  /** Absent where there is no way to start it without Docker. */
  readonly locally?: () => Promise<{ address: string; stop(): Promise<void> }>;
}

/**
 * The first of: an address in the environment, a container, a local start. Undefined where none can be.
 * @throws where one that should be possible fails: an engine is never passed over in silence
 */
export async function findEngine(sought: EngineSought): Promise<FoundEngine | undefined> {
  const given = process.env[sought.variable];
  if (given) {
    return {
      address: given,
      origin: `an address in ${sought.variable}`,
      stop: async () => undefined,
    };
  }
  if (await dockerAnswers()) {
    const { container, address } = await sought.inDocker();
    return { address, origin: 'Docker', stop: async () => void (await container.stop()) };
  }
  const started = await sought.locally?.();
  return started && { ...started, origin: 'a local start', stop: () => started.stop() };
}

let docker: Promise<boolean> | undefined;

function dockerAnswers(): Promise<boolean> {
  return (docker ??= getContainerRuntimeClient().then(
    () => true,
    () => false,
  ));
}

/** A container of one image, its port on this machine's loopback, ready when `ready` answers. */
export async function startContainer(
  image: string,
  port: number,
  ready: { readonly log: RegExp } | { readonly path: string },
  adjust: (container: GenericContainer) => GenericContainer,
): Promise<{ container: StartedTestContainer; address: string }> {
  const waits = 'log' in ready ? Wait.forLogMessage(ready.log) : Wait.forHttp(ready.path, port);
  const container = await adjust(new GenericContainer(image))
    .withWaitStrategy(waits)
    .withStartupTimeout(180_000)
    .start();
  return { container, address: `${container.getHost()}:${container.getMappedPort(port)}` };
}
