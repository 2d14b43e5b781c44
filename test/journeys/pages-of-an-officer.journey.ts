import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { AuditedCall } from '@common-thread/platform/auditing';
import { createSafeguardingHub } from '../../apps/safeguarding-hub/create-safeguarding-hub.js';
import { readModels } from '../../apps/safeguarding-hub/projections.js';
import { AgencyUnderTest } from '../browser/agency-under-test.js';
import { launchChromium } from '../browser/chromium.js';
import { faultsOf, keyboardStops, signInAs } from '../browser/page-checks.js';
import type { ToldContact } from '../browser/told-contacts.js';
import { hub, idFor, larkfield } from '../browser/told-families.js';
import { line, tellHub } from '../browser/told-hub.js';

const wren = idFor('wren');

function calls(count: number): AuditedCall[] {
  return Array.from({ length: count }, (_, nth) => ({
    entryId: String(count - nth),
    at: new Date(Date.UTC(2026, 2, 2, 10, 0, count - nth)).toISOString(),
    kind: 'reveal',
    viewer: nth === 1 ? '=cmd' : 'hub-triage-1',
    organisation: 'fairholme-hub',
    role: 'hub-triage',
    purpose: 'triage',
    page: 'hub/contact',
    about: [line],
    asked: 3,
    granted: 2,
    deliveredAt: nth === 2 ? null : '2026-03-02T10:00:01.000Z',
    items: [
      { field: 'givenName', line, outcome: 'granted' },
      { field: 'address', line, outcome: 'granted' },
      { field: 'concern', line, outcome: 'not-entitled' },
    ],
  }));
}

describe('the pages of an information-governance officer', () => {
  let agency: AgencyUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let red: ToldContact;

  beforeAll(async () => {
    agency = await AgencyUnderTest.start({
      recipient: hub,
      organisation: 'Fairholme Safeguarding Hub',
      readModels,
      create: createSafeguardingHub,
    });
    ({ red } = tellHub(agency.feed));
    await agency.fold();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await agency?.stop();
  });

  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-GB' });
    page = await context.newPage();
    agency.auditing.asked.length = 0;
    agency.auditing.kept = calls(60);
    agency.vault.pages.length = 0;
  });
  afterEach(() => context.close());

  const signIn = (user = 'governance-officer-1') => signInAs(page, agency.publicUrl, user);
  const open = (path: string) => page.goto(new URL(path, agency.publicUrl).href);

  it('begin with who looked, page by page, and open nothing', async () => {
    await signIn();
    expect(new URL(page.url()).pathname).toBe('/audit');
    expect(await faultsOf(page, 'officer-audit')).toEqual([]);
    expect(await page.locator('tbody tr').count()).toBe(50);
    expect(await page.innerText('tbody')).toContain('Address: shown');
    expect(await page.innerText('tbody')).toContain('delivery unknown');
    await page.getByRole('link', { name: 'Earlier' }).click();
    expect(await page.locator('tbody tr').count()).toBe(10);
    await page.getByRole('link', { name: 'Back to the latest' }).click();
    expect(await page.locator('tbody tr').count()).toBe(50);
    expect(agency.vault.pages).toEqual([]);
    expect(await keyboardStops(page)).toContain('input subject');
  });

  it('narrow by record, by viewer and by day, and say what cannot be asked', async () => {
    await signIn();
    await page.getByLabel('Whose record').fill('Wren Applegarth');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.title()).toMatch(/^Error: Who looked/);
    expect(await faultsOf(page, 'officer-audit-errors')).toEqual([]);
    await page.getByLabel('Whose record').fill(wren);
    await page.getByLabel('Who looked', { exact: true }).fill('hub-triage-1');
    await page.getByLabel('From').fill('2026-03-01');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(agency.auditing.asked.at(-1)).toEqual({
      subject: wren,
      viewer: 'hub-triage-1',
      from: '2026-03-01',
    });
  });

  it('give the whole answer as CSV, in which nothing is a formula', async () => {
    agency.auditing.kept = calls(1_200);
    await signIn();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as CSV' }).click();
    const stream = await (await download).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const lines = Buffer.concat(chunks).toString().trim().split('\r\n');
    expect(lines).toHaveLength(1_201);
    expect(lines[2]).toContain("'=cmd");
    expect(lines.join('')).not.toMatch(/(^|,)"?=/);
    // A file cannot be taken back: whoever takes many is told to wait.
    agency.auditing.kept = calls(1);
    const csv = new URL('/audit.csv', agency.publicUrl).href;
    const statuses: number[] = [];
    while (statuses.at(-1) !== 429 && statuses.length < 20) {
      statuses.push((await page.request.get(csv)).status());
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(9);
  });

  it('find a record by exact details, and show ids alone', async () => {
    agency.lookUp.matches = [{ personId: wren, familyIds: [line.slice(7)] }];
    await signIn();
    await page.getByRole('link', { name: 'Find a person' }).click();
    expect(await faultsOf(page, 'officer-look-up')).toEqual([]);
    await page.getByLabel('NHS number').fill('9990000018');
    await page.getByRole('button', { name: 'Look up' }).click();
    expect(await faultsOf(page, 'officer-found')).toEqual([]);
    await page.getByRole('link', { name: 'Who looked at person 1' }).click();
    expect(agency.auditing.asked.at(-1)).toMatchObject({ subject: wren });
    expect(agency.vault.pages).toEqual([]);
  });

  it('say everyone ever told an address: sealed by a feed, and opened by the vault', async () => {
    agency.auditing.kept = calls(2);
    agency.tellings.told = [
      {
        recipient: larkfield,
        sequence: 17,
        line,
        toldAt: '2026-03-02T10:00:00.000Z',
        type: 'uk.common-thread.membership.began.v1',
        ground: 'author',
        withdrawn: true,
      },
    ];
    await signIn();
    await open(`/audit/told?person=${wren}`);
    expect(await faultsOf(page, 'officer-told')).toEqual([]);
    const text = await page.innerText('main');
    expect(text).toContain('1 agency told, sealed');
    expect(text).toContain('Joined the family, row 17');
    expect(text).toMatch(/withdrawn since/i);
    expect(agency.auditing.asked.at(-1)).toMatchObject({ subject: wren, field: 'address' });
    agency.tellings.told = undefined;
    await page.reload();
    expect(await page.innerText('main')).toContain('Do not take this page for the whole answer');
  });

  it('say of a day what looking to ask about, and lead to it', async () => {
    agency.auditing.kept = Array.from({ length: 80 }, (_, nth) => ({
      ...calls(1)[0]!,
      entryId: String(80 - nth),
      about: [`family/${idFor(`seen ${nth}`)}`],
    }));
    const when = { firstAt: '2026-03-02T10:00:00.000Z', lastAt: '2026-03-02T11:00:00.000Z' };
    const centre = { organisation: 'larkfield-centres', role: 'centre-worker', ...when };
    agency.auditing.staff = {
      findings: [
        { kind: 'own-record', viewer: 'centre-worker-1', people: 1, calls: 2, ...centre },
        { kind: 'same-surname', viewer: 'centre-worker-2', people: 3, calls: 4, ...centre },
      ],
      known: 2,
      viewers: 3,
      isWhole: true,
    };
    await signIn();
    await open('/audit/report?day=2026-03-02');
    expect(await faultsOf(page, 'officer-report')).toEqual([]);
    const text = await page.innerText('main');
    expect(text).toContain('2 of 3 people who looked are in the register of staff');
    expect(text).toContain('Their own record, in 2 calls');
    expect(text).toContain('3 people of their own surname, in 4 calls');
    expect(text).toContain('80 calls looked through, 1 question to ask.');
    expect(text).toContain('80 records looked at; 60 are ordinary for this role');
    expect(agency.auditing.asked.at(-1)).toMatchObject({
      from: '2026-03-02',
      until: '2026-03-02',
    });
    await page.getByRole('link', { name: 'hub-triage-1' }).click();
    expect(agency.auditing.asked.at(-1)).toEqual({
      viewer: 'hub-triage-1',
      from: '2026-03-02',
      until: '2026-03-02',
    });
    expect((await open('/audit/report?day=2026-02-30'))?.status()).toBe(404);
  });

  it('list the register of staff, enter somebody, and take from them what they do', async () => {
    const member = { id: 'w-1', organisation: 'larkfield-centres', known: ['surname'] as const };
    const part = { what: 'role', named: 'centre-worker' } as const;
    const taken = [{ ...part, at: '2026-03-02T10:00:00.000Z', by: 'governance-officer-1' }];
    agency.staffing.kept = { staff: [{ ...member, taken }], next: 'larkfield-centres/w-1' };
    await signIn();
    await page.getByRole('link', { name: 'Staff', exact: true }).click();
    expect(await faultsOf(page, 'officer-staff')).toEqual([]);
    expect(await page.innerText('tbody')).toContain('The work of a centre worker');
    expect(await page.getByRole('link', { name: 'Next' }).getAttribute('href')).toBe(
      '/staff?after=larkfield-centres%2Fw-1',
    );
    await page.getByRole('link', { name: 'Enter a member of staff' }).click();
    await page.getByRole('button', { name: 'Enter' }).click();
    expect(await page.innerText('.govuk-error-summary')).toContain('Enter a surname');
    expect(await faultsOf(page, 'officer-staff-enter-errors')).toEqual([]);
    await open('/staff/larkfield-centres/w-1');
    await page.getByRole('button', { name: 'Take it away' }).click();
    expect(await page.innerText('.govuk-error-summary')).toContain('Choose what is taken away');
    agency.staffing.refusal = 'Another officer takes your work away, or gives it back.';
    await page.getByLabel('What is taken away?').selectOption('everything');
    await page.getByRole('button', { name: 'Take it away' }).click();
    expect(await page.innerText('.govuk-error-summary')).toContain('Another officer');
    agency.staffing.refusal = undefined;
    await page.getByRole('button', { name: /^Give back/ }).click();
    expect(agency.staffing.changes).toEqual([
      { id: 'w-1', organisation: 'larkfield-centres', taken: false, ...part },
    ]);
    expect(await page.innerText('main')).toContain('Given back');
  });

  it('are nobody else’s, and theirs are no others', async () => {
    await signIn();
    for (const path of [`/contacts/${red.contactId}`, '/look-up', '/contacts/new']) {
      expect((await open(path))?.status()).toBe(404);
    }
    await context.clearCookies();
    await signIn('hub-manager-1');
    for (const path of [
      '/audit',
      '/audit.csv',
      '/staff',
      '/agreements',
      `/audit/told?person=${wren}`,
    ]) {
      expect((await open(path))?.status()).toBe(404);
    }
  });

  it('stand beside a record for its manager: the last times it was looked at', async () => {
    agency.auditing.viewed = calls(25);
    await signIn('hub-manager-1');
    await open(`/contacts/${red.contactId}`);
    await page.getByRole('link', { name: 'Who has looked at this record' }).click();
    expect(await faultsOf(page, 'hub-viewings')).toEqual([]);
    expect(await page.locator('tbody tr').count()).toBe(25);
    await context.clearCookies();
    await signIn('hub-triage-1');
    const answer = await open(`/contacts/${red.contactId}/viewings`);
    expect(answer?.status()).toBe(404);
  });
});
