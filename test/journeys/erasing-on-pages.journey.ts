import type { DueRecords, Erasure, PersonErasure } from '@common-thread/platform/erasing';
import { createSafeguardingHub } from '../../apps/safeguarding-hub/create-safeguarding-hub.js';
import { readModels } from '../../apps/safeguarding-hub/projections.js';
import { faultsOf, keyboardStops } from '../browser/page-checks.js';
import { hub, idFor } from '../browser/told-families.js';
import { Visit } from '../browser/visit.js';

const [wren, robin, maud] = [idFor('wren'), idFor('robin'), idFor('maud')];
const familyId = idFor('the Applegarths');
const page = `/erasures/${wren}`;
const proposalId = idFor('proposal');
const officer = 'governance-officer-1';
const another = 'governance-officer-2';
const at = '2026-03-01T10:00:00.000Z';

function due(personId: string, change: Partial<DueRecords> = {}): DueRecords {
  return {
    personId,
    familyIds: [familyId],
    holder: 'larkfield-centres',
    recordClasses: ['centre', 'identity'],
    isOpen: false,
    due: { from: '2025-12-01', kind: 'early-help-contact-or-need', countedFrom: 'born' },
    holds: [],
    ...change,
  };
}

function proposal(change: Partial<Erasure> = {}): Erasure {
  return {
    proposalId,
    personId: wren,
    holder: 'larkfield-centres',
    recordClasses: ['centre', 'identity'],
    ground: 'retention-ended',
    proposed: { by: another, at },
    holds: [],
    earliestAt: '2026-03-01T10:10:00.000Z',
    keysDestroyed: 0,
    ...change,
  };
}

function person(change: Partial<PersonErasure> = {}): PersonErasure {
  const { recordClasses } = due(wren);
  return {
    personId: wren,
    familyIds: [familyId],
    kept: [due(wren), { holder: 'fairholme-health', recordClasses, isOpen: true }],
    keys: [
      {
        recordClass: 'centre',
        controller: 'larkfield-centres',
        keys: 2,
        holders: ['larkfield-centres', 'fairholme-hub'],
      },
    ],
    holds: [],
    erasures: [],
    ...change,
  };
}

describe('erasing on the pages of an information-governance officer', () => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await Visit.to(
      {
        recipient: hub,
        organisation: 'Fairholme Safeguarding Hub',
        readModels,
        create: createSafeguardingHub,
      },
      officer,
      () => undefined,
    );
  });
  afterAll(() => visit?.end());
  beforeEach(async () => {
    await visit.begin();
    visit.agency.erasing.isDown = false;
    visit.agency.erasing.people = [person()];
    visit.agency.erasing.erasures = [];
  });
  afterEach(() => visit.leave());

  const text = () => visit.page.innerText('main');
  const told = (record: PersonErasure) => {
    visit.agency.erasing.people = [record];
    return visit.open(page);
  };

  it('begin with what is due, the longest overdue first, and mark what is held', async () => {
    visit.agency.erasing.list = {
      asOf: '2026-03-02',
      until: '2027-03-02',
      due: [
        due(wren, { holds: ['litigation'] }),
        due(robin, { proposalId, familyIds: [] }),
        due(maud, { due: { from: '2026-09-01', kind: 'child-health', countedFrom: 'born' } }),
      ],
      more: 4,
      notCounted: 2,
    };
    visit.agency.erasing.erasures = [
      proposal({
        confirmed: { by: officer, at },
        destroyedAt: '2026-03-01T10:11:00.000Z',
        keysDestroyed: 3,
        completeOn: '2026-03-31',
      }),
      proposal({ declined: { by: officer, at }, ground: 'court-order' }),
    ];
    await visit.follow('Records to erase');
    const said = await text();
    expect(said).toContain('2 records due, 2 of them overdue; 1 more until 2 March 2027. 1 held.');
    expect(said).toContain('The 3 longest due are listed; 4 more move up as these are erased.');
    expect(said).toContain('For 2 records whose work has ended the time cannot be counted');
    const rows = await visit.page.locator('tbody tr').allInnerTexts();
    expect(rows[0]).toContain(wren);
    expect(rows[0]).toContain('Overdue since 1 December 2025');
    expect(rows[0]).toMatch(/on hold\s+a claim before a court/i);
    expect(rows[0]).toContain('Early help, a contact or need, counted from birth');
    expect(rows[0]).toContain('Larkfield Family Centres: what children’s centres noted');
    expect(rows[1]).toMatch(/proposed/i);
    expect(rows[2]).toContain('1 September 2026');
    expect(said).toContain('Destroyed, not yet complete');
    expect(said).toContain('31 March 2026');
    expect(said).not.toContain('A court has ordered it');
    expect(await faultsOf(visit.page, 'officer-erasures')).toEqual([]);
    expect(visit.agency.vault.pages).toEqual([]);
  });

  it('say so while the vault cannot be asked', async () => {
    visit.agency.erasing.isDown = true;
    const answer = await visit.open('/erasures');
    expect(answer?.status()).toBe(503);
    expect(await text()).toContain('Nothing has been lost');
  });

  it('show who holds the keys, and take a proposal with its grounds', async () => {
    await visit.open(page);
    expect(await text()).toContain('Larkfield Family Centres, Fairholme Safeguarding Hub');
    expect(await text()).toContain('The work goes on');
    expect(await faultsOf(visit.page, 'officer-erasure')).toEqual([]);
    expect(await keyboardStops(visit.page)).toContain('input holder');
    await visit.press('Propose erasure');
    expect(await visit.errors()).toContain('Choose whose holding ends');
    expect(await visit.errors()).toContain('Choose why it is to be erased');
    expect(await faultsOf(visit.page, 'officer-erasure-errors')).toEqual([]);
    await visit.page.getByRole('radio', { name: 'Larkfield Family Centres' }).check();
    await visit.page.getByLabel('What children’s centres noted').check();
    await visit.page.getByLabel('The time to keep it is over').check();
    visit.accepts();
    await visit.press('Propose erasure');
    expect(await text()).toContain('Recorded.');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/erasures/${wren}/proposals`,
      body: {
        holder: 'larkfield-centres',
        recordClasses: ['centre'],
        ground: 'retention-ended',
      },
    });
  });

  it('let another officer confirm, and say when it can be destroyed and is complete', async () => {
    await told(person({ erasures: [proposal()] }));
    expect(await text()).toContain('Waits for a second officer');
    expect(await text()).toContain('1 March 2026 at 10:10am');
    expect(await text()).toContain('when the last backup of the keys is gone');
    expect(await visit.page.getByRole('button', { name: 'Propose erasure' }).count()).toBe(0);
    expect(await faultsOf(visit.page, 'officer-erasure-waiting')).toEqual([]);
    visit.accepts();
    await visit.press('Confirm: erase it');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/erasures/${wren}/confirmation`,
      body: { proposalId },
    });
  });

  it('let nobody confirm what they proposed, and repeat why it was refused', async () => {
    await told(person({ erasures: [proposal({ proposed: { by: officer, at } })] }));
    expect(await text()).toContain('You proposed this yourself: another officer');
    expect(await visit.page.getByRole('button', { name: 'Confirm: erase it' }).count()).toBe(0);
    // Drawn for another, and sent by whoever proposed it.
    await told(person({ erasures: [proposal()] }));
    visit.refuses('Whoever proposed it cannot confirm it.');
    await visit.press('Confirm: erase it');
    expect(await visit.errors()).toContain('Whoever proposed it cannot confirm it.');
    expect(await faultsOf(visit.page, 'officer-erasure-refused')).toEqual([]);
  });

  it('take a reason to decline', async () => {
    await told(person({ erasures: [proposal()] }));
    await visit.page.locator('summary', { hasText: 'decline' }).click();
    await visit.press('Decline');
    expect(await visit.errors()).toContain('Choose why it is not to be erased');
    await visit.page.getByLabel('It is still needed').check();
    visit.accepts();
    await visit.press('Decline');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/erasures/${wren}/decline`,
      body: { proposalId, reason: 'still-needed' },
    });
  });

  it('place a legal hold, under which nothing is proposed, and lift it', async () => {
    await visit.open(page);
    await visit.page.locator('summary', { hasText: 'place a legal hold' }).click();
    await visit.press('Place the hold');
    expect(await visit.errors()).toContain('Choose why the records must be kept');
    await visit.page.getByLabel('A claim before a court').check();
    visit.accepts();
    await visit.press('Place the hold');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/erasures/${wren}/holds`,
      body: { ground: 'litigation' },
    });
    await told(person({ holds: [{ ground: 'litigation', by: officer, at }] }));
    expect(await text()).toContain('Nothing can be proposed while a legal hold stands');
    expect(await visit.page.getByRole('button', { name: 'Propose erasure' }).count()).toBe(0);
    await visit.page.locator('summary', { hasText: 'needed no longer' }).click();
    await visit.page.getByRole('radio', { name: 'A claim before a court' }).check();
    await visit.page.getByRole('radio', { name: 'It has concluded' }).check();
    expect(await faultsOf(visit.page, 'officer-erasure-held')).toEqual([]);
    await visit.press('Lift the hold');
    expect(visit.agency.commands.last).toMatchObject({
      path: `/v1/erasures/${wren}/holds/lift`,
      body: { ground: 'litigation', reason: 'concluded' },
    });
  });

  it('know nobody that the vault does not know', async () => {
    visit.agency.erasing.people = [];
    expect((await visit.open(page))?.status()).toBe(404);
  });
});
