import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import { twoTables } from '@common-thread/disclosure/two-tables.examples';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { MemoryRelayStore } from '../store/memory-relay-store.js';
import { Relay } from './relay.js';
import { saltsFrom } from './salts.js';

export const HUB = 'council.safeguarding-hub';
export const ELM = 'elm-centres.childrens-centre';
export const OAK = 'oak-centres.childrens-centre';
export const TRUST = 'east-trust.health-visiting';
export const id = (name: string) => derivedId('relay example', name);
export const organisations = ['council', 'elm-centres', 'oak-centres', 'east-trust', 'somebody'];
export const [F1, F2, ANNA, BEN] = [id('F1'), id('F2'), id('Anna'), id('Ben')];

const signedBy = 'council/information-governance-lead';

/** A history told event by event; each call records one. */
export class Story {
  readonly #events: StoredEvent[] = [];

  /** Everybody tells everybody, unless an example is about agreements. */
  constructor(agreed: 'agreed' | 'nothing agreed' = 'agreed') {
    if (agreed === 'agreed') this.signed('all', agreedByAll(organisations));
  }

  signed(name: string, terms: ReturnType<typeof agreedByAll>): void {
    this.record(`agreement ${name}`, 'AgreementSigned', { ...terms });
    this.record(`agreement ${name}`, 'AgreementTookEffect', { agreementVersion: 1 });
  }

  record(stream: string, type: string, data: Readonly<Record<string, unknown>>): string {
    const [category = '', name = ''] = stream.split(' ');
    const nth = this.#events.length + 1;
    const at = new Date(Date.UTC(2026, 0, 5, 9, nth - 2)).toISOString();
    const eventId = id(`event ${nth}`);
    this.#events.push({
      id: eventId,
      type,
      version: 1,
      data,
      // A family's restrictions are in the stream of its own id.
      streamId: `${category}-${category === 'restriction' ? name : id(name)}`,
      revision: nth,
      cursor: `cursor ${nth}`,
      metadata: {
        commandId: id(`command ${nth}`),
        fingerprint: 'f',
        correlationId: id('correlation'),
        organisation: 'somebody',
        recordedBy: 'worker-1',
        role: 'worker',
        occurredAt: at,
        recordedAt: at,
      },
    });
    return eventId;
  }

  member(personId: string, familyId: string): string {
    const data = { familyId, personId, position: 'child', address: 'box.v1.address' };
    return this.record(`membership ${personId}${familyId}`, 'MembershipBegan', data);
  }

  registered(provider: string, familyId: string): string {
    const data = { familyId, provider, placeId: 'elm-lane' };
    return this.record(`registration ${provider}`, 'CentreRegistrationBegan', data);
  }

  left(provider: string): string {
    return this.record(`registration ${provider}`, 'CentreRegistrationEnded', {
      reason: 'moved-centre',
    });
  }

  onCaseload(familyId: string): string {
    return this.record('caseload it', 'CaseloadBegan', { familyId, trust: TRUST });
  }

  attended(provider: string, ...personIds: string[]): string {
    const data = { personIds, activity: 'stay-and-play', placeId: 'elm-lane', note: 'box.v1.n' };
    return this.record(`registration ${provider}`, 'SessionAttended', data);
  }

  contact(data: Readonly<Record<string, unknown>> = {}): string {
    const received = { hub: HUB, channel: 'phone', source: '3A', reference: 'CT-4F7K-29QD' };
    return this.record('contact it', 'ContactReceived', { ...received, ...data });
  }

  switched(tableVersion: number, insteadOf: number): string {
    return this.record('table county', 'TableSwitched', { tableVersion, insteadOf, signedBy });
  }

  /** Of all that was recorded under version 1, by that of `data` or else by version 2. */
  past(
    type: 'PastRedisclosed' | 'PastWithdrawn',
    data: { readonly recipients: readonly string[] } & Readonly<Record<string, unknown>>,
  ): string {
    const days = type === 'PastRedisclosed' ? { from: '2026-01-01', until: '2026-01-31' } : {};
    const meant = { tableVersion: 2, recordedUnder: [1], kinds: ['attendance', 'decision'] };
    const reason = 'table-changed';
    return this.record('table county', type, { ...meant, ...days, signedBy, reason, ...data });
  }

  withdrawn(stream: string, withdraws: string): string {
    return this.record(stream, 'RecordWithdrawn', { withdraws, reason: 'wrong-family' });
  }

  async toldTo(recipient: string): Promise<readonly FeedRow[]> {
    const store = new MemoryRelayStore();
    const saltOf = saltsFrom('a secret of the tests');
    const relay = new Relay(store, { saltOf, tables: twoTables });
    await relay.takeOver();
    await relay.handle(this.#events);
    return (await store.page(recipient, 0, 1_000)).rows;
  }

  /** `registration.began begins`, `session.attended joined` … one line a row. */
  async told(recipient: string): Promise<string[]> {
    return (await this.toldTo(recipient)).map(({ envelope, withdrawnBy }) =>
      [
        envelope.type.replace(/^uk\.common-thread\.|\.v1$/g, ''),
        envelope.entitlement,
        envelope.joined && 'joined',
        withdrawnBy !== null && 'redacted',
      ]
        .filter(Boolean)
        .join(' '),
    );
  }
}
