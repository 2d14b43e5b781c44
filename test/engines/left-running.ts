import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';

/** A process that starts the server, says where it is, and waits to be killed. */
const [dataDir = ''] = process.argv.slice(2);
const { url } = await startEmbeddedServer({ dataDir });
process.send?.(url);
setInterval(() => undefined, 60_000);
