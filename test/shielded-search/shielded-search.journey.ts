import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment } from '@common-thread/platform/environment';
import { subjectAccessAskers } from '@common-thread/platform/subject-access';
import type { DemonstrationUser } from '../../apps/sign-in/demonstration-users.js';
import { demonstrationUsers } from '../../apps/sign-in/demonstration-users.js';
import { makeCopy } from '../../apps/standalone/subject-access/making-copy.js';
import { writeCopy } from '../../apps/standalone/subject-access/copy-files.js';
import { askVault, commandEverything } from '../counties-alike/asking.js';
import { County, countyPlace } from '../counties-alike/county.js';
import { documentedGets, getRoutesOf } from '../counties-alike/get-routes.js';
import { metricsOf } from '../counties-alike/metrics-of.js';
import { inBrowser, signedIn, systemsOf } from '../counties-alike/readers.js';
import type { Answers, Reader } from '../counties-alike/reading.js';
import { doorsOf, readEverything } from '../counties-alike/reading.js';
import { findingsInFiles, findingsInTables } from '../privacy/canary-search.js';
import { hub, workerOf } from '../privacy/county.js';
import { boxesOf, openEverything } from './opening.js';
import type { ShieldedFamily } from './shielded-county.js';
import { child, shieldedFamily } from './shielded-county.js';
import { hiddenIn, shieldedIn, shieldedWords, STEM } from './shielded-words.js';
import { showings } from './who-may-be-shown.js';

const needles = [STEM, STEM.toUpperCase()];

describe('what is shielded', () => {
  let place: Awaited<ReturnType<typeof countyPlace>>;
  let county: County;
  let family: ShieldedFamily;
  const answers: Answers = new Map();

  beforeAll(async () => {
    place = await countyPlace();
    county = await County.start(place.configuration, 'as it goes');
    family = await shieldedFamily(county);
    await askEverybodyEverything();
  }, 1_200_000);
  afterAll(async () => {
    await county.close();
    await place.remove();
  });

  it('is on no page, feed, export, search or error but where a decision names it', () => {
    expect(answers.size).toBeGreaterThan(2_000);
    expect(leaksIn(answers)).toEqual([]);
  });

  it.each(showings)('is shown where $because', ({ shown, where }) => {
    const there = [...answers].filter(([asked]) => where.test(asked));
    expect(new Set(there.flatMap(([, text]) => shieldedIn(text)))).toEqual(new Set(shown));
  });

  it('was asked for at every door that a document promises', () => {
    const gets = doorsOf(county, getRoutesOf).flatMap((door) => door.gets);
    const apps = [
      'vault',
      'feed-relay',
      'childrens-centre',
      'health-visiting',
      'safeguarding-hub',
    ];
    expect(gets).toEqual(expect.arrayContaining(apps.flatMap(documentedGets)));
    const told = [...answers].filter(([asked]) => asked.includes('/v1/feed'));
    expect(told.some(([, text]) => text.includes('address.made-confidential'))).toBe(true);
    expect([...answers].some(([, text]) => text.includes('Confidential address'))).toBe(true);
  });

  it.each(subjectAccessAskers)(
    'is in no copy of the record asked by %s but their own',
    async (asker) => {
      const folder = await mkdtemp(join(tmpdir(), 'common-thread-shielded-'));
      const { pack, told, names } = await makeCopy(
        { ...county.standalone.configuration, logLevel: 'silent' },
        new Environment({}),
        workerOf(hub, { id: 'governance-officer-1', role: 'information-governance' }),
        {
          personId: family.childId,
          askedBy: asker,
          receivedOn: '2026-11-26',
          reason: 'They asked; a passport was seen.',
          seriousHarm: [],
        },
        () => undefined,
      );
      expect(pack.held.length).toBeGreaterThan(3);
      await writeCopy(folder, pack, told, names);
      const found = findingsInFiles(folder, needles);
      await rm(folder, { recursive: true });
      // Where somebody lives is theirs to know.
      if (asker !== 'self') expect(found).toEqual([]);
      const said = JSON.stringify(pack);
      expect(JSON.stringify(pack.held)).not.toContain('anonymity');
      expect(shieldedIn(said).filter((name) => !/Address|Postcode/.test(name))).toEqual([]);
    },
  );

  it('is in no metric, log, table or file', async () => {
    for (const [app, text] of await metricsOf(county)) {
      expect(text).toContain('common_thread_');
      expect(leaksIn(new Map([[`metrics of ${app}`, text]]))).toEqual([]);
    }
    await county.pool.query('checkpoint');
    expect(await findingsInTables(county.pool, needles)).toEqual([]);
    expect(findingsInFiles(county.standalone.configuration.dataDirectory, needles)).toEqual([]);
  });

  it('would be found in a row that told it', async () => {
    const leak = JSON.stringify({ address: shieldedWords.newAddress });
    // The table itself lets nobody change what was told.
    await county.pool.query('alter table relay.feed_rows disable trigger user');
    await county.pool.query(
      `update relay.feed_rows set body = (body::jsonb || $1::jsonb)::json
       where recipient = 'fairholme-health.health-visiting' and body is not null`,
      [leak],
    );
    const doors = doorsOf(county, getRoutesOf).filter(({ app }) => app === 'feed-relay');
    const reader = await signedIn(county, 'health-visitor-1');
    const found = leaksIn(await readEverything(reader, doors, [], new Map()));
    expect(found).toContain('health-visitor-1 GET feed-relay /v1/feed: newAddress');
  });

  async function askEverybodyEverything(): Promise<void> {
    const doors = doorsOf(county, getRoutesOf);
    const { membershipId: _, registrationId: __, caseloadId: ___, ...askedBy } = family;
    const ids = Object.values(askedBy);
    const boxes = await boxesOf(county);
    const { familyId, contactId, earlierContactId, anonymousContactId } = family;
    const contacts = [contactId, earlierContactId, anonymousContactId];
    const lines = [`family/${familyId}`, ...contacts.map((id) => `contact/${id}`)];
    // A session is of one agency's pages and is known at no other door.
    for (const user of oneOfEach(({ role }) => role)) {
      const own = doors.filter(({ app }) => app === user.recipient);
      await readEverything(await inBrowser(county, user), own, ids, answers);
    }
    const people = oneOfEach(
      ({ recipient, role, places }) => `${recipient} ${role} ${places.join(' ')}`,
    );
    const readers: readonly Reader[] = [
      ...(await Promise.all(people.map(({ id }) => signedIn(county, id)))),
      ...(await systemsOf(county)),
      { name: 'nobody' },
    ];
    const { refused } = shieldedWords;
    const asked = readers.map(async (reader) => {
      await readEverything(reader, doors, ids, answers);
      await openEverything(reader, county, boxes, lines, answers);
      await askVault(reader, county, family, child, answers);
      // Nobody may send what a route does not know, so that nothing is recorded.
      await commandEverything(reader, county, family, answers, { [refused]: refused });
    });
    await Promise.all(asked);
  }
});

/** What is found that no decision lets be shown there: `<asked>: <what>`. */
function leaksIn(answers: Answers): string[] {
  return [...answers].flatMap(([asked, text]) => {
    const allowed = showings.filter(({ where }) => where.test(asked));
    const leaked = [...shieldedIn(text), ...hiddenIn(text)].filter((found) =>
      allowed.every(({ shown }) => !shown.some((name) => name === found)),
    );
    return leaked.map((found) => `${asked}: ${found}`);
  });
}

/** The first of the demonstration's people of each kind. */
function oneOfEach(kindOf: (user: DemonstrationUser) => string): readonly DemonstrationUser[] {
  const kinds = demonstrationUsers.map(kindOf);
  return demonstrationUsers.filter((_, nth) => nth === kinds.indexOf(kinds[nth] ?? ''));
}
