import type { DeclaredCell, DeclaredColumn, DeclaredGrade } from '../county/declared.js';
import { agreedKind } from '../county/declared-kinds.js';
import { capped, isAbove, unionOf } from '../county/declared.js';
import { declaredBeforehand, declaredBy } from '../county/declared-versions.js';
import type { CountyLog, Placed } from '../county/happening.js';
import type { TestRecipient } from '../county/places.js';
import { organisationOf } from '../county/places.js';

/** What one agreement, or one family's consent, lets be told from one position on. */
interface State {
  readonly id: string;
  readonly version: number;
  readonly parties: readonly string[];
  readonly inForce: boolean;
  readonly scope: Readonly<Record<string, readonly string[]>>;
  /** Of a consent. */
  readonly family?: string;
}

/** Who may tell whom what by which agreement and which version of the table, at each position of a history. */
export class AgreementsInForce {
  /** By position, from 0. */
  readonly #states: readonly (readonly State[])[];
  readonly #keepers = new Map<string, string>();
  /** Where what some parties have agreed on changed. */
  readonly #changes: readonly { readonly at: number; readonly parties: readonly string[] }[];
  readonly #caps = new Map<readonly State[], Map<string, DeclaredGrade>>();

  readonly #switches: readonly { readonly at: number; readonly version: number }[];

  constructor(log: CountyLog) {
    this.#switches = log.events
      .filter(({ type }) => type === 'TableSwitched')
      .map(({ position: at, data }) => ({ at, version: Number(data['tableVersion']) }));
    const states: (readonly State[])[] = [[]];
    for (const event of log.events) {
      const { streamId, owner = 'council.safeguarding-hub' } = event;
      if (!this.#keepers.has(streamId)) this.#keepers.set(streamId, organisationOf(owner));
      states.push(after(states.at(-1)!, event));
    }
    this.#states = states;
    const signed = new Map(states.flat().map(({ id, parties }) => [`agreement-${id}`, parties]));
    const consented = new Map(states.flat().map(({ id, parties }) => [id, parties]));
    this.#changes = log.events.flatMap(({ streamId, data, position: at }) => {
      const parties = signed.get(streamId) ?? consented.get(String(data['consentId']));
      return parties && at > 2 ? [{ at, parties }] : [];
    });
  }

  /** The organisation whose record an event is in. */
  keeperOf({ streamId }: Placed): string {
    return this.#keepers.get(streamId)!;
  }

  /**
   * What lets most of an event's kind be told at `t` on the pages of some families; of equals an agreement
   * before a consent, and then that of the lowest id.
   */
  between(recipient: TestRecipient, event: Placed, t: number, families: readonly string[]) {
    const kind = agreedKind(event.type, recipient);
    const [one, other] = [this.keeperOf(event), organisationOf(recipient.id)];
    if (kind === undefined || one === other) return undefined;
    return this.#states
      [t]!.filter(
        ({ inForce, parties, family }) =>
          inForce &&
          parties.includes(one) &&
          parties.includes(other) &&
          (family === undefined || families.includes(family)),
      )
      .map((state) => ({ ...state, grade: gradeIn(state, kind) }))
      .filter(({ grade }) => grade !== 'withheld')
      .sort(
        (a, b) =>
          (isAbove(a.grade, b.grade) ? -1 : isAbove(b.grade, a.grade) ? 1 : 0) ||
          Number(a.family !== undefined) - Number(b.family !== undefined) ||
          (a.id < b.id ? -1 : 1),
      )[0];
  }

  /** The most that may be told of an event at `t` to those entitled to its family. */
  capFor(
    recipient: TestRecipient,
    event: Placed,
    t: number,
    families: readonly string[],
  ): DeclaredGrade {
    const states = this.#states[t]!;
    const caps = this.#caps.get(states) ?? new Map<string, DeclaredGrade>();
    this.#caps.set(states, caps);
    const key = `${recipient.id} ${event.streamId} ${event.type} ${families.join(' ')}`;
    const known = caps.get(key);
    if (known) return known;
    const needsNone =
      agreedKind(event.type, recipient) === undefined ||
      this.keeperOf(event) === organisationOf(recipient.id);
    const cap = needsNone
      ? 'content'
      : (this.between(recipient, event, t, families)?.grade ?? 'withheld');
    caps.set(key, cap);
    return cap;
  }

  /** The version of the table in force at `t`. */
  tableAt(t: number): number {
    return this.#switches.findLast(({ at }) => at <= t)?.version ?? 1;
  }

  /** How much of an event's kind one agreement lets be told at `t`. */
  gradeOf(id: string, recipient: TestRecipient, event: Placed, t: number): DeclaredGrade {
    const state = this.#states[t]!.find((each) => each.id === id && each.inForce);
    return state ? gradeIn(state, agreedKind(event.type, recipient) ?? '') : 'withheld';
  }

  /** What a recipient with these parts in the matter is told at `t` of an event, related to its family. */
  cellFor(
    recipient: TestRecipient,
    event: Placed,
    parts: readonly DeclaredColumn[],
    t: number,
    family: string | undefined,
  ): DeclaredCell {
    const version = this.tableAt(t);
    const late = event.position !== t && parts.length === 0;
    const cell = late
      ? declaredBeforehand(version, event.type, recipient)
      : declaredBy(version, event.type, [recipient.audience]);
    const cap = this.capFor(recipient, event, t, family === undefined ? [] : [family]);
    return unionOf(declaredBy(version, event.type, parts), capped(cell, cap));
  }

  /** Whether anything two organisations have agreed on changes up to `t`, after what all sign at first. */
  changes(one: string, other: string, t: number): boolean {
    return this.#changes.some(
      ({ at, parties }) => at <= t && parties.includes(one) && parties.includes(other),
    );
  }
}

function gradeIn({ scope }: State, kind: string): DeclaredGrade {
  return (
    (['content', 'notice', 'existence'] as const).find((grade) => scope[grade]?.includes(kind)) ??
    'withheld'
  );
}

function after(
  states: readonly State[],
  { type, streamId, family, data }: Placed,
): readonly State[] {
  const id = streamId.slice('agreement-'.length);
  const change = (next: Partial<State>) =>
    states.map((state) => (state.id === id ? { ...state, ...next } : state));
  const kind: string = type;
  switch (kind) {
    case 'AgreementSigned': {
      const parties = data['parties'] as readonly string[];
      return [...states, { id, version: 1, parties, inForce: false, scope: scopeIn(data) }];
    }
    case 'AgreementTookEffect':
      return change({ inForce: true });
    case 'AgreementNarrowed':
      return change({ version: Number(data['agreementVersion']), scope: scopeIn(data) });
    case 'AgreementEnded':
      return states.filter((state) => state.id !== id);
    case 'ConsentRecorded': {
      const [parties, content] = [data['parties'], data['content']] as (readonly string[])[];
      const terms = { version: 1, parties: parties!, inForce: true, scope: { content: content! } };
      return [...states, { id: String(data['consentId']), family: family!, ...terms }];
    }
    case 'ConsentWithdrawn':
      return states.filter((state) => state.id !== data['consentId']);
    default:
      return states;
  }
}

function scopeIn(data: Placed['data']): State['scope'] {
  const of = (grade: string) => data[grade] as readonly string[];
  return { content: of('content'), notice: of('notice'), existence: of('existence') };
}
