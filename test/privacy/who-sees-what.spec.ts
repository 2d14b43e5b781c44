import type { Actor, Role } from '@common-thread/platform/actor';
import { roles } from '@common-thread/platform/actor';
import type { Purpose } from '@common-thread/platform/revealing';
import { purposes } from '@common-thread/platform/revealing';
import { VaultFold } from '../../apps/vault/following/vault-fold.js';
import { decide } from '../../apps/vault/revealing/deciding.js';
import { withChangingAgreements } from '../disclosure/county/agreements.js';
import type { Placed } from '../disclosure/county/happening.js';
import { describeHappening, logOf, stored } from '../disclosure/county/happening.js';
import { historyOf } from '../disclosure/county/history.js';
import type { TestRecipient } from '../disclosure/county/places.js';
import { organisationOf, recipientOf, recipients } from '../disclosure/county/places.js';
import type { Random } from '../disclosure/county/random.js';
import { withNeedToKnow } from '../disclosure/county/need-to-know.js';
import { randomFrom } from '../disclosure/county/random.js';
import { Truth } from '../disclosure/truth/truth.js';
import type { Sight } from './who-sees-what.js';
import { sightOf } from './who-sees-what.js';

const CASES = Number(process.env.COMMON_THREAD_CASES ?? 100_000);
const A_HISTORY = 400;

/** Who asks for which field of what, and why. */
interface Case {
  readonly role: Role;
  readonly recipient: TestRecipient;
  readonly places: readonly string[];
  readonly purpose: Purpose;
  readonly event: Placed;
  readonly field: string;
}

/** The vault's rules, or something that is to be found out by this comparison. */
type Deciding = typeof decide;

/** What the reference answers, how often, over so many random cases; it throws at the first difference. */
function compare(cases: number, deciding: Deciding = decide): Map<Sight, number> {
  const tally = new Map<Sight, number>();
  for (let seed = 1; cases > 0; seed += 1, cases -= A_HISTORY) {
    const log = logOf(countyOf(seed));
    const truth = new Truth(log);
    const fold = new VaultFold();
    for (const event of log.events) fold.fold(stored(event));
    const random = randomFrom(seed);
    for (let nth = 0; nth < Math.min(A_HISTORY, cases); nth += 1) {
      const asked = someCase(random, log.events);
      const { event, field, purpose } = asked;
      const expected = sightOf(truth, asked, purpose, { event, field });
      const decided = deciding(fold, actorOf(asked), purpose, originOf(event, field));
      if (decided !== expected) throw new Error(difference(seed, asked, { expected, decided }));
      tally.set(expected, (tally.get(expected) ?? 0) + 1);
    }
  }
  return tally;
}

/** In some of them agreements change besides, and in all what families say. */
function countyOf(seed: number) {
  const history = withNeedToKnow(historyOf(seed), seed);
  return seed % 4 === 0 ? withChangingAgreements(history, seed) : history;
}

function someCase(random: Random, events: readonly Placed[]): Case {
  const event = random.pick(events);
  // Most often somebody who has to do with the county's families: of strangers nearly all is withheld.
  const owner = random.pick(events).owner;
  const recipient = owner === undefined ? random.pick(recipients) : recipientOf(owner);
  // Half of them are people at their own work: of any others nearly all are refused by role.
  const { role, purposes: own } = random.pick(atWork[recipient.audience]);
  const isAtWork = random.chance(0.5);
  return {
    role: isAtWork ? role : random.pick(roles),
    purpose: isAtWork ? random.pick(own) : random.pick(purposes),
    recipient,
    places: ['elm-lane', 'oak-road', 'town-hall'].filter(() => random.chance(0.2)),
    event,
    field: random.pick(Object.keys(event.data).concat('note')),
  };
}

interface Work {
  readonly role: Role;
  readonly purposes: readonly Purpose[];
}
const atWork: Readonly<Record<TestRecipient['audience'], readonly Work[]>> = {
  'childrens-centre': [{ role: 'centre-worker', purposes: ['centre-support'] }],
  'health-visiting': [
    { role: 'health-visitor', purposes: ['direct-care'] },
    { role: 'subscriber-system', purposes: ['subscription'] },
  ],
  'safeguarding-hub': [
    { role: 'hub-triage', purposes: ['triage', 'look-up'] },
    { role: 'hub-manager', purposes: ['triage'] },
  ],
  'partnership-board': [{ role: 'subscriber-system', purposes: ['subscription'] }],
};

function actorOf({ role, recipient, places }: Case): Actor {
  const { id, audience } = recipient;
  const organisation = organisationOf(id);
  return { id: 'asker', organisation, audience, recipient: id, role, places, kind: 'person' };
}

function originOf(event: Placed, field: string) {
  const { id, type, streamId, people } = event;
  return { eventId: id, eventType: type, streamId, field, subjects: people };
}

function difference(seed: number, asked: Case, answers: object): string {
  const { role, recipient, places, purpose, event, field } = asked;
  const where = places.length > 0 ? ` at ${places.join(', ')}` : '';
  return [
    `history ${seed}: ${role} of ${recipient.id}${where}, for ${purpose}, asks for ${field} of`,
    ...countyOf(seed).map((each) => {
      const mark = each.id === event.id ? '→' : ' ';
      return `${mark} ${describeHappening(each, countyOf(seed))}`;
    }),
    JSON.stringify(answers),
  ].join('\n');
}

describe('who sees what', () => {
  it(
    `is what practice has it to be, in ${CASES} cases`,
    () => {
      const tally = compare(CASES);
      expect(tally.get('granted')).toBeGreaterThan(CASES / 100);
      expect(tally.get('restricted')).toBeGreaterThan(CASES / 1_000);
      expect(tally.get('confidential')).toBeGreaterThan(CASES / 10_000);
      expect(tally.get('not-entitled')).toBeGreaterThan(CASES / 10);
    },
    CASES * 2,
  );

  it.each<[string, Deciding]>([
    [
      'places',
      (fold, actor, purpose, origin) => decide(fold, { ...actor, places: [] }, purpose, origin),
    ],
    [
      'purposes',
      (fold, actor, _purpose, origin) => {
        const own = atWork[recipientOf(actor.recipient).audience].find(
          ({ role }) => role === actor.role,
        );
        return decide(fold, actor, own?.purposes[0] ?? 'look-up', origin);
      },
    ],
    [
      'restrictions',
      (fold, actor, purpose, origin) =>
        decide(
          {
            groundToRead: (worker, of) => fold.groundToRead(worker, of),
            restrictedAbout: () => [],
            speakTo: () => undefined,
            isShielded: (...asked) => fold.isShielded(...asked),
          },
          actor,
          purpose,
          origin,
        ),
    ],
    [
      'confidential addresses and referrers',
      (fold, actor, purpose, origin) => {
        const decided = decide(fold, actor, purpose, origin);
        return decided === 'confidential' ? 'granted' : decided;
      },
    ],
    [
      'roles',
      (fold, actor, purpose, origin) =>
        decide(
          fold,
          { ...actor, role: actor.role === 'hub-triage' ? 'hub-manager' : actor.role },
          purpose,
          origin,
        ),
    ],
  ])('is told apart from rules that forget %s', (_forgotten, deciding) => {
    expect(() => compare(20_000, deciding)).toThrow(/^history \d+: /);
  });
});
