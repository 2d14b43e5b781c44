import { derivedId } from '@common-thread/eventing/identifiers';
import type { DemonstrationUser } from '../../apps/sign-in/demonstration-users.js';
import { demonstrationUsers } from '../../apps/sign-in/demonstration-users.js';
import { askVault, commandEverything, tryBox } from './asking.js';
import { County, countyPlace } from './county.js';
import { documentedGets, getRoutesOf } from './get-routes.js';
import { comparableMetricsOf } from './metrics-of.js';
import { signedIn, systemsOf } from './readers.js';
import type { Answers, Reader } from './reading.js';
import { differences, doorsOf, readEverything } from './reading.js';
import type { Happened } from './what-happens.js';
import { daysOf, whatHappens } from './what-happens.js';

/** How many days, each with families of its own. */
const DAYS = Number(process.env.COMMON_THREAD_ALIKE_DAYS ?? 1);
const LIVES_MAX = 4;
const HUB = 'fairholme-hub.safeguarding-hub';
const LARKFIELD = 'larkfield-centres.childrens-centre';
/** Who had been told of the family that was taken back. */
const LARKFIELDS = /^larkfield/;
const BROOK = 'brook-and-vale.childrens-centre';
/** One of each role outside the hub at each place; whoever is not signed in asks too. */
const others = demonstrationUsers.filter(
  ({ recipient, role, places }, nth) =>
    recipient !== HUB &&
    nth ===
      demonstrationUsers.findIndex(
        (first) => placeKey(first) === placeKey({ recipient, role, places }),
      ),
);

interface Read {
  readonly answers: Answers;
  /** What was opened, by whom: as many calls, about as much. */
  readonly opened: readonly object[];
  /** Ids that are another in every county, and what each is of. */
  readonly names: ReadonlyMap<string, string>;
}

describe('to everybody outside the hub a county with a restricted family', () => {
  const days = daysOf(DAYS);
  let place: Awaited<ReturnType<typeof countyPlace>>;
  let county: County;
  let happened: Happened[];
  let restricted: Read;
  let plain: Read;

  beforeAll(async () => {
    place = await countyPlace();
    county = await County.start(place.configuration);
    happened = await lived(true);
    restricted = await readBy(county, happened);
    // What follows by itself may come a moment sooner or later: the county without the family can go in
    // more ways than one. What shows the family is in none of them.
    for (let lives = 0; lives < LIVES_MAX; lives += 1) {
      await county.close();
      await place.clear();
      county = await County.start(place.configuration);
      plain = await readBy(county, await lived(false));
      if (differences(same(restricted), same(plain)).length === 0) return;
    }
  }, 600_000 * DAYS);
  afterAll(async () => {
    await county.close();
    await place.remove();
  });

  it('is to the byte the county without it, and one restricted later one whose centre withdrew it', () => {
    expect(plain.answers.size).toBeGreaterThan(1_000);
    expect(differences(same(restricted), same(plain))).toEqual([]);
  });

  it('has as much opened for the same pages', () => {
    expect(plain.opened.length).toBeGreaterThan(10);
    expect(restricted.opened).toEqual(plain.opened);
  });

  it('counts the same in every metric of an app that is not the hub’s, and tells none at a door', () => {
    const metrics = [...plain.answers].filter(([asked]) => asked.includes(' METRICS '));
    expect(metrics.length).toBeGreaterThan(5);
    const text = metrics.map(([, each]) => each).join('\n');
    expect(text).toMatch(/common_thread_feed_rows_total\{.*\} [1-9]/);
    expect(text).toMatch(/common_thread_projection_sequence\{.*\} [1-9]/);
    const doors = [...plain.answers].filter(([asked]) => asked.endsWith(' /metrics'));
    expect(doors.length).toBeGreaterThan(50);
    for (const [, answer] of doors) expect(answer).not.toMatch(/^200|common_thread_/);
  });

  it('is read at every door that a document promises', () => {
    const read = doorsOf(county, getRoutesOf).flatMap(({ gets }) => gets);
    const apps = [
      'vault',
      'feed-relay',
      'childrens-centre',
      'health-visiting',
      'safeguarding-hub',
    ];
    expect(read).toEqual(expect.arrayContaining(apps.flatMap(documentedGets)));
  });

  it('would be told by a feed that counted what it withholds', async () => {
    const change = 'update relay.feeds set sequence = sequence + $1 where recipient = $2';
    await county.pool.query(change, [1, BROOK]);
    const doors = doorsOf(county, getRoutesOf).filter(({ app }) => app === 'feed-relay');
    const reader = await signedIn(county, 'brook-worker-1');
    const read = await readEverything(reader, doors, [], new Map());
    await county.pool.query(change, [-1, BROOK]);
    const before = new Map(
      [...read.keys()].map((asked) => [asked, plain.answers.get(asked) ?? '']),
    );
    const found = differences(before, read).map((difference) => difference.split('\n')[0]);
    expect(found).toContain('brook-worker-1 GET feed-relay /v1/feed/head');
  });

  const same = (read: Read) => named(read.answers, read.names);

  async function lived(withFamily: boolean): Promise<Happened[]> {
    const all: Happened[] = [];
    for (const day of days) all.push(await whatHappens(county, day, withFamily));
    return all;
  }

  async function readBy(of: County, lives: readonly Happened[]): Promise<Read> {
    const answers: Answers = new Map();
    const doors = doorsOf(of, getRoutesOf);
    const ids = [derivedId('nobody'), ...happened.flatMap(idsIn)];
    const all: readonly Reader[] = [
      ...(await Promise.all(others.map(({ id }) => signedIn(of, id)))),
      ...(await systemsOf(of, (recipient) => recipient !== HUB)),
      { name: 'nobody' },
    ];
    for (const reader of all) {
      for (const [nth, { hidden, takenBack }] of happened.entries()) {
        const child = days[nth]?.hidden;
        if (!hidden || !child) throw new Error('the first county has no restricted family');
        await commandEverything(reader, of, hidden, answers);
        if (LARKFIELDS.test(reader.name)) await commandEverything(reader, of, takenBack, answers);
        await askVault(reader, of, hidden, child, answers);
        const box = await tryBox(
          reader,
          of,
          lives[nth]?.hidden ?? lives[nth]?.takenBack ?? takenBack,
        );
        answers.set(`${reader.name} opening a box ${nth}`, box);
      }
    }
    await of.settled();
    await Promise.all(all.map((reader) => readEverything(reader, doors, ids, answers)));
    for (const [app, text] of await comparableMetricsOf(of)) {
      if (app !== HUB) answers.set(`whoever runs it METRICS ${app}`, text);
    }
    const names = new Map([...(await takingBack(of)), ...(await reviewsDue(of))]);
    return { answers, opened: await openedIn(of), names };
  }
});

function placeKey({
  recipient,
  role,
  places,
}: Pick<DemonstrationUser, 'recipient' | 'role' | 'places'>): string {
  return [recipient, role, ...places].join(' ');
}

function idsIn({ known, hidden, takenBack }: Happened): string[] {
  const { familyId, registrationId } = takenBack;
  const ofHidden = hidden ? [hidden.familyId, hidden.contactId, hidden.childId] : [];
  return [known, familyId, registrationId, ...ofHidden];
}

/**
 * Not what the vault compares by itself when somebody types details: a restricted child is compared like any
 * other, within the one call there is anyway, and matches nobody.
 */
async function openedIn({ pool }: County): Promise<object[]> {
  const { rows } = await pool.query<object>(
    `select actor, kind, purpose, page, asked, granted from vault.audit
     where actor = any($1) and kind <> 'match' order by actor, entry_id`,
    [others.map(({ id }) => id)],
  );
  return rows;
}

/** What the rows that took a family back from Larkfield have from their event's id, which is another. */
async function takingBack({ pool }: County): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<
    Readonly<Record<'id' | 'occurrence' | 'salt' | 'withdraws', string>>
  >(
    `select id, envelope->>'occurrenceid' as occurrence, body->>'salt' as salt,
       envelope->>'withdraws' as withdraws
     from relay.feed_rows where recipient = $1 and envelope->>'withdraws' is not null order by sequence`,
    [LARKFIELD],
  );
  return new Map(
    rows.flatMap(({ id, occurrence, salt, withdraws }) => [
      [id, `withdrawal of ${withdraws}`],
      [occurrence, `what withdrew ${withdraws}`],
      [salt, `salt of what withdrew ${withdraws}`],
    ]),
  );
}

/**
 * Reviews are scheduled by whatever of a family's taking on is looked at first once all of it is there, and
 * what they are called follows from that: it is a matter of milliseconds, in the same county too.
 */
async function reviewsDue({ pool }: County): Promise<ReadonlyMap<string, string>> {
  const recorded = await pool.query<Readonly<Record<'id' | 'stream' | 'revision', string>>>(
    "select id, stream, revision from log.events where type = 'ReviewDue'",
  );
  const told = await pool.query<
    Readonly<Record<'id' | 'occurrence' | 'recipient' | 'sequence', string>>
  >(
    `select id, envelope->>'occurrenceid' as occurrence, recipient, sequence from relay.feed_rows
     where envelope->>'type' like '%.review.due.%' order by recipient desc, sequence desc`,
  );
  return new Map([
    ...recorded.rows.map(({ id, stream, revision }) => [id, `${stream} ${revision}`] as const),
    ...told.rows.flatMap(
      ({ id, occurrence, recipient, sequence }) =>
        [
          [id, `told ${recipient} ${sequence}`],
          [occurrence, `first told ${recipient} ${sequence}`],
        ] as const,
    ),
  ]);
}

function named(answers: Answers, names: ReadonlyMap<string, string>): Answers {
  return new Map(
    [...answers].map(([asked, answer]) => {
      let text = answer;
      for (const [id, name] of names) text = text.replaceAll(id, name);
      return [asked, text];
    }),
  );
}
