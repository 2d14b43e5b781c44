import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { MemoryStore } from '@common-thread/adapters/memory/event-store';
import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import type { EventLog, StoredEvent } from '@common-thread/eventing/event-log';
import type { Actor, Role } from '@common-thread/platform/actor';
import { Log } from '@common-thread/platform/log';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import type { Clock } from '../clock.js';
import type { CommandApi } from '../create-command-api.js';
import { composeCommandApi } from '../create-command-api.js';
import { MemoryReactionJournal } from '../reactions/memory-reaction-journal.js';
import type { ReactionJournal } from '../reactions/reaction-journal.js';
import { codec } from '@common-thread/domain/event-catalogue';
import { twoTables } from '@common-thread/disclosure/two-tables.examples';
import { narrowingMark } from '@common-thread/disclosure/narrowing-folds';
import { PolicyFollower } from '../authorisation/policy-follower.js';
import { FakeDeriving, FakeMatching, FakeSealing, wholeLog } from './fake-vault.js';

export const larkfield = 'larkfield-centres.childrens-centre';
export const brook = 'brook-and-vale.childrens-centre';
export const trust = 'fairholme-health.health-visiting';
export const hub = 'fairholme-hub.safeguarding-hub';

function worker(id: string, recipient: string, role: Role, places: readonly string[] = []): Actor {
  const [organisation = '', audience = ''] = recipient.split('.');
  return { id, organisation, audience, recipient, role, places, kind: 'person' };
}

/** Who sends commands in the examples; each one's token is their id. */
export const people = {
  larkfieldWorker: worker('larkfield-worker', larkfield, 'centre-worker'),
  /** Of one of Larkfield's centres alone, where the example family is not registered. */
  elsewhereWorker: worker('elsewhere-worker', larkfield, 'centre-worker', ['mill-lane']),
  brookWorker: worker('brook-worker', brook, 'centre-worker'),
  visitor: worker('visitor', trust, 'health-visitor'),
  otherVisitor: worker('other-visitor', 'other-trust.health-visiting', 'health-visitor'),
  triage: worker('triage', hub, 'hub-triage'),
  manager: worker('manager', hub, 'hub-manager'),
  otherManager: worker('other-manager', 'other-hub.safeguarding-hub', 'hub-manager'),
  governance: worker('governance', hub, 'information-governance'),
  otherGovernance: worker('other-governance', hub, 'information-governance'),
  /** Of a centre that is party to agreements, and of no hub. */
  partyGovernance: worker('party-governance', larkfield, 'information-governance'),
  /** Of a centre that is party to no agreement. */
  strangeGovernance: worker(
    'strange-governance',
    'strange-centres.childrens-centre',
    'information-governance',
  ),
  system: worker('system', hub, 'subscriber-system'),
  pages: worker('pages', larkfield, 'agency-pages'),
  writer: worker('writer', hub, 'command-writer'),
} as const;

export class TokensById extends TokenVerifier {
  async verify(token: string): Promise<Actor> {
    const actor = Object.values(people).find(({ id }) => id === token);
    if (!actor) throw new TokenRefused('no such example');
    return actor;
  }
}

export class SettableClock implements Clock {
  constructor(public at = '2026-11-25T10:00:00.000Z') {}

  now(): string {
    return this.at;
  }
}

export interface Posted {
  readonly status: number;
  readonly body: Record<string, unknown> & {
    readonly type?: string;
    readonly errors?: readonly { readonly pointer: string }[];
  };
  readonly tag: string | undefined;
  readonly headers: LightMyRequestResponse['headers'];
}

/** A small county in memory: two centres, a trust and a hub over one log. */
export class ExampleCounty {
  readonly store = new MemoryStore();
  readonly sealing = new FakeSealing();
  readonly deriving = new FakeDeriving();
  journal: ReactionJournal = new MemoryReactionJournal();
  readonly clock = new SettableClock();
  readonly log: EventLog;
  readonly matching: FakeMatching;
  logged = '';
  #api: CommandApi | undefined;

  private constructor(logOver: (store: MemoryStore) => EventLog) {
    this.log = logOver(this.store);
    this.matching = new FakeMatching(this.log);
  }

  static async open(
    logOver: (store: MemoryStore) => EventLog = (store) => new MemoryEventLog(store),
  ): Promise<ExampleCounty> {
    const county = new ExampleCounty(logOver);
    await county.restart();
    await county.#recordOrganisations();
    return county;
  }

  /** While it is, relay and vault have not heard of what is restricted. */
  heldBack = false;

  get api(): CommandApi {
    if (!this.#api) throw new Error('the example county is closed');
    return this.#api;
  }

  /** A new process over what is stored. */
  async restart(): Promise<void> {
    await this.#api?.close();
    const { log, sealing, matching, deriving, clock } = this;
    const destination = { write: (line: string) => void (this.logged += line) };
    // As a relay and a vault that are as far as the log, unless they are held back.
    const follower = new PolicyFollower(log, codec);
    const fold = {
      markOf: async (streamId: string) =>
        this.heldBack ? undefined : narrowingMark(await follower.current(), streamId),
    };
    const narrowingFolds = [fold];
    const tokens = new TokensById();
    const ports = { log, sealing, matching, deriving, narrowingFolds, clock, tokens };
    const appLog = new Log({ app: 'command-api', destination });
    this.#api = await composeCommandApi({ ...ports, appLog, tables: twoTables }, this.journal);
    await this.#api.app.init();
    await this.#api.app.getHttpAdapter().getInstance().ready();
  }

  async close(): Promise<void> {
    await this.#api?.close();
    this.#api = undefined;
  }

  /** Sends a command; a key of its own unless one is given. */
  async post(
    as: Actor,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Posted> {
    const answer = await this.api.app.inject({
      method: 'POST',
      url: path,
      headers: {
        authorization: `Bearer ${as.id}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...headers,
      },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const tag = answer.headers.etag?.replaceAll('"', '');
    return {
      status: answer.statusCode,
      body: answer.json<Posted['body']>(),
      tag,
      headers: answer.headers,
    };
  }

  events(): Promise<StoredEvent[]> {
    return wholeLog(this.log);
  }

  /** The first event of a type, once there is one. */
  async until(
    type: string,
    that: (event: StoredEvent) => boolean = () => true,
  ): Promise<StoredEvent> {
    const watching = new AbortController();
    for await (const followed of new MemoryEventLog(this.store).follow(watching)) {
      const events = followed.kind === 'events' ? followed.events : [];
      const found = events.find((event) => event.type === type && that(event));
      if (found) return found;
    }
    throw new Error('never aborted');
  }

  /** Types of what was recorded after so many events. */
  async typesAfter(count: number): Promise<string[]> {
    return (await this.events()).slice(count).map(({ type }) => type);
  }

  async #recordOrganisations(): Promise<void> {
    const named = [larkfield, brook, trust, hub, people.otherManager.recipient];
    for (const recipient of named) {
      const organisationId = recipient.split('.')[0] ?? '';
      const body = { organisationId, name: organisationId, recipients: [recipient] };
      await this.post(people.governance, '/v1/organisations', body);
    }
    const parties = named.map((recipient) => recipient.split('.')[0] ?? '');
    await this.post(people.governance, '/v1/agreements', agreedByAll(parties));
    const placed = [
      ['oak-lane', 'larkfield-centres'],
      ['brook-street', 'brook-and-vale'],
    ];
    for (const [placeId, organisationId] of placed) {
      const body = { placeId, organisationId, name: placeId, cluster: 'north', district: 'vale' };
      await this.post(people.governance, '/v1/places', body);
    }
  }
}
