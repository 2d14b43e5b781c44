import { describeAppending } from './event-log-appending.js';
import { eventLogEngines } from './event-log-engines.js';
import { describeFollowing } from './event-log-following.js';
import { describeRacing } from './event-log-racing.js';
import { describeRestoring } from './event-log-restoring.js';

describe.each(eventLogEngines.map((engine) => [engine.name, engine] as const))(
  'the event log on %s',
  (_, engine) => {
    afterAll(() => engine.end());

    describeAppending(engine);
    describeRacing(engine);
    describeFollowing(engine);
    describeRestoring(engine);
  },
);
