import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { NewEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { Relay } from '../relay/relay.js';
import { saltsFrom } from '../relay/salts.js';
import { MemoryRelayStore } from '../store/memory-relay-store.js';
import { StoreUnavailable } from '../store/relay-store.js';
import { Announcements } from './announcements.js';
import { RelayPages } from './relay-pages.js';
import { RelayRunner } from './relay-runner.js';

const READER = 'elm-centres.childrens-centre';
const saltOf = saltsFrom('a secret of the tests');

/** Public reference data: one row for each recipient it has recorded. */
function recorded(name: string, type = 'OrganisationRecorded'): NewEvent {
  const now = '2026-01-05T09:00:00.000Z';
  return {
    id: derivedId('runner', name),
    type,
    version: 1,
    data: { organisationId: 'elm-centres', name, recipients: [READER] },
    metadata: {
      commandId: derivedId('runner', 'command', name),
      fingerprint: 'f',
      correlationId: derivedId('runner', 'correlation'),
      organisation: 'elm-centres',
      recordedBy: 'worker-1',
      role: 'worker',
      occurredAt: now,
      recordedAt: now,
    },
  };
}

/** A store that cannot be reached for a while. */
class FalteringStore extends MemoryRelayStore {
  refusals = 0;

  override async commit(...commit: Parameters<MemoryRelayStore['commit']>): Promise<void> {
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new StoreUnavailable('gone');
    }
    await super.commit(...commit);
  }
}

function open() {
  const log = new MemoryEventLog();
  const store = new FalteringStore();
  const announcements = new Announcements();
  const pages = new RelayPages(store, announcements);
  const interruptions: [string, boolean][] = [];
  const heard = new Set<() => void>();
  const runner = new RelayRunner({
    log,
    relay: new Relay(store, { saltOf, onTold: (told) => announcements.announce(told) }),
    onInterrupted: (error, final) => {
      interruptions.push([error instanceof Error ? error.name : '', final]);
      for (const wake of heard) wake();
    },
  });
  const interrupted = () => new Promise<void>((resolve) => heard.add(resolve));
  let revision = -1;
  const append = async (...events: NewEvent[]) => {
    const expected = revision < 0 ? 'no-stream' : revision;
    ({ revision } = await log.append('organisation-elm-centres', expected, events));
  };
  /** Waits, as a reader does, until the feed holds so many rows. */
  const told = async (count: number) => {
    const signal = AbortSignal.timeout(20_000);
    for (;;) {
      const page = await pages.page(READER, 0, 100);
      if (page.head >= count) return page.rows;
      signal.throwIfAborted();
      await pages.changed(READER, page.head, signal);
    }
  };
  return { log, store, pages, runner, append, told, interruptions, interrupted };
}

describe('the running relay', () => {
  it('tells what the log holds, and what comes after', async () => {
    const { runner, append, told } = open();
    await append(recorded('first'), recorded('second'));
    runner.start();
    expect(await told(2)).toHaveLength(2);
    await append(recorded('third'));
    expect((await told(3)).map(({ envelope }) => envelope.sequence)).toEqual([1, 2, 3]);
    expect(runner.status.state).toBe('relaying');
    await runner.stop();
    expect(runner.status.state).toBe('stopped');
  });

  it('waits while the log cannot be reached, and goes on where it was', async () => {
    const { log, runner, append, told, interrupted, interruptions } = open();
    await append(recorded('first'));
    runner.start();
    await told(1);
    log.store.reachable = false;
    const gone = interrupted();
    log.store.appended.ring();
    await gone;
    expect(runner.status.state).toBe('waiting');
    log.store.reachable = true;
    await append(recorded('second'));
    expect(await told(2)).toHaveLength(2);
    expect(interruptions[0]).toEqual(['LogUnavailable', false]);
    await runner.stop();
  });

  it('does again what the store did not take, and writes the same bytes', async () => {
    const faltering = open();
    faltering.store.refusals = 2;
    const steady = open();
    for (const { runner, append } of [faltering, steady]) {
      await append(recorded('first'), recorded('second'));
      runner.start();
    }
    expect(await faltering.told(2)).toEqual(await steady.told(2));
    expect(faltering.interruptions).toEqual([
      ['StoreUnavailable', false],
      ['StoreUnavailable', false],
    ]);
    await faltering.runner.stop();
    await steady.runner.stop();
  });

  it('gives way to another that has taken over, for good', async () => {
    const { store, runner, append, told, interrupted, interruptions } = open();
    await append(recorded('first'));
    runner.start();
    await told(1);
    const gone = interrupted();
    await store.takeOver();
    await append(recorded('second'));
    await gone;
    expect(interruptions).toEqual([['FenceLost', true]]);
    expect(runner.status.state).toBe('replaced');
    await runner.stop();
  });

  it('stops in sight at an event it cannot tell, and tells nothing after it', async () => {
    const { runner, append, told, pages, interrupted } = open();
    await append(recorded('first'));
    runner.start();
    await told(1);
    const held = interrupted();
    await append(recorded('unknown', 'SomethingUnheardOf'), recorded('third'));
    await held;
    expect(runner.status.state).toBe('waiting');
    expect((await pages.page(READER, 0, 10)).head).toBe(1);
    await runner.stop();
  });
});

describe('whoever waits for a feed', () => {
  it('is answered at once where it has grown already', async () => {
    const { runner, append, told, pages } = open();
    await append(recorded('first'));
    runner.start();
    await told(1);
    await pages.changed(READER, 0, AbortSignal.timeout(20_000));
    await runner.stop();
  });

  it('is let go when it gives up', async () => {
    const { pages } = open();
    const patience = new AbortController();
    const waiting = pages.changed(READER, 0, patience.signal);
    patience.abort();
    await waiting;
  });
});
