import { randomUUID } from 'node:crypto';
import type { TableInForce } from '@common-thread/disclosure/table-in-force';
import { COUNTY_TABLE } from '@common-thread/domain/sharing/table';
import type { TableCommand } from '@common-thread/domain/sharing/table';
import type { Actor } from '@common-thread/platform/actor';
import type { CommandRoute } from '../../command-api/authorisation.js';
import type { PolicyFollower } from '../../command-api/authorisation/policy-follower.js';
import type { Commands } from '../../command-api/commands.js';
import { switchFault } from '../../command-api/tables/switch-fault.js';

export type Asked = {
  [Type in TableCommand['type']]: Pick<Extract<TableCommand, { type: Type }>, 'type' | 'data'>;
}[TableCommand['type']];

/** What an officer's command line does with the disclosure table. */
export interface Disclosing {
  /** Which version is in force, which were, and all there are. */
  table(): Promise<TableInForce>;
  /**
   * Records it in the officer's name; false where it is so already.
   * @throws NotRecorded
   */
  record(asked: Asked, officer: Actor): Promise<boolean>;
}

/** Why a command was not recorded, and what to do about it. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded';
}

const routes = {
  SwitchTable: 'POST /v1/tables/switches',
  RedisclosePast: 'POST /v1/tables/redisclosures',
  WithdrawPast: 'POST /v1/tables/withdrawals',
} as const satisfies Readonly<Record<TableCommand['type'], CommandRoute>>;

/** Through the handlers and the declarations of the routes that do the same. */
export function disclosingThrough(commands: Commands, policy: PolicyFollower): Disclosing {
  const table = async () => (await policy.current()).table;
  return {
    table,
    record: async (asked, actor) => {
      const fault = asked.type === 'SwitchTable' && switchFault(await table(), asked.data);
      if (fault) throw new NotRecorded(fault.detail);
      const commandId = randomUUID();
      const when = {
        commandId,
        correlationId: commandId,
        body: asked,
        expects: 'additive',
      } as const;
      const answer = await commands.execute(
        { category: 'table', id: COUNTY_TABLE, ...asked },
        when,
        { kind: 'caller', actor, route: routes[asked.type] },
      );
      if (answer.outcome === 'recorded' || answer.outcome === 'unchanged') {
        return answer.outcome === 'recorded';
      }
      throw new NotRecorded(
        answer.outcome === 'refused' ? answer.refusal.detail : 'It was not recorded. Try again.',
      );
    },
  };
}
