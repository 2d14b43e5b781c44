import { daysAfter, isoWeekOf, londonDay } from '@common-thread/domain/london-day';
import { createChildrensCentre } from '../../apps/childrens-centre/create-childrens-centre.js';
import { readModels as ofCentre } from '../../apps/childrens-centre/projections.js';
import { createHealthVisiting } from '../../apps/health-visiting/create-health-visiting.js';
import { readModels as ofHealthVisiting } from '../../apps/health-visiting/projections.js';
import { createSafeguardingHub } from '../../apps/safeguarding-hub/create-safeguarding-hub.js';
import { readModels as ofHub } from '../../apps/safeguarding-hub/projections.js';
import type { AgencyStart, AgencyUnderTest } from '../browser/agency-under-test.js';
import { boxed } from '../browser/doubles.js';
import { faultsOf } from '../browser/page-checks.js';
import { tellAnsweredReferral, tellHistory } from '../browser/told-centre.js';
import type { RegisteredFamily } from '../browser/told-families.js';
import {
  applegarths,
  health,
  hub,
  idFor,
  larkfield,
  tellHousehold,
  tellRegisteredFamily,
} from '../browser/told-families.js';
import { line, tellHub } from '../browser/told-hub.js';
import { Visit } from '../browser/visit.js';

/** Whether a review is overdue turns on the day the journey is made. */
const oneYearDue = daysAfter(londonDay(new Date().toISOString()), -60);
const erased = { on: '2056-03-03', ground: 'retention-ended' };
const said = 'Erased on 3 March 2056, because the time to keep it is over';
const name = 'Name erased on 3 March 2056';

/** An agency of which the vault says that every word has been erased; `told` is what is known of it. */
function everythingErased<Told>(
  start: AgencyStart,
  user: string,
  tell: (agency: AgencyUnderTest) => Told,
) {
  let visit: Visit;
  let told: Told;
  beforeAll(async () => {
    visit = await Visit.to(start, user, (agency) => {
      told = tell(agency);
    });
    visit.agency.vault.erases = () => erased;
  }, 120_000);
  afterAll(() => visit?.end());
  beforeEach(() => visit.begin());
  afterEach(() => visit.leave());

  /** What a page says. */
  return async (path: string | ((told: Told) => string), picture: string): Promise<string> => {
    const answer = await visit.open(typeof path === 'string' ? path : path(told));
    expect(answer?.status()).toBe(200);
    expect(await faultsOf(visit.page, picture)).toEqual([]);
    return visit.page.innerText('main');
  };
}

describe('a hub’s record whose words have been erased', () => {
  const page = everythingErased(
    {
      recipient: hub,
      organisation: 'Fairholme Safeguarding Hub',
      readModels: ofHub,
      create: createSafeguardingHub,
    },
    'hub-manager-1',
    ({ feed }) => tellHub(feed).red,
  );

  it('says so on the contact, and in the household’s history beside it', async () => {
    const text = await page(({ contactId }) => `/contacts/${contactId}`, 'hub-erased');
    expect(text).toContain('Family, name erased on 3 March 2056');
    expect(text).toContain(said);
    expect(text).toContain(name);
    expect(text).toContain('date of birth erased on 3 March 2056');
    expect(text).not.toContain('Applegarth');
    expect(text).not.toContain('Bruising');
  });
});

describe('a centre’s record whose words have been erased', () => {
  const page = everythingErased(
    {
      recipient: larkfield,
      organisation: 'Larkfield Family Centres',
      readModels: ofCentre,
      create: createChildrensCentre,
    },
    'larkfield-worker-1',
    ({ feed }) => {
      const family = tellRegisteredFamily(feed, 'the Applegarths', applegarths);
      tellHistory(feed, family);
      tellAnsweredReferral(feed, family);
      return family;
    },
  );

  it('says so on the list of families', async () => {
    const list = await page('/', 'centre-families-erased');
    expect(list).toContain('Family, name erased on 3 March 2056');
  });

  it('says so in the family’s history', async () => {
    const path = ({ line }: RegisteredFamily) => `/families/${line.slice('family/'.length)}`;
    const history = await page(path, 'centre-family-erased');
    expect(history).toContain(said);
    expect(history).toContain(name);
    expect(history).not.toContain('water tray');
  });

  it('says so of what was referred', async () => {
    expect(await page('/referrals', 'centre-referrals-erased')).toContain(
      'erased on 3 March 2056',
    );
  });
});

describe('a health visitor’s record whose words have been erased', () => {
  const page = everythingErased(
    {
      recipient: health,
      organisation: 'Fairholme Community Health NHS Trust',
      readModels: ofHealthVisiting,
      create: createHealthVisiting,
    },
    'health-visitor-1',
    ({ feed }) => {
      const caseload = { line, subject: `caseload/${idFor('caseload')}`, ground: 'author' };
      feed.tell('caseload.began', {
        ...caseload,
        entitlement: 'begins',
        time: '2023-03-20T09:00:00.000Z',
        fields: { trust: health, recordedBy: 'health-visitor-1' },
      });
      tellHousehold(feed, line, applegarths);
      feed.tell('review.due', {
        ...caseload,
        time: '2025-09-03T09:00:00.000Z',
        fields: {
          childId: idFor('robin'),
          review: 'one-year',
          dueWeek: isoWeekOf(oneYearDue),
          dueOn: boxed(oneYearDue),
        },
      });
    },
  );

  it('says so on the caseload, also of the days reviews were due', async () => {
    const list = await page('/', 'health-caseload-erased');
    expect(list).toContain('Family, name erased on 3 March 2056');
    expect(list).toContain('the day itself was erased on 3 March 2056');
  });

  it('says so in the family’s history', async () => {
    const history = await page(
      `/families/${line.slice('family/'.length)}`,
      'health-family-erased',
    );
    expect(history).toContain(name);
    expect(history).not.toContain('Applegarth');
  });
});
