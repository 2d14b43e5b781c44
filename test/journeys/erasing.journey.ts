import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { signInAs } from '../browser/page-checks.js';
import { nameOf, readFeed } from './feed-reading.js';
import type { WholeSystem } from './whole-system.js';
import { eventually, HUB, LARKFIELD, send, startWholeSystem } from './whole-system.js';

/** Every app, with two officers, and a record that should never have been held. */
describe('erasing, through every app', () => {
  let system: WholeSystem;
  let browser: Browser;
  let worker: string;
  let keys = 0;

  beforeAll(async () => {
    system = await startWholeSystem();
    browser = await launchChromium();
    worker = await system.tokenOf('larkfield-worker-1');
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await system?.close();
  });

  async function recorded(token: string, path: string, body: object) {
    keys += 1;
    const answer = await send(system.standalone, path, body, { token, key: `erasing-${keys}` });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  }

  /** A child at a centre of Larkfield’s; gives who it is and the family’s page. */
  async function registered(givenName: string, dateOfBirth: string) {
    const feed = await eventually(
      () => readFeed(system.standalone, worker),
      (events) => events.some((event) => nameOf(event) === 'place.recorded'),
    );
    const place = feed.find(
      (event) =>
        nameOf(event) === 'place.recorded' && event.data?.organisationId === 'larkfield-centres',
    );
    const person = { kind: 'child', givenName, familyName: 'Thistlewick', dateOfBirth };
    const body = { person, placeId: String(place?.data?.placeId), address: '1 Sparrow Row' };
    const { familyId } = await recorded(worker, '/v1/registrations', body);
    const told = await eventually(
      () => readFeed(system.standalone, worker),
      (events) => events.some((event) => isOf(familyId, event)),
    );
    const personId = String(told.find((event) => isOf(familyId, event))?.data?.personId);
    return { personId, path: `/families/${String(familyId)}` };
  }

  function isOf(familyId: unknown, event: Parameters<typeof nameOf>[0]): boolean {
    return (
      event.partitionkey === `family/${String(familyId)}` && nameOf(event) === 'person.registered'
    );
  }

  async function signedIn(recipient: string, userId: string): Promise<Page> {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await signInAs(page, system.standalone.agencyAddress(recipient), userId);
    return page;
  }

  async function textOf(page: Page, path: string): Promise<string> {
    await page.goto(new URL(path, page.url()).href);
    return page.innerText('main');
  }

  it('ends a holding on the word of two officers, and says so where its words stood', async () => {
    const { personId, path } = await registered('Ottoline', '2023-01-17');
    const page = `/erasures/${personId}`;
    const first = await signedIn(HUB, 'governance-officer-1');
    expect(await textOf(first, page)).toContain('The work goes on');
    await first.getByRole('radio', { name: 'Larkfield' }).check();
    await first.getByLabel('Who the person is, and the family').check();
    await first.getByLabel('It was held unlawfully').check();
    await first.getByRole('button', { name: 'Propose erasure' }).click();
    expect(await first.innerText('main')).toContain('You proposed this yourself');

    const token = await system.tokenOf('governance-officer-1');
    const waiting = await fetch(new URL('/v1/erasures', system.standalone.addressOf('vault')), {
      headers: { authorization: `Bearer ${token}` },
    });
    const { erasures } = (await waiting.json()) as {
      readonly erasures: readonly { readonly proposalId: string }[];
    };
    const { proposalId } = erasures[0] ?? {};
    const own = await send(
      system.standalone,
      `/v1/erasures/${personId}/confirmation`,
      { proposalId },
      { token, key: 'erasing-own' },
    );
    expect(own).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('Whoever proposed it cannot confirm it') as string },
    });

    const second = await signedIn(HUB, 'governance-officer-2');
    expect(await textOf(second, page)).toContain('Waits for a second officer');
    await second.getByRole('button', { name: 'Confirm: erase it' }).click();
    const confirmed = await second.innerText('main');
    expect(confirmed).toContain('Confirmed, being destroyed');
    expect(confirmed).toContain('Destroyed at the earliest');

    const centre = await signedIn(LARKFIELD, 'larkfield-worker-1');
    const family = await textOf(centre, path);
    expect(family).toContain('Name erased on');
    expect(family).toContain('because it was held unlawfully');
    expect(family).not.toContain('Ottoline');
    expect(family).not.toContain('Sparrow Row');
  });
});
