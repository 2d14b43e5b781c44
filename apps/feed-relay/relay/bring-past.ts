import type { RelayStore } from '../store/relay-store.js';
import { bringLines, bringToTell } from './bring-in.js';
import type { Fact } from './fact.js';
import { isFamilyLine } from './lines.js';
import { isOfThePast, typesMeant } from './past.js';
import type { RelayState } from './relay-state.js';
import type { Redisclose, WithdrawPast } from './tasks.js';

/** Lines, and rows, that are looked at before the next are asked for. */
const LINES_AT_ONCE = 20;
const ROWS_AT_ONCE = 1_000;

/** Brings in what a task of the past has to look at next. */
export async function bringPast(
  store: RelayStore,
  state: RelayState,
  { event }: Fact,
  task: Redisclose | WithdrawPast,
): Promise<void> {
  if (!isOfThePast(event)) return;
  const switches = await store.switches();
  const types = typesMeant(event);
  const { recipient } = task;
  if (task.kind === 'redisclose') {
    const lines = await store.linesServed(recipient, task.after, LINES_AT_ONCE);
    await bringLines(store, state, lines);
    const entries = lines.flatMap((line) => state.line(line).entries);
    const asked = entries.filter(
      ({ type, targetId }) => targetId !== null || types.includes(type),
    );
    await bringToTell(store, state, asked);
    state.past = { switches, lines, rows: [] };
    return;
  }
  const rows = await store.toldOf(types, recipient, task.after, ROWS_AT_ONCE);
  const records = rows.map(({ record }) => record);
  await bringLines(store, state, records.map(({ line }) => line).filter(isFamilyLine));
  await bringToTell(
    store,
    state,
    records.map(({ event: told }) => told),
  );
  state.past = { switches, lines: [], rows };
}
