import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import { launchChromium } from '../browser/chromium.js';
import { faultsOf, signInAs } from '../browser/page-checks.js';
import { nameOf, readFeed } from './feed-reading.js';
import type { Answer, WholeSystem } from './whole-system.js';
import { eventually, HUB, send, startWholeSystem } from './whole-system.js';

const child = {
  kind: 'child',
  givenName: 'Sorrel',
  familyName: 'Meadowsweet',
  dateOfBirth: '2023-05-17',
} as const;
const LARKFIELD = 'Larkfield Family Centres';
const HEALTH = 'Fairholme Community Health NHS Trust';

/** One family that a centre refers and a health visitor looks after, and an officer at her desk. */
describe('sharing agreements on the pages of an officer', () => {
  let system: WholeSystem;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let centre: string;
  let hub: string;
  let visitor: string;
  let line: string;
  let registrationId: string;
  let placeId: string;
  let childId: string;
  let membershipId: string;
  let keys = 0;

  beforeAll(async () => {
    system = await startWholeSystem(1);
    centre = await system.tokenOf('larkfield-worker-1');
    hub = await system.tokenOf('hub-triage-1');
    visitor = await system.tokenOf('health-visitor-1');
    browser = await launchChromium();
    context = await browser.newContext({ locale: 'en-GB' });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await oneFamily();
    await signInAs(page, system.standalone.agencyAddress(HUB), 'governance-officer-1');
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await system?.close();
  });

  it('are listed, and each says in words who tells whom what, since when and signed by whom', async () => {
    await page.getByRole('link', { name: 'Sharing agreements', exact: true }).click();
    expect(await faultsOf(page, 'agreements')).toEqual([]);
    await openCountys();
    expect(await faultsOf(page, 'agreement')).toEqual([]);
    const said = await text();
    expect(said).toContain('Safeguarding and promoting children’s welfare');
    expect(said).toContain('UK GDPR Article 9(2)(h): health or social care');
    expect(said).toMatch(/State\s+In force/);
    expect(said).toContain(`${LARKFIELD}: information-governance lead`);
    // As the table lets a centre be told it, which is less than was signed.
    expect(await toldTo(LARKFIELD)).toContain('Existence only');
  }, 300_000);

  it('are signed with all they need: what is wrong is said, and nothing typed is lost', async () => {
    await page.getByRole('link', { name: 'Sharing agreements', exact: true }).click();
    await press('Record a new agreement');
    expect(await faultsOf(page, 'agreement-sign')).toEqual([]);
    await page.getByLabel(LARKFIELD).selectOption('caldicott-guardian');
    await press('Record the agreement');
    expect(await page.innerText('.govuk-error-summary')).toContain('at least two organisations');
    expect(await faultsOf(page, 'agreement-sign-errors')).toEqual([]);
    expect(await page.getByLabel(LARKFIELD).inputValue()).toBe('caldicott-guardian');
    await page.getByLabel(HEALTH).selectOption('information-governance-lead');
    await page.getByLabel('Early help').check();
    await page.getByLabel('UK GDPR Article 6(1)(e): public task').check();
    await page.getByLabel('Who is in the family and where they live').selectOption('content');
    await page.getByLabel('Health visiting reviews').selectOption('content');
    await fillDate('What is its first day?', ['1', '11', '2026']);
    await fillDate('What is its last day?', ['31', '10', '2028']);
    await page.getByLabel('It stays with whoever was told').check();
    await press('Record the agreement');
    expect(await page.innerText('.govuk-error-summary')).toContain('a condition of Article 9');
    await page.getByLabel('UK GDPR Article 9(2)(h): health or social care').check();
    await press('Record the agreement');
    expect(await faultsOf(page, 'agreement-signed')).toEqual([]);
    const said = await text();
    expect(said).toMatch(/State\s+In force/);
    expect(said).toContain(`${HEALTH}: information-governance lead`);
    expect(said).toContain(`${LARKFIELD}: Caldicott guardian`);
  }, 300_000);

  it('are narrowed, and acknowledged as in force', async () => {
    await press('Narrow it');
    expect(await faultsOf(page, 'agreement-narrow')).toEqual([]);
    await page.getByLabel('It shared more than was needed').check();
    await page.getByLabel(LARKFIELD).selectOption('caldicott-guardian');
    await page.getByLabel(HEALTH).selectOption('caldicott-guardian');
    await page.getByLabel('It stays with whoever was told').check();
    await press('Narrow the agreement');
    expect(await page.innerText('.govuk-error-summary')).toContain('Choose less');
    await page.getByLabel('Health visiting reviews').selectOption({ label: 'Nothing' });
    await press('Narrow the agreement');
    expect(await text()).toContain('in force everywhere from the next event on');
    expect(await text()).toMatch(/State\s+In force, narrowed/);
    expect(await faultsOf(page, 'agreement-narrowed')).toEqual([]);
  }, 300_000);

  it('say before one is ended what stops, what another agreement tells and what duty tells', async () => {
    await attended();
    await until(hub, 'session.attended', 1);
    await until(visitor, 'session.attended', 1);
    await page.getByRole('link', { name: 'Sharing agreements', exact: true }).click();
    await openCountys();
    await press('End it');
    await press('Continue');
    expect(await page.innerText('.govuk-error-summary')).toContain('Choose why it ends');
    expect(await faultsOf(page, 'agreement-end-errors')).toEqual([]);
    await page.getByLabel('A party withdrew').check();
    await page.getByLabel(LARKFIELD).check();
    await page.getByLabel('It stays with whoever was told').check();
    await press('Continue');
    expect(await page.innerText('h1')).toBe('End this agreement?');
    expect(await faultsOf(page, 'agreement-ending')).toEqual([]);
    expect(await under('Goes on being told, under another agreement')).toContain(HEALTH);
    const duty = await under('Goes on being told, by duty');
    expect(duty).toContain(
      'Referrals to the hub; contacts at the front door; what the hub decided',
    );
    expect(duty).toContain('Children Act 1989, section 47');
    expect(duty).toContain('Of what it referred itself: Referrals to the hub');
    const [toHub] = (await under('Told no more, from the next event on')).split(`${LARKFIELD} (`);
    expect(toHub).toContain('sessions come to');
    expect(toHub).not.toMatch(/referrals/i);
    await press('Change the answers');
    expect(await page.getByLabel('A party withdrew').isChecked()).toBe(true);
    await press('Continue');
    // Nothing has been recorded by looking.
    await attended();
    await until(hub, 'session.attended', 2);
  }, 300_000);

  it('once ended tell no more from the next event on, and duty goes on telling', async () => {
    await press('End the agreement');
    expect(await text()).toContain('in force everywhere from the next event on');
    expect(await text()).toMatch(/State\s+Ended/);
    expect(await faultsOf(page, 'agreement-ended')).toEqual([]);
    await attended();
    await recorded(`/v1/memberships/${membershipId}/address`, { address: '2 Sparrow Row' });
    await referred();
    const atHub = await until(hub, 'referral.raised', 2);
    expect(atHub.at(-1)?.ground).toContain('duty:ca-1989-s47');
    expect(await namesOf(hub, ['session.attended', 'address.changed'])).toHaveLength(2);
    // The other agreement goes on, in what it was narrowed to.
    await until(visitor, 'address.changed', 1);
    expect(await namesOf(visitor, ['session.attended'])).toHaveLength(2);
    await page.getByRole('link', { name: 'Sharing agreements', exact: true }).click();
    expect(await faultsOf(page, 'agreements-after')).toEqual([]);
  }, 300_000);

  it('are nobody else’s: not a worker’s of the hub, nor of an agency', async () => {
    const paths = ['', '/new', '/0f0c6d8e-5b0e-4f7e-8a55-0a2f1f6f7a11'];
    for (const path of paths) {
      const address = new URL(`/agreements${path}`, system.standalone.agencyAddress(HUB));
      for (const token of [hub, await system.tokenOf('hub-manager-1'), centre]) {
        expect((await fetch(address, { headers: bearing(token) })).status).toBe(404);
      }
    }
    const vault = new URL('/v1/agreements', system.standalone.addressOf('vault'));
    expect((await fetch(vault, { headers: bearing(hub) })).status).toBe(404);
  }, 300_000);

  const text = () => page.innerText('main');
  const bearing = (token: string) => ({ authorization: `Bearer ${token}` });

  function press(name: string): Promise<void> {
    return page.getByRole('button', { name, exact: true }).click();
  }

  function openCountys(): Promise<void> {
    return page.getByRole('link', { name: /Brook & Vale/ }).click();
  }

  /** What is told to one of the parties, on the page of an agreement. */
  function toldTo(name: string): Promise<string> {
    return page
      .locator('h3', { hasText: name })
      .locator('xpath=following-sibling::dl[1]')
      .innerText();
  }

  /** What stands between a heading and the next one of its kind. */
  async function under(heading: string): Promise<string> {
    const [, after = ''] = (await text()).split(`${heading}\n`);
    const next = await page.locator('h2').allInnerTexts();
    const end = next.map((other) => after.indexOf(`\n${other}\n`)).filter((at) => at > 0);
    return after.slice(0, Math.min(...end, after.length));
  }

  async function fillDate(question: string, [day, month, year]: readonly string[]): Promise<void> {
    const date = page.getByRole('group', { name: question });
    await date.getByLabel('Day').fill(day ?? '');
    await date.getByLabel('Month').fill(month ?? '');
    await date.getByLabel('Year').fill(year ?? '');
  }

  async function oneFamily(): Promise<void> {
    const isOurs = (row: CloudEvent) =>
      nameOf(row) === 'place.recorded' && row.data?.organisationId === 'larkfield-centres';
    const directory = await eventually(
      () => readFeed(system.standalone, centre),
      (rows) => rows.some(isOurs),
    );
    placeId = String(directory.find(isOurs)?.data?.placeId);
    const registered = await recorded('/v1/registrations', {
      person: child,
      placeId,
      address: 'x',
    });
    registrationId = String(registered.body.id);
    line = `family/${String(registered.body.familyId)}`;
    const [joined] = await until(centre, 'membership.began', 1);
    childId = String(joined?.data?.personId);
    membershipId = String(joined?.subject).replace('membership/', '');
    await recorded('/v1/caseloads', { person: child }, visitor);
    await until(visitor, 'membership.began', 1);
    await referred();
    await until(hub, 'referral.raised', 1);
  }

  function attended(): Promise<Answer> {
    return recorded(`/v1/registrations/${registrationId}/attendances`, {
      personIds: [childId],
      activity: 'stay-and-play',
      placeId,
    });
  }

  function referred(): Promise<Answer> {
    return recorded('/v1/referrals', {
      familyId: line.replace('family/', ''),
      childIds: [childId],
      to: HUB,
      need: 'N1',
      level: '4',
      statement: 'witnessed',
      parentsInformed: 'informed-agree',
      concern: 'A bruise on the cheek',
    });
  }

  async function namesOf(token: string, names: readonly string[]): Promise<readonly string[]> {
    const rows = await readFeed(system.standalone, token);
    return rows
      .filter((row) => row.partitionkey === line)
      .map(nameOf)
      .filter((name) => names.includes(name));
  }

  /** Rows of the family of this name, once there are so many. */
  async function until(token: string, name: string, many: number): Promise<CloudEvent[]> {
    return eventually(
      async () =>
        (await readFeed(system.standalone, token)).filter(
          (row) => row.partitionkey === line && nameOf(row) === name,
        ),
      (rows) => rows.length >= many,
    );
  }

  async function recorded(path: string, body: object, token = centre): Promise<Answer> {
    keys += 1;
    const answer = await send(system.standalone, path, body, { token, key: `agreements-${keys}` });
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  }
});
