import type { TableInForce } from '@common-thread/disclosure/table-in-force';
import { acrossExistence } from '@common-thread/disclosure/tables';

interface Switch {
  readonly tableVersion: number;
  readonly insteadOf: number;
}

/** What is wrong with a switch that the tables alone can tell; undefined where nothing is. */
export function switchFault(
  { tables }: Pick<TableInForce, 'tables'>,
  { tableVersion, insteadOf }: Switch,
): { readonly pointer: string; readonly detail: string } | undefined {
  const [next, now] = [tables.get(tableVersion), tables.get(insteadOf)];
  if (!next || !now) {
    const there = [...tables.keys()].sort((a, b) => a - b).join(', ');
    const [version, pointer] = next ? [insteadOf, '/insteadOf'] : [tableVersion, '/tableVersion'];
    const detail = `There is no released version ${version}. Released are: ${there}`;
    return { pointer, detail };
  }
  // Somebody told that a service is involved would never hear that it is not.
  const torn = acrossExistence(now, next);
  if (torn.length === 0) return undefined;
  return {
    pointer: '/tableVersion',
    detail:
      'It tells the beginning or end of an involvement as existence where the other does not: ' +
      `${torn.join('; ')}. Release a version that leaves these as they were`,
  };
}
