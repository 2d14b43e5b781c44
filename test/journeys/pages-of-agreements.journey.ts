import type { SharingAgreement } from '@common-thread/platform/sharing-agreements';
import { createSafeguardingHub } from '../../apps/safeguarding-hub/create-safeguarding-hub.js';
import { readModels } from '../../apps/safeguarding-hub/projections.js';
import { faultsOf, keyboardStops } from '../browser/page-checks.js';
import { hub, idFor } from '../browser/told-families.js';
import { Visit } from '../browser/visit.js';

const at = '2026-03-02T10:00:00.000Z';
const by = 'governance-officer-2';

function agreement(what: string, change: Partial<SharingAgreement> = {}): SharingAgreement {
  return {
    agreementId: idFor(what),
    state: 'in-force',
    parties: ['fairholme-hub', 'larkfield-centres'],
    purpose: 'early-help',
    lawfulBases: ['uk-gdpr-6-1-e', 'uk-gdpr-9-2-h'],
    from: '2026-03-01',
    until: '2028-02-29',
    takesBackAtExpiry: true,
    tookEffectAt: at,
    versions: [
      {
        version: 1,
        at,
        by,
        content: ['household', 'attendance'],
        notice: [],
        existence: [],
        signatories: ['fairholme-hub/caldicott-guardian', 'larkfield-centres/caldicott-guardian'],
      },
    ],
    ...change,
  };
}

const ours = agreement('ours');
const page = `/agreements/${ours.agreementId}`;

describe('the pages of sharing agreements', () => {
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
  }, 300_000);
  afterAll(() => visit?.end());
  beforeEach(async () => {
    await visit.begin();
    visit.page.setDefaultTimeout(60_000);
    visit.agency.agreements.isDown = false;
    visit.agency.agreements.tableVersion = 1;
    visit.agency.agreements.kept = [ours];
  }, 300_000);
  afterEach(() => visit.leave());

  const text = () => visit.page.innerText('main');
  const answerEnd = async () => {
    await visit.page.getByLabel('Another agreement replaces it').check();
    await visit.page.getByLabel('Larkfield Family Centres').check();
    await visit.page.getByLabel('It is withdrawn from everyone').check();
  };

  it('list what is in force, what is coming and what has ended', async () => {
    const ended = { at, by, reason: 'expired', takesBack: true };
    visit.agency.agreements.kept = [
      agreement('coming', { state: 'signed', from: '2027-01-01' }),
      ours,
      agreement('over', { state: 'expired', ended }),
    ];
    await visit.follow('Sharing agreements');
    const lists = await visit.page.locator('tbody').allInnerTexts();
    expect(lists).toHaveLength(3);
    expect(lists[0]).toContain('From 1 March 2026 until 29 February 2028');
    expect(lists[1]).toContain('From 1 January 2027');
    expect(lists[2]).toContain('ended 2 March 2026');
    expect(await text()).toContain('As recorded until 2 March 2026 at 10am');
    await visit.open(`/agreements/${idFor('over')}`);
    expect(await text()).toContain('Its last day has passed');
    expect(await text()).toContain('Withdrawn from everyone who was told');
    expect(await visit.page.getByRole('button', { name: 'End it' }).count()).toBe(0);
    await visit.open(`/agreements/${idFor('over')}/end`);
    expect(new URL(visit.page.url()).pathname).toBe(`/agreements/${idFor('over')}`);
  }, 300_000);

  it('say so while the vault cannot be asked, and know none that it does not', async () => {
    visit.agency.agreements.isDown = true;
    for (const path of ['/agreements', page]) {
      expect((await visit.open(path))?.status()).toBe(503);
      expect(await text()).toContain('Nothing has been lost');
    }
    visit.agency.agreements.isDown = false;
    for (const path of [`/agreements/${idFor('none')}`, '/agreements/none', `${page}/widen`]) {
      expect((await visit.open(path))?.status()).toBe(404);
    }
  }, 300_000);

  it('send one that is ended only once it was confirmed, under one key however often', async () => {
    await visit.open(`${page}/end`);
    expect(await keyboardStops(visit.page)).toContain('input reason');
    await answerEnd();
    visit.accepts({ inForce: false });
    await visit.press('Continue');
    expect(await text()).toContain('It is withdrawn.');
    expect(visit.agency.commands.sent).toEqual([]);
    visit.agency.commands.answer = () => ({ kind: 'unavailable' });
    await visit.press('End the agreement');
    expect(await visit.errors()).toContain('Nothing is lost');
    visit.accepts({ inForce: false });
    await visit.press('Continue');
    await visit.press('End the agreement');
    expect(await text()).toContain('Recorded, not yet in force');
    expect(await faultsOf(visit.page, 'agreement-not-yet-in-force')).toEqual([]);
    // Said of what was just recorded, and not for ever.
    await visit.follow('Open this page again');
    expect(new URL(visit.page.url()).search).toBe('');
    expect(await text()).not.toContain('not yet in force');
    const [first, second] = visit.agency.commands.sent;
    expect(second).toEqual(first);
    expect(second).toMatchObject({
      path: `/v1${page}/end`,
      body: { reason: 'replaced', endedBy: 'larkfield-centres', takesBack: true },
    });
  }, 300_000);

  it('say how one had ended before, and that nothing of another end was recorded', async () => {
    const refusal = 'This agreement has ended already, and otherwise than you say.';
    const over = agreement('ours', {
      state: 'ended',
      ended: { at, by, reason: 'party-withdrew', endedBy: 'fairholme-hub', takesBack: false },
    });
    await visit.open(`${page}/end`);
    await answerEnd();
    await visit.press('Continue');
    visit.agency.agreements.kept = [over];
    visit.refuses(refusal);
    await visit.press('End the agreement');
    expect(await visit.errors()).toContain(refusal);
    expect(await text()).toContain('Left with whoever was told');
    expect(await text()).not.toContain('Recorded, and in force');
    expect(await faultsOf(visit.page, 'agreement-ended-otherwise')).toEqual([]);
    // Nor is anything said of what would stop: it has.
    visit.agency.agreements.kept = [ours];
    await visit.open(`${page}/end`);
    await answerEnd();
    visit.agency.agreements.kept = [over];
    await visit.press('Continue');
    expect(new URL(visit.page.url()).pathname).toBe(page);
    expect(await visit.page.innerText('h1')).toBe('Sharing agreement');
    expect(visit.agency.commands.sent).toHaveLength(1);
  }, 300_000);

  it('say of one that nothing is told under that, and not that another tells it', async () => {
    const [signed] = ours.versions;
    const version = { ...signed!, content: ['household'] };
    visit.agency.agreements.kept = [
      agreement('ours', { parties: ['elm-trust', 'oak-trust'], versions: [version] }),
    ];
    await visit.open(`${page}/end`);
    await visit.page.getByLabel('Another agreement replaces it').check();
    await visit.page.getByLabel('oak-trust').check();
    await visit.page.getByLabel('It stays with whoever was told').check();
    await visit.press('Continue');
    expect(await text()).not.toContain('other agreements');
    expect(await text()).toContain('Of elm-trust and oak-trust neither this nor');
    expect(await faultsOf(visit.page, 'agreement-ending-unknown-parties')).toEqual([]);
  }, 300_000);

  it('do not say of one narrowed before its first day that it is in force', async () => {
    const { tookEffectAt: _, ...coming } = agreement('ours', {
      state: 'signed',
      from: '2027-01-01',
    });
    visit.agency.agreements.kept = [coming];
    await visit.open(`${page}?recorded=in-force`);
    expect(await text()).not.toContain('in force everywhere');
    expect(await text()).toContain('Nothing is told under it before its first day');
  }, 300_000);

  it('cannot say what stops by a table that this release has not got, and say that', async () => {
    visit.agency.agreements.tableVersion = 99;
    await visit.open(page);
    expect(await text()).toContain('of an older release than the disclosure table in force');
    await visit.open(`${page}/end`);
    await answerEnd();
    await visit.press('Continue');
    expect(await text()).toContain('it cannot say what is told no more');
    expect(await faultsOf(visit.page, 'agreement-ending-unknown')).toEqual([]);
  }, 300_000);

  it('repeat at its question why something was refused', async () => {
    await visit.open(`${page}/narrow`);
    await visit.page
      .getByLabel('Sessions come to and children not brought')
      .selectOption('notice');
    await visit.page.getByLabel('Its terms were breached').check();
    for (const party of ['Fairholme Safeguarding Hub', 'Larkfield Family Centres']) {
      await visit.page.getByLabel(party).selectOption('caldicott-guardian');
    }
    await visit.page.getByLabel('It stays with whoever was told').check();
    visit.refuses('Name one signatory for each party and for nobody else.', '/signatories');
    await visit.press('Narrow the agreement');
    expect(await visit.errors()).toContain('Name one signatory for each party');
    await visit.page.getByRole('link', { name: 'Name one signatory for each party' }).click();
    expect(await visit.page.evaluate('document.activeElement.tagName')).toBe('SELECT');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1${page}/narrowing`,
      body: { content: ['household'], notice: ['attendance'], existence: [], takesBack: false },
    });
  }, 300_000);
});
