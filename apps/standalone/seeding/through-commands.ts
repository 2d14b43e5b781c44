import type { Commands } from '../../command-api/commands.js';
import type { CommandPort } from './planned-command.js';

/** What a stream answers before the reaction that opens it. */
const NOT_THERE = new Set(['contact/not-received', 'referral/not-raised']);

/** The handlers that everybody's commands go through, as an operator's act. */
export function throughCommands(commands: Commands): CommandPort {
  return {
    async execute({ commandId, actor, intent, lane: _, follows, ...when }) {
      const answer = await commands.execute(
        intent,
        {
          // A reaction's contact begins when it reacts, so what is done about it is done now.
          ...(follows ? {} : when),
          commandId,
          correlationId: commandId,
          body: intent,
          expects: 'additive',
        },
        { kind: 'import', actor },
      );
      switch (answer.outcome) {
        case 'recorded':
          return { outcome: 'done', replayed: answer.replayed };
        case 'unchanged':
          return { outcome: 'done', replayed: false };
        case 'busy':
          return { outcome: 'not-yet' };
        case 'refused':
          return follows && NOT_THERE.has(answer.refusal.code)
            ? { outcome: 'not-yet' }
            : { outcome: 'refused', code: answer.refusal.code };
        case 'not-found':
        case 'key-reused':
        case 'tag-missing':
        case 'stale':
          return { outcome: 'refused', code: answer.outcome };
      }
    },
  };
}
