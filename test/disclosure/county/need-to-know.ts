import { factKinds } from '@common-thread/domain/code-lists';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Happening } from './happening.js';
import { families, organisations, organisationOf, recipients } from './places.js';
import type { Random } from './random.js';
import { randomFrom } from './random.js';

/** How often families say something about sharing in one history, at most. */
const CHANGES_MAX = 40;

interface Woven {
  readonly random: Random;
  readonly seed: number;
  /** Consents that stand, by id, and whose each is. */
  readonly consents: Map<string, string>;
  readonly confidential: Set<string>;
  readonly keptBy: Map<string, string>;
}

/**
 * The same history in which families consent and withdraw it, addresses become confidential and cease to
 * be, and callers ask to stay anonymous, besides, at random: nothing else of it depends on them.
 */
export function withNeedToKnow(
  happenings: readonly Happening[],
  seed: number,
): readonly Happening[] {
  const random = randomFrom(seed + 99_999);
  // Whoever records anything has been recorded itself by then.
  const first = happenings.findIndex(({ type }) => !/^(Agreement|Organisation|Table)/.test(type));
  const places = Array.from(
    { length: random.below(CHANGES_MAX + 1) },
    () => first + random.below(happenings.length - first + 1),
  ).sort((a, b) => a - b);
  const woven: Woven = {
    random,
    seed,
    consents: new Map(),
    confidential: new Set(),
    keptBy: new Map(),
  };
  const all = [...happenings];
  for (const [nth, place] of places.entries()) {
    const at = happenings[place - 1]?.recorded ?? 0;
    const happened = random.chance(0.85) ? consent(woven, nth, at) : shield(woven, nth, at);
    all.splice(place + all.length - happenings.length, 0, happened);
  }
  return all.flatMap((each) => withWish(each, seed));
}

/** A caller whom no agency of the county stands behind may ask to stay anonymous. */
function withWish(received: Happening, seed: number): readonly Happening[] {
  const { id, type, streamId, owner, referrer, recorded } = received;
  if (type !== 'ContactReceived' || referrer !== undefined || owner === undefined) {
    return [received];
  }
  if (!randomFrom(seed + received.serial).chance(0.3)) return [received];
  const wish: Happening = {
    id: derivedId('county', 'anonymity', id),
    serial: 0,
    type: 'AnonymityRequested',
    streamId,
    owner,
    people: [],
    data: { source: '1B' },
    occurred: recorded,
    recorded,
  };
  return [received, wish];
}

/** One hub keeps what is decided about a family. */
function consent(woven: Woven, nth: number, at: number): Happening {
  const { random, seed, consents, keptBy } = woven;
  const [standing] = [...consents.entries()].filter(() => random.chance(0.2));
  if (standing) {
    const [consentId, family] = standing;
    consents.delete(consentId);
    const data = { consentId, takesBack: random.chance(0.8) };
    return happening(woven, 'ConsentWithdrawn', nth, at, {
      streamId: `sharing-${family}`,
      owner: keptBy.get(family)!,
      family,
      data,
    });
  }
  const family = random.pick(families);
  const hubs = recipients.filter(({ audience }) => audience === 'safeguarding-hub');
  const hub = keptBy.get(family) ?? random.pick(hubs).id;
  keptBy.set(family, hub);
  const consentId = derivedId('county', 'consent', seed, nth);
  consents.set(consentId, family);
  const others = organisations.filter(
    (each) => each !== organisationOf(hub) && random.chance(0.9),
  );
  return happening(woven, 'ConsentRecorded', nth, at, {
    streamId: `sharing-${family}`,
    owner: hub,
    family,
    data: {
      familyId: family,
      hub,
      consentId,
      whose: 'parents',
      parties: [organisationOf(hub), ...(others.length === 0 ? ['elm-centres'] : others)],
      content: factKinds.filter(() => random.chance(0.9)),
      words: `box.v1.w${nth}`,
    },
  });
}

function shield(woven: Woven, nth: number, at: number): Happening {
  const { random, confidential } = woven;
  const family = random.pick(families);
  const facts = { streamId: `shielding-${family}`, family };
  if (confidential.delete(family)) {
    const data = { reason: 'no-longer-a-risk' };
    return happening(woven, 'AddressConfidentialityEnded', nth, at, { ...facts, data });
  }
  confidential.add(family);
  const data = { familyId: family, ground: 'domestic-abuse' };
  return happening(woven, 'AddressMadeConfidential', nth, at, { ...facts, data });
}

function happening(
  { seed }: Woven,
  type: Happening['type'],
  nth: number,
  at: number,
  facts: Pick<Happening, 'streamId' | 'family' | 'data'> & Pick<Happening, 'owner'>,
): Happening {
  const id = derivedId('county', 'need to know', type, seed, nth);
  return { id, serial: 0, type, people: [], occurred: at, recorded: at, ...facts };
}
