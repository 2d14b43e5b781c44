import type { OpenAPIObject } from '@nestjs/swagger';
import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { Log } from '@common-thread/platform/log';
import type { Actor } from '@common-thread/platform/actor';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import { composeFeedRelay } from './create-feed-relay.js';
import { documentOf } from './open-api.js';
import { MemoryRelayStore } from './store/memory-relay-store.js';

class NobodySignsIn extends TokenVerifier {
  async verify(): Promise<Actor> {
    throw new TokenRefused('nobody signs in here');
  }
}

/** The document of the relay's routes, made from the routes themselves over nothing but memory. */
export async function describeRoutes(): Promise<OpenAPIObject> {
  const relay = await composeFeedRelay(
    {
      log: new MemoryEventLog(),
      tokens: new NobodySignsIn(),
      appLog: new Log({ app: 'feed-relay', level: 'silent' }),
      saltSecret: 'nothing is told',
    },
    new MemoryRelayStore(),
  );
  const document = documentOf(relay.app);
  await relay.close();
  return document;
}
