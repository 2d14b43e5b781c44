import { createHealthVisiting } from '../../apps/health-visiting/create-health-visiting.js';
import { readModels } from '../../apps/health-visiting/projections.js';
import { faultsOf } from '../browser/page-checks.js';
import type { ToldPerson } from '../browser/told-families.js';
import { applegarths, health, hub, idFor, tellHousehold } from '../browser/told-families.js';
import { robin, Visit } from '../browser/visit.js';

describe('a health visitor', () => {
  const familyId = idFor('the Applegarths');
  const caseloadId = idFor('caseload of the Applegarths');
  const line = `family/${familyId}`;
  const expected: ToldPerson = {
    key: 'sorrel',
    kind: 'unborn',
    given: 'Baby',
    family: 'Applegarth',
    born: '2026-12-01',
  };
  let visit: Visit;
  beforeAll(async () => {
    visit = await Visit.to(
      {
        recipient: health,
        organisation: 'Fairholme Community Health NHS Trust',
        readModels,
        create: createHealthVisiting,
      },
      'health-visitor-1',
      (agency) => {
        agency.feed.tell('caseload.began', {
          line,
          subject: `caseload/${caseloadId}`,
          ground: 'author',
          entitlement: 'begins',
          fields: { trust: health, recordedBy: 'health-visitor-1' },
        });
        tellHousehold(agency.feed, line, [...applegarths, expected]);
      },
    );
  });
  afterAll(() => visit?.end());
  beforeEach(() => visit.begin());
  afterEach(() => visit.leave());

  it('takes a family on by details of a member', async () => {
    await visit.open('/');
    await visit.follow('Take a family on');
    expect(await faultsOf(visit.page, 'health-take-on')).toEqual([]);
    await visit.press('Take the family on');
    expect(await faultsOf(visit.page, 'health-take-on-errors')).toEqual([]);
    await visit.typeRobin();
    await visit.page.getByLabel('NHS number').fill('999 000 0019');
    await visit.press('Take the family on');
    expect(await visit.errors()).toContain('Check the NHS number');
    await visit.page.getByLabel('NHS number').fill('999 000 0018');
    visit.refuses('This family is on your caseload already.');
    await visit.press('Take the family on');
    expect(await visit.errors()).toContain('This family is on your caseload already.');
    visit.accepts({ id: caseloadId, familyId });
    await visit.press('Take the family on');
    expect(visit.agency.commands.last).toMatchObject({
      path: '/v1/caseloads',
      body: { person: { ...robin, nhsNumber: '9990000018' } },
    });
    expect(await faultsOf(visit.page, 'health-taken-on')).toEqual([]);
  });

  it('records the birth of a child who was expected', async () => {
    visit.accepts();
    await visit.open(`/families/${familyId}`);
    expect(await faultsOf(visit.page, 'health-family-expecting')).toEqual([]);
    await visit.follow('Record the birth');
    expect(await faultsOf(visit.page, 'health-birth')).toEqual([]);
    await visit.press('Record birth');
    expect(await visit.errors()).toContain('Give the whole date of birth');
    expect(await faultsOf(visit.page, 'health-birth-errors')).toEqual([]);
    await visit.fillDate('Date of birth', ['24', '11', '2025']);
    await visit.page.getByRole('radio', { name: 'Female' }).check();
    await visit.page.getByLabel('First name').fill('Sorrel');
    await visit.press('Record birth');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/people/${idFor('sorrel')}/birth`,
      body: { dateOfBirth: '2025-11-24', sex: 'F', givenName: 'Sorrel' },
    });
    expect(await visit.page.innerText('main')).toContain('The birth is recorded.');
  });

  it('refers a family to the hub', async () => {
    visit.accepts({ id: idFor('referral'), reference: 'CT-7Q2M-88XK' });
    await visit.open(`/families/${familyId}`);
    await visit.follow('Refer to the safeguarding hub');
    expect(await faultsOf(visit.page, 'health-refer')).toEqual([]);
    await visit.page.getByLabel('Robin Applegarth').check();
    await visit.page
      .getByLabel('What are you worried about?')
      .fill('Losing weight, and hard to wake.');
    await visit.page.getByLabel('I saw or heard it myself').check();
    await visit.page.getByLabel('Main need').selectOption('N1');
    await visit.page
      .getByRole('group', { name: 'Level of need' })
      .getByRole('radio')
      .last()
      .check();
    const informed = visit.page.getByRole('group', { name: 'Do the parents know' });
    await informed.getByRole('radio').first().check();
    await visit.page.getByLabel('Your name and a number').fill('Saffron, 01632 960 303');
    await visit.press('Send referral');
    expect(visit.agency.commands.last).toMatchObject({
      path: '/v1/referrals',
      body: { familyId, childIds: [idFor('robin')], to: hub, level: '4' },
    });
    expect(await faultsOf(visit.page, 'health-referred')).toEqual([]);
    expect(await visit.page.innerText('main')).toContain('CT-7Q2M-88XK');
    expect(visit.agency.vault.pages.map((look) => look.page)).toContain(
      'health-visiting/refer-family',
    );
  });

  it('takes a family off the caseload, for a reason', async () => {
    visit.accepts();
    await visit.open(`/families/${familyId}`);
    await visit.follow('Take off the caseload');
    expect(await faultsOf(visit.page, 'health-leave')).toEqual([]);
    await visit.press('Take off the caseload');
    expect(await visit.errors()).toContain('Choose why the family leaves the caseload');
    await visit.page.getByRole('radio', { name: 'Moved out of the area' }).check();
    await visit.fillDate('On what day?', ['3', '6', '2025']);
    await visit.press('Take off the caseload');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/caseloads/${caseloadId}/end`,
      body: { reason: 'moved-out', occurredAt: '2025-06-03' },
    });
    expect(await faultsOf(visit.page, 'health-left')).toEqual([]);
    expect(await visit.page.innerText('main')).toContain('off your caseload');
  });

  it('keeps where a family lives confidential, and is told whether that is in force', async () => {
    await visit.open(`/families/${familyId}`);
    await visit.follow('Keep the address confidential');
    expect(await faultsOf(visit.page, 'health-confidential')).toEqual([]);
    await visit.press('Make the address confidential');
    expect(await visit.errors()).toContain('Choose why the address is confidential');
    expect(await faultsOf(visit.page, 'health-confidential-errors')).toEqual([]);
    await visit.page.getByLabel('Domestic abuse').check();
    visit.accepts({ inForce: false });
    await visit.press('Make the address confidential');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/shielding/${familyId}`,
      body: { ground: 'domestic-abuse' },
    });
    expect(await visit.page.innerText('main')).toContain('not yet in force');
    visit.accepts({ inForce: true });
    visit.agency.vault.confidential.add('address').add('postcode');
    await visit.open(`/families/${familyId}/confidential-address`);
    await visit.page.getByLabel('Domestic abuse').check();
    await visit.press('Make the address confidential');
    expect(await faultsOf(visit.page, 'health-confidential-family')).toEqual([]);
    const text = await visit.page.innerText('main');
    expect(text).toContain('in force everywhere');
    expect(text).toContain('Confidential address');
    expect(text).not.toContain('Keep the address confidential');
    visit.agency.vault.confidential.clear();
  });

  it('records nothing of a family that is not on the caseload', async () => {
    for (const form of ['birth', 'refer', 'caseload/end', 'confidential-address']) {
      expect((await visit.open(`/families/${idFor('nobody')}/${form}`))?.status()).toBe(404);
    }
  });
});
