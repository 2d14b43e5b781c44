import type { CommandActor } from '@common-thread/eventing/decider';
import { derivedId } from '@common-thread/eventing/identifiers';
import { dayText, minutesBefore, noonOf } from './calendar.js';
import type { Household } from './household.js';
import type { Category, Intent, IntentOf } from '../../command-api/commands/deciders.js';
import type { PlannedCommand, When } from './planned-command.js';
import { eventIdOf } from './planned-command.js';
import { Random } from './random.js';

type Asked<One> = One extends { type: unknown; data: unknown }
  ? Pick<One, 'type' | 'data'>
  : never;
/** What is asked of a stream of a kind, without saying which. */
export type AskedOf<Kind extends Category> = Asked<IntentOf<Kind>>;

/** What the whole county shares. */
export interface CountySetting {
  readonly seed: string;
  /** Instant at which history ends, RFC 3339 UTC. */
  readonly asOf: string;
  /** Its day, counted from 1970. */
  readonly today: number;
}

interface Step {
  readonly at: string;
  readonly command: PlannedCommand;
}

/**
 * Collects one family's commands. Every id comes from the seed, the family's number and what the
 * thing is, so that the same county has the same ids wherever it is made.
 */
export class FamilyScript {
  readonly familyId: string;
  readonly #history: Step[] = [];
  readonly #live: Step[] = [];
  readonly #counts = new Map<string, number>();

  constructor(
    readonly setting: CountySetting,
    readonly household: Household,
  ) {
    this.familyId = this.id('family');
  }

  /** Random numbers of one chapter of this family: another chapter's changes leave them alone. */
  random(chapter: string): Random {
    return new Random(this.setting.seed, chapter, this.household.number);
  }

  id(of: string, nth = 0): string {
    return derivedId('county', this.setting.seed, this.household.number, of, nth);
  }

  /** A fresh id of its kind: the first, the second and so on in the order they are asked for. */
  nextId(of: string): string {
    const nth = this.#counts.get(of) ?? 0;
    this.#counts.set(of, nth + 1);
    return this.id(of, nth);
  }

  /**
   * A fact of the past as its source recorded it, known to the day; `learnedOn` where it was
   * recorded later than it happened. Gives the id of the event it will be.
   */
  fact<Kind extends Category>(
    kind: Kind,
    subjectId: string,
    command: AskedOf<Kind>,
    actor: CommandActor,
    day: number,
    learnedOn = day,
  ): string {
    const when: When = {
      occurredAt: noonOf(day),
      occurredPrecision: 'day',
      learnedAt: noonOf(Math.min(learnedOn, this.setting.today - 1)),
      imported: true,
    };
    return this.#add(this.#history, kind, subjectId, command, actor, when);
  }

  /**
   * Something done in the live week at that instant; `learnedAt` where the worker noted it later.
   */
  act<Kind extends Category>(
    kind: Kind,
    subjectId: string,
    command: AskedOf<Kind>,
    actor: CommandActor,
    occurredAt: string,
    more: { readonly learnedAt?: string; readonly follows?: 'reaction' } = {},
  ): string {
    // Nobody types while it happens.
    const noted = minutesBefore(occurredAt, -4);
    const learnedAt = more.learnedAt ?? (noted < this.setting.asOf ? noted : this.setting.asOf);
    return this.#add(this.#live, kind, subjectId, command, actor, {
      ...more,
      occurredAt,
      learnedAt,
    });
  }

  /** Oldest first; what fell on one day in the order it was told. */
  get history(): PlannedCommand[] {
    return inOrder(this.#history);
  }

  get live(): PlannedCommand[] {
    return inOrder(this.#live);
  }

  #add<Kind extends Category>(
    steps: Step[],
    kind: Kind,
    subjectId: string,
    command: AskedOf<Kind>,
    actor: CommandActor,
    when: When & { readonly follows?: 'reaction' },
  ): string {
    const commandId = this.nextId(`${kind}/${subjectId}/command`);
    const lane = String(this.household.number);
    // The command is of its kind by the signature; the compiler does not follow the pair through.
    const intent = { category: kind, id: subjectId, ...command } as Intent;
    const planned: PlannedCommand = { ...when, commandId, lane, actor, intent };
    steps.push({ at: when.occurredAt, command: planned });
    return eventIdOf(planned);
  }

  /** The day as people write it, for texts. */
  dayText(day: number): string {
    return dayText(day);
  }
}

function inOrder(steps: readonly Step[]): PlannedCommand[] {
  return steps
    .map((step, nth) => ({ ...step, nth }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.nth - b.nth))
    .map(({ command }) => command);
}
