import { createSafeguardingHub } from '../../apps/safeguarding-hub/create-safeguarding-hub.js';
import { readModels } from '../../apps/safeguarding-hub/projections.js';
import { faultsOf, keyboardStops } from '../browser/page-checks.js';
import { hub, idFor } from '../browser/told-families.js';
import { ago, line, tellHub } from '../browser/told-hub.js';
import { Visit } from '../browser/visit.js';

const familyId = line.slice('family/'.length);
const page = `/need-to-know/${familyId}`;
const consentId = idFor('consent');

describe('who is told of a family, on the pages of a hub', () => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await Visit.to(
      {
        recipient: hub,
        organisation: 'Fairholme Safeguarding Hub',
        readModels,
        create: createSafeguardingHub,
      },
      'hub-triage-1',
      ({ feed }) => {
        tellHub(feed);
        feed.tell('sharing.consent-recorded', {
          line,
          subject: `sharing/${familyId}`,
          ground: 'author',
          time: ago(7_200_000),
          fields: {
            hub,
            consentId,
            whose: 'parents',
            parties: ['fairholme-health', 'larkfield-centres'],
            content: ['household', 'reviews'],
          },
        });
        feed.tell('address.made-confidential', {
          line,
          subject: `shielding/${familyId}`,
          ground: 'relation+duty:ca-2004-s11',
          time: ago(3_600_000),
          fields: { ground: 'domestic-abuse' },
        });
      },
    );
  });
  afterAll(() => visit?.end());
  beforeEach(() => visit.begin());
  afterEach(() => visit.leave());

  it('says that an address is confidential, and what the family consented to', async () => {
    await visit.open(page);
    const text = await visit.page.innerText('main');
    expect(text).toContain('Confidential address');
    expect(text).toContain('because of domestic abuse');
    expect(text).toContain('who is in the family and where they live');
    expect(await faultsOf(visit.page, 'hub-need-to-know')).toEqual([]);
  });

  it('records by keyboard what was shared, with its ground and its exact words', async () => {
    await visit.open(page);
    const summary = visit.page.locator('summary', { hasText: 'Record that something was shared' });
    await summary.focus();
    await visit.page.keyboard.press('Enter');
    const stops = await keyboardStops(visit.page);
    const order = ['select sharedAgency', 'select sharedChannel', 'textarea sharedWords'];
    const places = order.map((stop) => stops.indexOf(stop));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    await visit.press('Record what was shared');
    expect(await visit.errors()).toContain('Choose with whom');
    expect(await visit.errors()).toContain('Write down exactly what was sent');
    expect(await faultsOf(visit.page, 'hub-need-to-know-errors')).toEqual([]);
    await visit.page.getByLabel('With whom?').first().selectOption('school');
    await visit.page.getByLabel('How was it sent?').selectOption('email');
    await visit.page.getByLabel('Without consent, which was refused').check();
    await visit.press('Record what was shared');
    expect(await visit.errors()).toContain('Choose on what ground');
    await visit.page.locator('#sharedGround').check();
    await visit.page.getByLabel('Why is it shared?').fill('The school sees her every day.');
    await visit.page.getByLabel('What exactly was sent?').fill('Please ring us.');
    visit.accepts({ id: familyId });
    await visit.press('Record what was shared');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/sharing/${familyId}/shared`,
      body: {
        agency: 'school',
        consent: 'refused',
        groundOverridden: 'raises-harm',
        words: 'Please ring us.',
      },
    });
    expect(await visit.page.innerText('main')).toContain('Recorded.');
  });

  it('withdraws a consent, and says whether that is in force', async () => {
    await visit.open(page);
    await visit.page.getByText('Record that a consent is withdrawn').click();
    await visit.page.locator('#consentId').check();
    await visit.page.getByLabel('It is withdrawn: agencies are told').check();
    visit.accepts({ id: familyId, inForce: false });
    await visit.press('Withdraw the consent');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/sharing/${familyId}/consent-withdrawals`,
      body: { consentId, takesBack: true },
    });
    expect(await visit.page.innerText('main')).toContain('Recorded, not yet in force');
    expect(await faultsOf(visit.page, 'hub-need-to-know-pending')).toEqual([]);
  });

  it('ends the confidentiality of an address, for a reason', async () => {
    await visit.open(page);
    await visit.page.getByText('The address is confidential no longer').click();
    await visit.press('End the confidentiality');
    expect(await visit.errors()).toContain('Choose why it is confidential no longer');
    await visit.page.getByLabel('The family asked for it').check();
    visit.accepts({ id: familyId, inForce: true });
    await visit.press('End the confidentiality');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/shielding/${familyId}/end`,
      body: { reason: 'family-asked' },
    });
  });

  it('is found nowhere of a family that is not the hub’s', async () => {
    const answer = await visit.open(`/need-to-know/${idFor('somebody else')}`);
    expect(answer?.status()).toBe(404);
  });
});
