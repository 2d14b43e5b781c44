import { finalStateOf } from './final-state.js';
import type { Kept } from './kept.js';
import type { RecordedLoad } from './load-record.js';
import type { Answered, ObservedHistory } from './observed.js';
import { openedWords } from './opened-words.js';
import { Submitter } from './submitter.js';
import type { SystemUnderFault } from './system-under-fault.js';

/** Acknowledged commands sent once more at the end, those that took several tries first. */
const REPEATED_MAX = 200;

/** Everything to judge a run by, read once nothing moves any more. */
export async function observe(
  { reachable: system, door }: Pick<SystemUnderFault, 'reachable' | 'door'>,
  kept: Kept,
  load: RecordedLoad,
  seen: Pick<ObservedHistory, 'before' | 'isAtRest' | 'ended'>,
): Promise<ObservedHistory> {
  const { acknowledged, refused, reads, shown, notShown } = load;
  // Before anything is sent again: what was lost would be recorded then.
  const state = await finalStateOf(kept);
  const submitter = new Submitter({ system, door, record: () => undefined });
  const hardest = [...acknowledged].sort((a, b) => b.tries - a.tries).slice(0, REPEATED_MAX);
  const repeated: { first: Answered; again: Answered['answer'] }[] = [];
  for (const first of hardest) {
    const again = await submitter.once(first);
    if (!again) throw new Error('the system stopped answering');
    repeated.push({ first, again });
  }
  const words = await openedWords(system, submitter, { acknowledged, feeds: state.feeds });
  const asked = { acknowledged, refused, reads, shown, notShown };
  return { ...seen, ...asked, repeated, words, ...state };
}
