import type { StoredEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { MemoryRelayStore } from '../store/memory-relay-store.js';
import { Relay } from './relay.js';
import { saltsFrom } from './salts.js';

const HUB = 'council.safeguarding-hub';
const ELM = 'elm-centres.childrens-centre';
const OAK = 'oak-centres.childrens-centre';
const TRUST = 'east-trust.health-visiting';
const id = (name: string) => derivedId('relay example', name);
const [F1, F2, ANNA, BEN] = [id('F1'), id('F2'), id('Anna'), id('Ben')];

/** A history told event by event; each call records one. */
class Story {
  readonly #events: StoredEvent[] = [];

  record(stream: string, type: string, data: Readonly<Record<string, unknown>>): string {
    const [category = '', name = ''] = stream.split(' ');
    const nth = this.#events.length + 1;
    const at = new Date(Date.UTC(2026, 0, 5, 9, nth)).toISOString();
    const eventId = id(`event ${nth}`);
    this.#events.push({
      id: eventId,
      type,
      version: 1,
      data,
      streamId: `${category}-${id(name)}`,
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

  withdrawn(stream: string, withdraws: string): string {
    return this.record(stream, 'RecordWithdrawn', { withdraws, reason: 'wrong-family' });
  }

  async toldTo(recipient: string): Promise<readonly FeedRow[]> {
    const store = new MemoryRelayStore();
    const relay = new Relay(store, { saltOf: saltsFrom('a secret of the tests') });
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

describe('joining', () => {
  it('tells whoever becomes entitled what happened before, in order, then that it begins', async () => {
    const story = new Story();
    story.member(ANNA, F1);
    story.registered(ELM, F1);
    story.attended(ELM, ANNA);
    story.onCaseload(F1);
    expect(await story.told(TRUST)).toEqual([
      'membership.began joined',
      'involvement.began joined',
      'session.attended joined',
      'caseload.began begins',
    ]);
    const attended = (await story.toldTo(TRUST))[2];
    expect(attended?.body).toEqual({ salt: expect.any(String) as string }); // no more than a notice
    expect(attended?.envelope.time).toBe('2026-01-05T09:03:00.000Z');
  });

  it('tells the first provider the end as its last row, and the second what went before', async () => {
    const story = new Story();
    story.member(ANNA, F1);
    story.registered(ELM, F1);
    story.left(ELM);
    story.registered(OAK, F1);
    story.attended(OAK, ANNA);
    expect(await story.told(ELM)).toEqual([
      'membership.began joined',
      'registration.began begins',
      'registration.ended ends',
    ]);
    expect(await story.told(OAK)).toEqual([
      'membership.began joined',
      'registration.began joined',
      'registration.ended joined',
      'registration.began begins',
      'session.attended',
    ]);
  });

  it('takes a child of two families to the line of each, with its own people only', async () => {
    const story = new Story();
    story.registered(ELM, F1);
    story.member(ANNA, F1);
    story.member(ANNA, F2);
    story.member(BEN, F2);
    story.attended(ELM, ANNA, BEN);
    const rows = await story.toldTo(ELM);
    const sessions = rows.filter(({ envelope }) => envelope.type.includes('session'));
    expect(sessions.map(({ envelope }) => envelope.partitionkey)).toEqual([`family/${F1}`]);
    expect(sessions[0]?.body?.['personIds']).toEqual([ANNA]);
    expect(JSON.stringify(rows)).not.toContain(BEN);
  });
});

describe('corrections and withdrawals', () => {
  it('go to those who were told, whatever their relationship now', async () => {
    const story = new Story();
    const membership = story.member(ANNA, F1);
    story.registered(ELM, F1);
    story.left(ELM);
    story.record(`membership ${ANNA}${F1}`, 'AddressCorrected', {
      personId: ANNA,
      corrects: membership,
      address: 'box.v1.right',
    });
    const rows = await story.toldTo(ELM);
    expect(rows.at(-1)?.envelope).toMatchObject({
      type: 'uk.common-thread.address.corrected.v1',
      corrects: rows[0]?.envelope.id,
      ground: 'told',
    });
    expect(rows.at(-1)?.body).toMatchObject({ personId: ANNA, address: 'box.v1.right' });
  });

  it('take with a membership all that came by it', async () => {
    const story = new Story();
    story.registered(ELM, F1);
    const membership = story.member(ANNA, F1);
    story.attended(ELM, ANNA);
    story.withdrawn(`membership ${ANNA}${F1}`, membership);
    expect(await story.told(ELM)).toEqual([
      'registration.began begins',
      'membership.began redacted',
      'session.attended redacted',
      'record.withdrawn',
      'record.withdrawn',
    ]);
  });

  it('end an entitlement where they withdraw what began it, on the line it was for', async () => {
    const story = new Story();
    story.member(ANNA, F1);
    const received = story.contact();
    story.record('contact it', 'ContactLinked', { familyId: F1, childIds: [ANNA] });
    story.withdrawn('contact it', received);
    const rows = await story.toldTo(HUB);
    const [ended] = rows.filter(({ envelope }) => envelope.entitlement === 'ends');
    expect(ended?.envelope).toMatchObject({
      partitionkey: `family/${F1}`,
      withdraws: rows[0]?.envelope.id,
    });
  });
});

describe('author and referrer', () => {
  it('hears what became of what it asked, on the contact’s own line while it is not entitled', async () => {
    const story = new Story();
    story.member(ANNA, F1);
    story.contact({ referrer: ELM });
    story.record('contact it', 'ContactLinked', { familyId: F1, childIds: [ANNA] });
    story.record('contact it', 'ContactDecided', {
      outcomes: ['advice'],
      rationale: 'box.v1.why',
      decidedBy: 'manager-1',
    });
    const rows = await story.toldTo(ELM);
    expect(await story.told(ELM)).toEqual(['contact.received', 'contact.decided']);
    expect(JSON.stringify(rows)).not.toContain(F1);
    expect(rows[1]?.body).toMatchObject({ outcomes: ['advice'] });
  });

  it('is not shown by the line which family the hub knew it was about', async () => {
    const story = new Story();
    story.member(ANNA, F1);
    story.contact({ referrer: ELM, familyId: F1, childIds: [ANNA] });
    expect(JSON.stringify(await story.toldTo(ELM))).not.toContain(F1);
    const asked = new Story();
    asked.member(ANNA, F1);
    asked.contact({ referrer: ELM, familyId: F1, childIds: [ANNA], referralId: id('referral') });
    expect((await asked.toldTo(ELM))[0]?.envelope.partitionkey).toBe(`family/${F1}`);
  });
});
