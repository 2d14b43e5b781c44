import type { CopyParts, RequestDetail } from '@common-thread/platform/subject-access';
import { createSafeguardingHub } from '../../apps/safeguarding-hub/create-safeguarding-hub.js';
import { readModels } from '../../apps/safeguarding-hub/projections.js';
import { faultsOf, keyboardStops } from '../browser/page-checks.js';
import { hub, idFor } from '../browser/told-families.js';
import { Visit } from '../browser/visit.js';

const wren = idFor('wren');
const requestId = idFor('request');
const page = `/copies/${requestId}`;

function request(change: Partial<RequestDetail> = {}): RequestDetail {
  return {
    requestId,
    personId: wren,
    askedBy: 'representative',
    receivedOn: '2026-03-02',
    dueOn: '2026-04-02',
    officer: 'governance-officer-2',
    leftOut: [],
    ...change,
  };
}

const parts: CopyParts = {
  packId: '7',
  copy: { request: request(), asOf: '2026-03-03T10:00:00.000Z', held: [], looked: [] },
  given: [],
  lines: [],
  names: { organisations: [], places: [] },
};

describe('copies of records on the pages of an information-governance officer', () => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await Visit.to(
      {
        recipient: hub,
        organisation: 'Fairholme Safeguarding Hub',
        readModels,
        create: createSafeguardingHub,
      },
      'governance-officer-1',
      () => undefined,
    );
  });
  afterAll(() => visit?.end());
  beforeEach(async () => {
    await visit.begin();
    const { copies, tellings } = visit.agency;
    Object.assign(copies, { isDown: false, isSignedOut: false, refusal: undefined });
    Object.assign(copies, { requests: [request()], parts });
    tellings.facts = [];
  });
  afterEach(() => visit.leave());

  const text = () => visit.page.innerText('main');
  const day = (parts: readonly string[]) =>
    visit.fillDate('When did the request reach us?', parts);

  it('begin with what is due, the soonest first, and mark what is overdue', async () => {
    const later = request({ requestId: idFor('later'), dueOn: '2999-01-01', askedBy: 'self' });
    const made = request({ requestId: idFor('made'), madeAt: '2026-03-20T10:00:00.000Z' });
    visit.agency.copies.requests = [request(), later, made];
    await visit.follow('Copies of records');
    expect(await text()).toContain('2 requests without a copy yet, 1 overdue.');
    const rows = await visit.page.locator('tbody tr').allInnerTexts();
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/2 April 2026\s+overdue/i);
    expect(rows[1]).not.toMatch(/overdue/i);
    expect(rows[2]).toContain('20 March 2026 at 10am');
    expect(await faultsOf(visit.page, 'officer-copies-due')).toEqual([]);
  });

  it('take a request, keep what was typed while it cannot be sent, and send it once', async () => {
    await visit.open(`/copies/new?person=${wren}`);
    expect(await faultsOf(visit.page, 'officer-copy-new')).toEqual([]);
    expect(await keyboardStops(visit.page)).toContain('input askedBy');
    await visit.press('Record the request');
    expect(await visit.errors()).toContain('Choose for whom the copy is');
    expect(await visit.errors()).toContain('Give the whole day on which it reached us');
    expect(await visit.errors()).toContain('how you know who they are');
    expect(await faultsOf(visit.page, 'officer-copy-new-errors')).toEqual([]);
    await visit.page.getByRole('radio', { name: 'Somebody who acts for them' }).check();
    await day(['1', '1', '2999']);
    await visit.page.getByLabel('What did they ask for').fill('A letter of authority was seen');
    await visit.press('Record the request');
    expect(await visit.errors()).toContain('Give a day that has been');
    await day(['2', '3', '2026']);
    const key = await visit.page.locator('input[name=_key]').inputValue();
    visit.agency.copies.isDown = true;
    await visit.press('Record the request');
    expect(await visit.errors()).toContain('Nothing is lost');
    visit.agency.copies.isDown = false;
    visit.agency.copies.refusal = 'This person’s record is restricted: speak to the manager.';
    await visit.press('Record the request');
    expect(await visit.errors()).toContain('speak to the manager');
    visit.agency.copies.refusal = undefined;
    await visit.press('Record the request');
    expect(await text()).toContain('Recorded.');
    expect(visit.agency.copies.sent).toEqual([
      {
        key,
        personId: wren,
        askedBy: 'representative',
        receivedOn: '2026-03-02',
        reason: 'A letter of authority was seen',
      },
    ]);
  });

  it('leave a matter out by its number, and give it after all', async () => {
    await visit.open(page);
    await visit.page.getByLabel('Number of the referral').fill('4F7K');
    await visit.press('Leave it out');
    expect(await visit.errors()).toContain('like CT-4F7K-29QD');
    expect(await faultsOf(visit.page, 'officer-copy-errors')).toEqual([]);
    await visit.page.getByLabel('Number of the referral').fill(' ct-4f7k-29qd ');
    await visit.press('Leave it out');
    const at = '2026-03-03T10:00:00.000Z';
    visit.agency.copies.requests = [
      request({ leftOut: [{ number: 'CT-4F7K-29QD', by: 'governance-officer-1', at }] }),
    ];
    await visit.open(page);
    expect(await text()).toContain('CT-4F7K-29QD is left out whole.');
    expect(await faultsOf(visit.page, 'officer-copy-left-out')).toEqual([]);
    await visit.page.getByRole('button', { name: 'Give it after all' }).click();
    expect(await text()).toContain('no longer left out');
    expect(await text()).toContain('Rules may still hold it back');
    expect(visit.agency.copies.leftOut).toEqual([
      { number: 'CT-4F7K-29QD', isLeftOut: true },
      { number: 'CT-4F7K-29QD', isLeftOut: false },
    ]);
  });

  it('give no copy while nobody can say who was told, nor where the vault makes none', async () => {
    await visit.open(page);
    visit.agency.tellings.facts = undefined;
    await visit.press('Download to read');
    expect(await visit.errors()).toContain('This could not be done just now');
    expect(await text()).toMatch(/Copy last made\s+Not yet/);
    await visit.open('/copies');
    expect(await text()).toContain('1 request without a copy yet, 1 overdue.');
    await visit.open(page);
    visit.agency.tellings.facts = [];
    visit.agency.copies.refusal = 'A restriction was recorded meanwhile. Ask again.';
    await visit.press('Download to read');
    expect(await visit.errors()).toContain('A restriction was recorded meanwhile');
    expect(await faultsOf(visit.page, 'officer-copy-refused')).toEqual([]);
  });

  it('say so while the vault cannot be asked, and know no other request', async () => {
    visit.agency.copies.isDown = true;
    expect((await visit.open('/copies'))?.status()).toBe(503);
    expect(await text()).toContain('Nothing has been lost');
    visit.agency.copies.isDown = false;
    expect((await visit.open(`/copies/${idFor('none')}`))?.status()).toBe(404);
    expect((await visit.open('/copies/new?person=Wren'))?.status()).toBeGreaterThanOrEqual(400);
    await visit.open(`${page}/withheld`);
    expect(await text()).toContain('No copy has been made yet.');
  });

  it('say to sign in or try again once the vault takes the sign-in no longer', async () => {
    await visit.open(page);
    visit.agency.copies.isSignedOut = true;
    await visit.page.getByLabel('Number of the referral').fill('CT-4F7K-29QD');
    await visit.press('Leave it out');
    expect(await text()).toContain('Try again in a minute');
    expect(await text()).toContain('CT-4F7K-29QD');
    for (const path of ['/copies', page, `${page}/withheld`]) {
      expect((await visit.open(path))?.status()).toBe(503);
    }
    await visit.open(`/copies/new?person=${wren}`);
    await visit.page.getByRole('radio', { name: 'Somebody who acts for them' }).check();
    await day(['2', '3', '2026']);
    await visit.page.getByLabel('What did they ask for').fill('A letter of authority was seen');
    await visit.press('Record the request');
    expect(await visit.errors()).toContain('Sign in again');
  });

  it('say to wait after many files in an hour: none can be taken back', async () => {
    await visit.open(page);
    const token = await visit.page.locator('input[name=_token]').first().inputValue();
    const file = new URL(`${page}/files/json`, visit.agency.publicUrl).href;
    const statuses: number[] = [];
    // What was not given is not counted.
    visit.agency.tellings.facts = undefined;
    for (let nth = 0; nth < 11; nth += 1) {
      const answer = await visit.page.request.post(file, { form: { _token: token } });
      expect(answer.status()).toBe(422);
    }
    visit.agency.tellings.facts = [];
    while (statuses.at(-1) !== 429 && statuses.length < 20) {
      const answer = await visit.page.request.post(file, { form: { _token: token } });
      statuses.push(answer.status());
    }
    expect(statuses).toContain(200);
    expect(statuses.at(-1)).toBe(429);
    expect(new Set(visit.agency.copies.packsTaken)).toEqual(new Set(['7']));
  });
});
