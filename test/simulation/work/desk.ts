import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import type { DomainEvent } from '@common-thread/eventing/event-shapes';
import { LogUnavailable } from '@common-thread/eventing/event-log';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import { PolicyBehind } from '../../../apps/command-api/authorisation/policy-follower.js';
import type { Authority, Circumstances } from '../../../apps/command-api/commands.js';
import type { CommandAnswer } from '../../../apps/command-api/commands/command-answer.js';
import { Broken } from '../../disclosure/invariants/broken.js';
import { Killed } from '../machine/life.js';
import type { World } from '../world/world.js';
import type { PlannedCommand } from './planned-command.js';
import { streamOf } from './planned-command.js';

/** A command that has its final answer. */
export interface Answered {
  readonly command: PlannedCommand;
  readonly answer: CommandAnswer;
  /**
   * Restores of the log before this answer, however late another came to the same command: what is
   * restored away after it is lost, and said so.
   */
  readonly logRestores: number;
}

const BETWEEN_TRIES_MS_MAX = 500;
const BETWEEN_COMMANDS_MS_MAX = 400;
const STALE_TRIES_MAX = 3;

/** Whoever sends commands: each with its own id, again and again until somebody answers. */
export class Desk {
  readonly answered: Answered[] = [];
  readonly #signal = new AbortController().signal;
  /** Nobody acts for an organisation before it has been recorded. */
  #recording: Promise<void> = Promise.resolve();
  readonly #streamsAtWork = new Map<string, Promise<unknown>>();

  constructor(private readonly world: World) {}

  /** Several hands at once, each taking the next command when it has done its last. */
  async work(commands: readonly PlannedCommand[], hands: number): Promise<void> {
    const left = [...commands];
    const hand = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        const recorded = this.#recordingFirst(next);
        await recorded.before;
        const stream = streamOf(next);
        const before = this.#streamsAtWork.get(stream);
        const work = (before ?? Promise.resolve()).then(() => this.see(next));
        this.#streamsAtWork.set(stream, work);
        await work;
        recorded.done();
        await this.#wait(BETWEEN_COMMANDS_MS_MAX);
      }
    };
    await Promise.all(Array.from({ length: hands }, hand));
  }

  /** Whoever comes after the recording of an organisation waits for it. */
  #recordingFirst({ intent }: PlannedCommand) {
    const before = this.#recording;
    let done: () => void = () => undefined;
    if (intent.category === 'organisation') {
      this.#recording = new Promise((resolve) => (done = resolve));
    }
    return { before, done: () => done() };
  }

  /** Sees one command through; now and then it is sent twice at once, or once more later. */
  async see(command: PlannedCommand): Promise<void> {
    const { random } = this.world;
    const copies = random.chance(0.1) ? 2 : 1;
    const [first] = await Promise.all(
      Array.from({ length: copies }, () => this.#untilAnswered(command)),
    );
    if (!first || !random.chance(0.15)) return;
    await this.#wait(BETWEEN_TRIES_MS_MAX);
    this.#compare(first, await this.#untilAnswered(command));
  }

  #compare({ command, answer: first, logRestores }: Answered, later: Answered): void {
    if (first.outcome !== 'recorded' || logRestores !== later.logRestores) return;
    const { serial } = command;
    const again = later.answer;
    const same =
      again.outcome === 'recorded' &&
      again.replayed &&
      idsOf(first.events) === idsOf(again.events);
    if (same) return;
    const words = `${serial} answered ${first.outcome}, then ${again.outcome}`;
    this.world.broken ??= new Broken('one command, one answer', words);
  }

  async #untilAnswered(command: PlannedCommand): Promise<Answered> {
    for (let stale = 0; ;) {
      const answer = await this.#once(command);
      const readAgain = answer?.outcome === 'stale' && (stale += 1) < STALE_TRIES_MAX;
      if (answer && !readAgain && answer.outcome !== 'busy') {
        const { schedule, trace, disks } = this.world;
        trace.add(`${schedule.now} ${command.serial} ${command.intent.type}: ${wordsOf(answer)}`);
        this.#mustBeThere(command, answer);
        const answered = { command, answer, logRestores: disks.logRestores };
        this.answered.push(answered);
        return answered;
      }
      await this.#wait(BETWEEN_TRIES_MS_MAX);
    }
  }

  /** What is acknowledged is in the log by then, and not a moment later. */
  #mustBeThere({ serial }: PlannedCommand, answer: CommandAnswer): void {
    if (answer.outcome !== 'recorded') return;
    const missing = answer.events.find(({ id }) => !this.world.disks.log.has(id));
    if (!missing) return;
    const words = `${serial} ${missing.type} is not there yet`;
    this.world.broken ??= new Broken('nothing acknowledged is lost', words);
  }

  /** One try; undefined where no answer came, and only the same id can tell whether it was recorded. */
  async #once(command: PlannedCommand): Promise<CommandAnswer | undefined> {
    const running = this.world.commandApi.running;
    if (!running) return undefined;
    try {
      const { commands } = running.process;
      const expects = await this.#readBy(command);
      const given = circumstancesOf(command, this.world.clockOf('command-api'), expects);
      return await running.life.alive(
        commands.execute(command.intent, given, authorityOf(command)),
      );
    } catch (error) {
      if (isPassing(error)) return undefined;
      const words = `${command.serial} ${command.intent.type}: ${String(error)}`;
      this.world.broken ??= new Broken('no command fails by itself', words);
      return { outcome: 'not-found' };
    }
  }

  /** The tag of what the caller reads just before: of the last event, which whose stream it is is told. */
  async #readBy(command: PlannedCommand): Promise<Circumstances['expects']> {
    if (!command.readsFirst) return 'additive';
    const last = this.world.disks.log.stream(streamOf(command)).at(-1);
    return last ? [occurrenceIdOf(last.id, command.actor.recipient)] : [];
  }

  #wait(milliseconds: number): Promise<void> {
    const { outside, random } = this.world;
    return outside.pause(1 + random.below(milliseconds), this.#signal);
  }
}

function authorityOf({ actor, route, identified }: PlannedCommand): Authority {
  if (route === undefined) return { kind: 'import', actor };
  const caller = { ...actor, places: [] };
  return { kind: 'caller', actor: caller, route, ...(identified ? { identified } : {}) };
}

function circumstancesOf(
  { commandId, intent, lateMs, imported }: PlannedCommand,
  now: Date,
  expects: Circumstances['expects'],
): Circumstances {
  return {
    commandId,
    correlationId: commandId,
    occurredAt: new Date(now.getTime() - lateMs).toISOString(),
    ...(imported ? { imported: true } : {}),
    body: intent.data,
    expects,
  };
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof Killed ||
    error instanceof LogUnavailable ||
    error instanceof VaultUnavailable ||
    error instanceof PolicyBehind
  );
}

function idsOf(events: readonly (DomainEvent & { readonly id: string })[]): string {
  return events.map(({ id }) => id).join();
}

function wordsOf(answer: CommandAnswer): string {
  if (answer.outcome === 'refused') return `refused, ${answer.refusal.code}`;
  if (answer.outcome !== 'recorded') return answer.outcome;
  return answer.replayed ? 'recorded before' : `recorded ${answer.events.length}`;
}
