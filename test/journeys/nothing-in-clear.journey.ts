import { join } from 'node:path';
import { appendFileSync } from 'node:fs';
import { findingsInFiles, findingsInTables } from '../privacy/canary-search.js';
import { nameOf, readFeed } from './feed-reading.js';
import type { WholeSystem } from './whole-system.js';
import { eventually, HUB, send, startWholeSystem } from './whole-system.js';

/** In every text that is typed, and found nowhere else. */
const CANARY = 'Zyxqorvane';
const BORN = '1931-07-19';
const CHILD_BORN = '2021-10-31';
const NHS_NUMBER = '9998887097';
const TELEPHONE = '01632 960 913';
const POSTCODE = 'ZE3 9ZZ';
const texts = [CANARY, BORN, CHILD_BORN, NHS_NUMBER, TELEPHONE, POSTCODE];

describe('nothing personal stands in clear at rest', () => {
  let system: WholeSystem;
  let keys = 0;

  beforeAll(async () => {
    system = await startWholeSystem();
  }, 120_000);
  afterAll(() => system.close());

  it('in tables, write-ahead log, server log, app logs or drafts, whatever is typed', async () => {
    await typeEverything();
    const pool = system.standalone.engines.pool('canary search', 2);
    await pool.query('checkpoint');
    expect(await findingsInTables(pool, texts)).toEqual([]);
    expect(findingsInFiles(system.dataDirectory, texts)).toEqual([]);
    // The search bites: one line in a log, one row in a table.
    appendFileSync(join(system.dataDirectory, 'apps.log'), CANARY);
    await pool.query(`create table public.planted as select '${BORN}'::text as leaked`);
    expect(findingsInFiles(system.dataDirectory, [CANARY])).toContain('file apps.log: UTF-8');
    expect(await findingsInTables(pool, [BORN])).toEqual(['table public.planted: UTF-8']);
  });

  async function typeEverything(): Promise<void> {
    const worker = await system.tokenOf('larkfield-worker-1');
    const healthVisitor = await system.tokenOf('health-visitor-1');
    const manager = await system.tokenOf('hub-manager-1');
    const { familyId, childId, registrationId, placeId } = await register(worker);
    await post(worker, `/v1/families/${familyId}/members`, {
      position: 'parent',
      person: {
        kind: 'adult',
        givenName: CANARY,
        familyName: CANARY,
        knownAs: CANARY,
        dateOfBirth: BORN,
        telephone: TELEPHONE,
      },
      address: `${CANARY} Street`,
      postcode: POSTCODE,
    });
    const note = { activity: 'weaning', placeId, note: `${CANARY} noted` };
    await post(worker, `/v1/registrations/${registrationId}/attendances`, {
      ...note,
      personIds: [childId],
    });
    await post(worker, `/v1/registrations/${registrationId}/not-brought`, { ...note, childId });
    const person = child();
    const caseload = await post(healthVisitor, '/v1/caseloads', { person });
    await post(healthVisitor, `/v1/caseloads/${caseload}/reviews-held`, {
      childId,
      review: 'one-year',
      place: 'home',
      note: `${CANARY} reviewed`,
    });
    const referral = await post(worker, '/v1/referrals', {
      familyId,
      childIds: [childId],
      to: HUB,
      need: 'N1',
      level: '4',
      statement: 'reported',
      parentsInformed: 'informed-agree',
      concern: `${CANARY} concern`,
      supportTried: `${CANARY} support`,
      safeContact: `${CANARY} contact`,
      referrerContact: `${CANARY} ${TELEPHONE}`,
    });
    await answerContact(manager, referral);
    await eventually(
      () => readFeed(system.standalone, worker),
      (all) =>
        all.some((e) => nameOf(e) === 'referral.closed' && e.subject === `referral/${referral}`),
    );
    await refused(worker);
    await keepDraft(worker);
  }

  /** Refusals and errors must not keep what they refuse. */
  async function refused(token: string): Promise<void> {
    keys += 1;
    const body = { [CANARY]: CANARY, familyId: CANARY, concern: `${CANARY}\0` };
    const answer = await send(system.standalone, '/v1/referrals', body, {
      token,
      key: `canary-${keys}`,
    });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).not.toContain(CANARY);
  }

  async function keepDraft(token: string): Promise<void> {
    const response = await fetch(
      new URL('/v1/drafts/seal', system.standalone.addressOf('vault')),
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ownerId: 'larkfield-worker-1', form: 'refer', text: CANARY }),
      },
    );
    expect(await response.json()).toEqual({ sealed: expect.stringMatching(/^box\./) as string });
  }

  async function answerContact(manager: string, referralId: string): Promise<void> {
    const concerns = await eventually(
      () => readFeed(system.standalone, manager),
      (all) => all.some((e) => e.data?.referralId === referralId),
    );
    const received = concerns.find((e) => e.data?.referralId === referralId)!;
    const contact = `/v1/${received.subject.replace('contact', 'contacts')}`;
    const rating = { rating: 'green', reason: `${CANARY} reason` };
    const rated = await sendAt(manager, `${contact}/rating`, rating, `"${received.occurrenceid}"`);
    const decision = { outcomes: ['new-referral'], rationale: `${CANARY} rationale` };
    const decided = await sendAt(manager, `${contact}/decision`, decision, rated);
    const feedback = { channel: 'phone', words: `${CANARY} words` };
    await sendAt(manager, `${contact}/feedback`, feedback, decided);
    await post(manager, '/v1/contacts', {
      channel: 'phone',
      source: '1D',
      describedAs: `${CANARY} described`,
      callerDetails: `${CANARY} caller ${TELEPHONE}`,
      concern: `${CANARY} told`,
    });
  }

  function child(): object {
    return {
      kind: 'child',
      givenName: CANARY,
      familyName: CANARY,
      dateOfBirth: CHILD_BORN,
      nhsNumber: NHS_NUMBER,
    };
  }

  async function register(token: string) {
    const directory = await eventually(
      () => readFeed(system.standalone, token),
      (all) => all.some((e) => e.data?.organisationId === 'larkfield-centres' && e.data.placeId),
    );
    const place = directory.find(
      (e) => e.data?.organisationId === 'larkfield-centres' && e.data.placeId,
    );
    const placeId = String(place?.data?.placeId);
    const registered = await sendAt(
      token,
      '/v1/registrations',
      {
        person: child(),
        placeId,
        address: `${CANARY} Row`,
        postcode: POSTCODE,
      },
      undefined,
      (body) => body,
    );
    const familyId = String(registered.familyId);
    const line = `family/${familyId}`;
    const told = await eventually(
      () => readFeed(system.standalone, token),
      (all) => all.some((e) => e.partitionkey === line && nameOf(e) === 'person.registered'),
    );
    const childRow = told.find(
      (e) => e.partitionkey === line && nameOf(e) === 'person.registered',
    );
    return {
      familyId,
      placeId,
      registrationId: String(registered.id),
      childId: String(childRow?.data?.personId),
    };
  }

  /** Answers the id of what was recorded. */
  async function post(token: string, path: string, body: object): Promise<string> {
    return sendAt(token, path, body, undefined, ({ id }) => String(id));
  }

  async function sendAt<T = string>(
    token: string,
    path: string,
    body: object,
    ifMatch?: string,
    pick: (body: Readonly<Record<string, unknown>>, tag: string) => T = (_, tag) => tag as T,
  ): Promise<T> {
    keys += 1;
    const sending = { token, key: `canary-${keys}`, ...(ifMatch ? { ifMatch } : {}) };
    const answer = await send(system.standalone, path, body, sending);
    if (answer.status > 202) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return pick(answer.body, answer.tag ?? '');
  }
});
