import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import { nameOf, readFeed, tellingOf } from './feed-reading.js';
import type { WholeSystem } from './whole-system.js';
import { eventually, HUB, send, startWholeSystem } from './whole-system.js';

const child = {
  kind: 'child',
  givenName: 'Wren',
  familyName: 'Quillfeather',
  dateOfBirth: '2024-03-09',
  nhsNumber: '9998887062',
} as const;

describe('one referral, three histories', () => {
  let system: WholeSystem;
  let worker: string;
  let healthVisitor: string;
  let triage: string;
  let manager: string;

  beforeAll(async () => {
    system = await startWholeSystem();
    worker = await system.tokenOf('larkfield-worker-1');
    healthVisitor = await system.tokenOf('health-visitor-1');
    triage = await system.tokenOf('hub-triage-1');
    manager = await system.tokenOf('hub-manager-1');
  }, 120_000);

  afterAll(() => system.close());

  it('reaches the hub, the referrer and the health visitor, each as far as it may', async () => {
    const { standalone } = system;
    const registered = await send(
      standalone,
      '/v1/registrations',
      { person: child, placeId: await aPlace(system, worker), address: '1 Sparrow Row' },
      { token: worker, key: 'journey-register' },
    );
    expect(registered).toMatchObject({ status: 201 });
    const familyId = String(registered.body.familyId);
    const line = `family/${familyId}`;
    const childId = await childOn(line);

    const onCaseload = await send(
      standalone,
      '/v1/caseloads',
      { person: child },
      { token: healthVisitor, key: 'journey-caseload' },
    );
    expect(onCaseload).toMatchObject({ status: 201, body: { familyId } });

    const raised = await raise(system, worker, familyId, childId, 'journey-refer');
    expect(raised).toMatchObject({ status: 201 });
    expect(raised.body.reference).toMatch(/^CT-/);
    const subject = `referral/${String(raised.body.id)}`;

    // The hub: a contact, with the household's past before it.
    const atHub = await rowsOf(triage, line, (names) => names.includes('contact.received'));
    const received = atHub.find((e) => nameOf(e) === 'contact.received')!;
    expect(received.data).toMatchObject({ reference: raised.body.reference, source: '8' });
    expect(atHub.map(nameOf)).toEqual(
      expect.arrayContaining(['person.registered', 'membership.began', 'registration.began']),
    );
    expect(atHub.findIndex((e) => nameOf(e) === 'person.registered')).toBeLessThan(
      atHub.indexOf(received),
    );

    // The health visitor: that the centre is involved and the hub was contacted; not a word of either.
    const atHealth = await rowsOf(healthVisitor, line, (names) =>
      names.includes('contact.received'),
    );
    const told = new Map(atHealth.map(tellingOf));
    expect(told.get('contact.received')).toEqual([]);
    expect(told.has('referral.raised')).toBe(false);
    expect(atHealth.some((e) => nameOf(e) === 'involvement.began')).toBe(true);

    // The hub rates, decides and tells; the words come back to whoever asked.
    const contact = received.subject.replace('contact/', '/v1/contacts/');
    const rated = await send(
      standalone,
      `${contact}/rating`,
      { rating: 'amber', reason: 'A bruise that nobody explains' },
      { token: triage, key: 'journey-rate-1', ifMatch: `"${received.occurrenceid}"` },
    );
    expect(rated).toMatchObject({ status: 201 });
    const decided = await send(
      standalone,
      `${contact}/decision`,
      { outcomes: ['new-referral'], rationale: 'Needs an assessment' },
      { token: manager, key: 'journey-decide', ifMatch: rated.tag! },
    );
    expect(decided).toMatchObject({ status: 201 });
    const fed = await send(
      standalone,
      `${contact}/feedback`,
      { channel: 'phone', words: 'A social worker will visit on Friday' },
      { token: manager, key: 'journey-tell-1', ifMatch: decided.tag! },
    );
    // Recorded; in force, or on a slow machine not yet.
    expect([201, 202]).toContain(fed.status);

    const back = await eventually(
      () => readFeed(standalone, worker),
      (events) => events.some((e) => nameOf(e) === 'referral.closed' && e.subject === subject),
    );
    const words = back.find((e) => nameOf(e) === 'contact.feedback-given')!;
    expect(tellingOf(words)).toEqual(['contact.feedback-given', ['channel', 'words']]);
    expect(await reveal(worker, String(words.data?.words), 'words', words.partitionkey)).toBe(
      'A social worker will visit on Friday',
    );
    const ofReferral = back.filter((e) => e.subject === subject).map(nameOf);
    expect(ofReferral).toEqual([
      'referral.raised',
      'referral.acknowledged',
      'referral.accepted',
      'referral.referrer-told',
      'referral.closed',
    ]);
  });

  it('is one referral however often it is sent', async () => {
    const { standalone } = system;
    const registered = await send(
      standalone,
      '/v1/registrations',
      {
        person: {
          ...child,
          givenName: 'Robin',
          dateOfBirth: '2023-01-02',
          nhsNumber: '9998887070',
        },
        placeId: await aPlace(system, worker),
      },
      { token: worker, key: 'journey-register-2' },
    );
    expect(registered).toMatchObject({ status: 201 });
    const familyId = String(registered.body.familyId);
    const childId = await childOn(`family/${familyId}`);
    const again = () => raise(system, worker, familyId, childId, 'journey-again-and-again');
    const twiceAtOnce = await Promise.all([again(), again()]);
    const answers = [...twiceAtOnce, await again(), await again(), await again()];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const feed = await eventually(
      () => readFeed(standalone, worker),
      (events) => events.some((e) => e.subject === `referral/${String(answers[0]?.body.id)}`),
    );
    const raisings = feed.filter(
      (e) => nameOf(e) === 'referral.raised' && e.partitionkey === `family/${familyId}`,
    );
    expect(raisings).toHaveLength(1);
  });

  it('tells an unrelated agency nothing, not even that there is something', async () => {
    const stranger = await system.tokenOf('brook-worker-1');
    const feed = await readFeed(system.standalone, worker);
    const mine = feed.find((e) => nameOf(e) === 'referral.raised')!;
    const familyId = mine.partitionkey.replace('family/', '');
    const childIds = mine.data?.childIds as string[];
    const asStranger = await raise(system, stranger, familyId, childIds[0]!, 'journey-stranger');
    const nowhere = await raise(
      system,
      stranger,
      crypto.randomUUID(),
      childIds[0]!,
      'journey-nowhere',
    );
    expect(asStranger.status).toBe(404);
    expect({ ...asStranger.body, requestId: '' }).toEqual({ ...nowhere.body, requestId: '' });
    const theirs = await readFeed(system.standalone, stranger);
    expect(theirs.filter((e) => e.partitionkey === mine.partitionkey)).toEqual([]);
    expect(await reveal(stranger, String(mine.data?.concern), 'concern', mine.partitionkey)).toBe(
      'not-entitled',
    );
  });

  /** The child of a line, as the worker's own feed tells of it. */
  async function childOn(line: string): Promise<string> {
    const told = await rowsOf(worker, line, (names) => names.includes('person.registered'));
    return String(told.find((e) => nameOf(e) === 'person.registered')?.data?.personId);
  }

  async function rowsOf(token: string, line: string, isThere: (names: string[]) => boolean) {
    const events = await eventually(
      () => readFeed(system.standalone, token),
      (all) => isThere(all.filter((e) => e.partitionkey === line).map(nameOf)),
    );
    return events.filter((e) => e.partitionkey === line);
  }

  async function reveal(token: string, box: string, field: string, line: string) {
    const response = await fetch(new URL('/v1/reveal', system.standalone.addressOf('vault')), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        purpose: 'referral-feedback',
        page: 'journey',
        about: [line],
        requests: [{ box, field, line }],
      }),
    });
    const { revealed } = (await response.json()) as {
      revealed: { text?: string; withheld?: string }[];
    };
    return revealed[0]?.text ?? revealed[0]?.withheld;
  }
});

/** Any place of the worker's own organisation, as its feed names it. */
async function aPlace(system: WholeSystem, token: string): Promise<string> {
  const feed = await eventually(
    () => readFeed(system.standalone, token),
    (events) => events.some(isOurs),
  );
  return String(feed.find(isOurs)?.data?.placeId);
  function isOurs(event: CloudEvent): boolean {
    return (
      nameOf(event) === 'place.recorded' && event.data?.organisationId === 'larkfield-centres'
    );
  }
}

function raise(
  system: WholeSystem,
  token: string,
  familyId: string,
  childId: string,
  key: string,
) {
  return send(
    system.standalone,
    '/v1/referrals',
    {
      familyId,
      childIds: [childId],
      to: HUB,
      need: 'N1',
      level: '4',
      statement: 'witnessed',
      parentsInformed: 'informed-agree',
      concern: 'A bruise on the cheek, third week running',
    },
    { token, key },
  );
}
