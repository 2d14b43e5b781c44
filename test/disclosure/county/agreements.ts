import { factKinds } from '@common-thread/domain/code-lists';
import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Happening } from './happening.js';
import { organisations } from './places.js';
import { randomFrom } from './random.js';

type Scope = Readonly<Record<'content' | 'notice' | 'existence', readonly string[]>>;

/** What every county signs before anything else: everybody tells everybody all that the table lets them. */
export function agreedAtFirst(seed: number): readonly Happening[] {
  const terms = agreedByAll(organisations);
  return signed(derivedId('county', 'agreement', seed), terms, 0, seed);
}

function signed(
  id: string,
  terms: Readonly<Record<string, unknown>>,
  at: number,
  seed: number,
): readonly Happening[] {
  return [
    happened(id, 'AgreementSigned', { ...terms }, at, seed),
    happened(id, 'AgreementTookEffect', { agreementVersion: 1 }, at, seed),
  ];
}

function happened(
  id: string,
  type: Happening['type'],
  data: Happening['data'],
  at: number,
  seed: number,
): Happening {
  return {
    id: derivedId('county', type, id, seed, Number(data['agreementVersion'] ?? 0)),
    serial: 0,
    type,
    streamId: `agreement-${id}`,
    people: [],
    data,
    occurred: at,
    recorded: at,
  };
}

interface Running {
  readonly id: string;
  readonly parties: readonly string[];
  version: number;
  scope: Scope;
}

/** How often agreements change in one history, at most. */
const CHANGES_MAX = 6;

/**
 * The same history in which agreements are signed, narrowed and ended besides, at random: nothing else
 * of it depends on them. What everybody had signed at first is among them.
 */
export function withChangingAgreements(
  happenings: readonly Happening[],
  seed: number,
): readonly Happening[] {
  const random = randomFrom(seed + 55_555);
  const first = happenings.findIndex(({ type }) => type === 'AgreementTookEffect') + 1;
  const changes = random.below(CHANGES_MAX + 1);
  const places = Array.from(
    { length: changes },
    () => first + random.below(happenings.length - first + 1),
  ).sort((a, b) => a - b);
  const signedFirst = happenings.find(({ type }) => type === 'AgreementSigned')!;
  const running: Running[] = [
    {
      id: signedFirst.streamId.slice('agreement-'.length),
      parties: organisations,
      version: 1,
      scope: { content: factKinds, notice: [], existence: [] },
    },
  ];
  const all = [...happenings];
  for (const [nth, place] of places.entries()) {
    const at = happenings[place - 1]?.recorded ?? 0;
    const added = changed(running, `${seed} ${nth}`, at, random, seed);
    all.splice(place + all.length - happenings.length, 0, ...added);
  }
  return all;
}

function changed(
  running: Running[],
  name: string,
  at: number,
  random: ReturnType<typeof randomFrom>,
  seed: number,
): readonly Happening[] {
  const takesBack = random.chance(0.6);
  const act = running.length === 0 ? 'sign' : random.pick(['sign', 'narrow', 'narrow', 'end']);
  if (act === 'sign') {
    const id = derivedId('county', 'agreement', name);
    const parties = random.chance(0.6)
      ? organisations
      : organisations.filter((each) => each === 'council' || random.chance(0.6));
    if (parties.length < 2) return [];
    const scope = random.chance(0.5) ? agreedByAll(parties) : someScope(random);
    const { content, notice, existence } = scope;
    running.push({ id, parties, version: 1, scope: { content, notice, existence } });
    return signed(id, { ...agreedByAll(parties), content, notice, existence }, at, seed);
  }
  const agreement = random.pick(running);
  if (act === 'end') {
    running.splice(running.indexOf(agreement), 1);
    const data = { reason: 'replaced', endedBy: agreement.parties[0], takesBack };
    return [happened(agreement.id, 'AgreementEnded', data, at, seed)];
  }
  const scope = narrower(agreement.scope, random);
  if (!scope) return [];
  agreement.version += 1;
  agreement.scope = scope;
  const { signatories } = agreedByAll(agreement.parties);
  const terms = { ...scope, reason: 'more-than-needed', signatories, takesBack };
  const data = { ...terms, agreementVersion: agreement.version };
  return [happened(agreement.id, 'AgreementNarrowed', data, at, seed)];
}

function someScope(random: ReturnType<typeof randomFrom>): Scope {
  const grades = ['content', 'content', 'notice', 'existence', 'withheld'] as const;
  const chosen = factKinds.map((kind) => [kind, random.pick([...grades])] as const);
  const of = (grade: string) => chosen.flatMap(([kind, its]) => (its === grade ? [kind] : []));
  return { content: [...of('content')], notice: of('notice'), existence: of('existence') };
}

/** Some kinds a grade or more lower; undefined where nothing would be left, or nothing lower. */
function narrower(scope: Scope, random: ReturnType<typeof randomFrom>): Scope | undefined {
  const order = ['withheld', 'existence', 'notice', 'content'] as const;
  const lowered = factKinds.map((kind) => {
    const grade = order.findLast((each) => each !== 'withheld' && scope[each].includes(kind));
    const rank = order.indexOf(grade ?? 'withheld');
    return [kind, order[random.chance(0.5) ? random.below(rank + 1) : rank]!] as const;
  });
  const of = (grade: string) => lowered.flatMap(([kind, its]) => (its === grade ? [kind] : []));
  const next = { content: of('content'), notice: of('notice'), existence: of('existence') };
  const left = Object.values(next).some((kinds) => kinds.length > 0);
  const isLower = Object.entries(next).some(
    ([grade, kinds]) => kinds.length !== scope[grade as keyof Scope].length,
  );
  return left && isLower ? next : undefined;
}
