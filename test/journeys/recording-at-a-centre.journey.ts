import { createChildrensCentre } from '../../apps/childrens-centre/create-childrens-centre.js';
import { readModels } from '../../apps/childrens-centre/projections.js';
import { faultsOf, keyboardStops, signInHere } from '../browser/page-checks.js';
import { applegarths, idFor, larkfield, tellRegisteredFamily } from '../browser/told-families.js';
import { robin, Visit } from '../browser/visit.js';

describe('a centre worker', () => {
  const familyId = idFor('the Applegarths');
  const registrationId = idFor('registration of the Applegarths');
  let visit: Visit;
  beforeAll(async () => {
    visit = await Visit.to(
      {
        recipient: larkfield,
        organisation: 'Larkfield Family Centres',
        readModels,
        create: createChildrensCentre,
      },
      'larkfield-worker-1',
      (agency) => tellRegisteredFamily(agency.feed, 'the Applegarths', applegarths),
    );
  });
  afterAll(() => visit?.end());
  beforeEach(() => visit.begin());
  afterEach(() => visit.leave());

  it('registers a family by details of a member, and is told what is missing', async () => {
    await visit.open('/');
    await visit.follow('Register a family');
    expect(await faultsOf(visit.page, 'centre-register')).toEqual([]);
    const stops = await keyboardStops(visit.page);
    const order = ['input kind', 'input givenName', 'input familyName', 'input dateOfBirth'];
    const places = order.map((stop) => stops.findIndex((each) => each.startsWith(stop)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    await visit.press('Register family');
    expect(await faultsOf(visit.page, 'centre-register-errors')).toEqual([]);
    expect(await visit.errors()).toContain('Choose the centre to register the family at');
    expect(await visit.errors()).toContain('Give the surname');
    await visit.page.getByLabel('Ash Vale Centre').check();
    await visit.typeRobin();
    await visit.page.getByLabel('Address').fill('14 Thistledown Row\nLarkfield');
    visit.refuses('It is not certain which household is meant. Name an adult of it as well.');
    await visit.press('Register family');
    expect(await visit.errors()).toContain('Name an adult of it as well');
    await visit.page.getByText('The child lives in two homes').click();
    await visit.page.getByLabel('Surname of an adult in the home').fill('Finchley');
    await visit.press('Register family');
    expect(await visit.errors()).toContain('Give the whole date of birth of the adult');
    expect(await faultsOf(visit.page, 'centre-register-adult')).toEqual([]);
    await visit.fillDate('That adult’s date of birth', ['9', '1', '1962']);
    visit.accepts({ id: idFor('new registration'), familyId });
    await visit.press('Register family');
    expect(visit.agency.commands.last).toMatchObject({
      path: '/v1/registrations',
      body: {
        placeId: 'ash-vale',
        person: robin,
        adult: { familyName: 'Finchley', dateOfBirth: '1962-01-09' },
        address: '14 Thistledown Row, Larkfield',
      },
    });
    expect(await faultsOf(visit.page, 'centre-registered')).toEqual([]);
    await visit.follow('See this family');
    expect(await visit.page.innerText('h1')).toContain('Applegarth');
  });

  it('points at the answer that the record refuses, and keeps every other', async () => {
    await visit.open('/register');
    await visit.page.getByLabel('Ash Vale Centre').check();
    await visit.typeRobin();
    visit.refuses('The date of birth lies before 1900. Check the year.', '/person/dateOfBirth');
    await visit.press('Register family');
    await visit.page.getByRole('link', { name: /lies before 1900/ }).click();
    expect(await visit.page.evaluate('document.activeElement.id')).toBe('dateOfBirth');
    expect(await visit.page.getByLabel('First name').inputValue()).toBe('Robin');
    expect(await visit.page.title()).toMatch(/^Error: /);
  });

  it('finds what was typed again after the session has ended', async () => {
    visit.accepts();
    await visit.open('/register');
    await visit.typeRobin();
    await visit.agency.pool.query(
      `UPDATE agency_larkfield_centres_childrens_centre.page_session SET ends_at = now()`,
    );
    await visit.press('Register family');
    await signInHere(visit.page, visit.agency.publicUrl, 'larkfield-worker-1');
    expect(await visit.page.innerText('main')).toContain(
      'You were signed out before this was sent',
    );
    expect(await visit.page.getByLabel('First name').inputValue()).toBe('Robin');
    expect(visit.agency.commands.sent).toEqual([]);
  });

  it('records who came to a session', async () => {
    visit.accepts();
    await visit.open(`/families/${familyId}`);
    expect(await faultsOf(visit.page, 'centre-family-actions')).toEqual([]);
    await visit.follow('Record who came');
    expect(await faultsOf(visit.page, 'centre-attendance')).toEqual([]);
    expect(await visit.page.getByLabel('Ash Vale Centre').isChecked()).toBe(true);
    await visit.press('Record');
    expect(await faultsOf(visit.page, 'centre-attendance-errors')).toEqual([]);
    expect(await visit.errors()).toContain('Choose who came');
    await visit.page.getByLabel('Wren Applegarth').check();
    await visit.page.getByLabel('Clover Applegarth').check();
    await visit.page.getByLabel('Which session?').selectOption('stay-and-play');
    await visit.fillDate('On what day?', ['3', '6', '2025']);
    await visit.page.getByLabel('Mill Lane Centre').check();
    await visit.page.getByLabel('Note').fill('Played with the water tray.');
    await visit.press('Record');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/registrations/${registrationId}/attendances`,
      body: {
        personIds: [idFor('wren'), idFor('clover')],
        activity: 'stay-and-play',
        placeId: 'mill-lane',
        occurredAt: '2025-06-03',
        note: 'Played with the water tray.',
      },
    });
    expect(await visit.page.innerText('main')).toContain('The session is recorded.');
    expect(visit.agency.vault.pages.map((look) => look.page)).toContain('centre/record-session');
  });

  it('records a child who was not brought, one and not an adult', async () => {
    visit.accepts();
    await visit.open(`/families/${familyId}/not-brought`);
    expect(await faultsOf(visit.page, 'centre-not-brought')).toEqual([]);
    expect(await visit.page.getByRole('radio', { name: /Clover/ }).count()).toBe(0);
    await visit.page.getByRole('radio', { name: /Wren/ }).check();
    await visit.page.getByLabel('Which session?').selectOption('speech-and-language');
    await visit.fillDate('On what day?', ['4', '6', '2025']);
    await visit.press('Record');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/registrations/${registrationId}/not-brought`,
      body: { childId: idFor('wren'), activity: 'speech-and-language', placeId: 'ash-vale' },
    });
    expect(await visit.page.innerText('main')).toContain('not brought is recorded');
  });

  it('keeps where a family lives confidential, and is told whether that is in force', async () => {
    await visit.open(`/families/${familyId}`);
    await visit.follow('Keep the address confidential');
    expect(await faultsOf(visit.page, 'centre-confidential')).toEqual([]);
    await visit.press('Make the address confidential');
    expect(await visit.errors()).toContain('Choose why the address is confidential');
    expect(await faultsOf(visit.page, 'centre-confidential-errors')).toEqual([]);
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
    expect(await faultsOf(visit.page, 'centre-confidential-family')).toEqual([]);
    const text = await visit.page.innerText('main');
    expect(text).toContain('in force everywhere');
    expect(text).toContain('Confidential address');
    expect(text).not.toContain('Keep the address confidential');
    visit.agency.vault.confidential.clear();
  });

  it('records nothing of a family that is not theirs', async () => {
    for (const form of ['attendance', 'not-brought', 'refer', 'confidential-address']) {
      expect((await visit.open(`/families/${idFor('nobody')}/${form}`))?.status()).toBe(404);
    }
  });
});
