import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';

/** A process that starts the server, stops it, and has nothing else to do. */
const [dataDir = ''] = process.argv.slice(2);
const server = await startEmbeddedServer({ dataDir });
await server.stop();
