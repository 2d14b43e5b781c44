import type { Answer } from '../journeys/whole-system.js';
import type { Answered, Opening, PageRead, SentCommand, Shown } from './observed.js';

/** One line of what a load did and saw. Times are ms since 1970 of one machine's clock. */
export type LoadRecord =
  /** `dueAt`: when a steady stream of work would have sent it. */
  | {
      readonly kind: 'sent';
      readonly at: number;
      readonly dueAt: number;
      readonly command: SentCommand;
    }
  | {
      readonly kind: 'answered';
      readonly at: number;
      readonly commandId: string;
      readonly outcome: 'acknowledged' | 'refused';
      /** A refusal that whoever sent it had reckoned with. */
      readonly isForeseen: boolean;
      readonly tries: number;
      readonly answer: Answer;
    }
  | { readonly kind: 'read'; readonly read: PageRead }
  | { readonly kind: 'opening'; readonly opening: Opening }
  | { readonly kind: 'opened'; readonly page: string; readonly outcomes: readonly string[] };

export type Recorder = (record: LoadRecord) => void;

export interface RecordedLoad {
  readonly acknowledged: readonly Answered[];
  readonly refused: readonly Answered[];
  /** Sent, and nobody knows what became of it. */
  readonly unanswered: readonly SentCommand[];
  /** Refusals that whoever sent them had not reckoned with: a path and a status each. */
  readonly unforeseen: readonly string[];
  readonly reads: readonly PageRead[];
  readonly shown: readonly Shown[];
  /** Calls to open something that had no answer, or another. */
  readonly notShown: readonly Opening[];
  /** From when each acknowledged command was due until it was acknowledged, ms. */
  readonly delaysMs: readonly number[];
}

/** What a load comes to. A command sent again after an interruption has the last of its answers. */
export function recordedLoad(records: Iterable<LoadRecord>): RecordedLoad {
  const sent = new Map<string, Extract<LoadRecord, { kind: 'sent' }>>();
  const answered = new Map<string, Extract<LoadRecord, { kind: 'answered' }>>();
  const reads: PageRead[] = [];
  const openings = new Map<string, Opening>();
  const shown: Shown[] = [];
  for (const record of records) {
    if (record.kind === 'read') reads.push(record.read);
    else if (record.kind === 'opening') openings.set(record.opening.page, record.opening);
    else if (record.kind === 'opened') {
      const opening = openings.get(record.page);
      if (!opening) throw new Error(`${record.page} was opened and never asked for`);
      openings.delete(record.page);
      shown.push({ ...opening, outcomes: record.outcomes });
    } else if (record.kind === 'answered') answered.set(record.commandId, record);
    else if (!sent.has(record.command.commandId)) sent.set(record.command.commandId, record);
  }
  const acknowledged: Answered[] = [];
  const refused: Answered[] = [];
  const unforeseen: string[] = [];
  const delaysMs: number[] = [];
  for (const [commandId, { outcome, isForeseen, tries, answer, at }] of answered) {
    const asked = sent.get(commandId);
    if (!asked) throw new Error(`command ${commandId} was answered and never sent`);
    const { command } = asked;
    (outcome === 'acknowledged' ? acknowledged : refused).push({ ...command, answer, tries });
    if (outcome === 'acknowledged') delaysMs.push(at - asked.dueAt);
    else if (!isForeseen) unforeseen.push(`${command.path}: ${answer.status}`);
  }
  const unanswered = [...sent.values()]
    .filter(({ command }) => !answered.has(command.commandId))
    .map(({ command }) => command);
  const notShown = [...openings.values()];
  return { acknowledged, refused, unanswered, unforeseen, reads, delaysMs, shown, notShown };
}
