import type { StoredEvent } from '@common-thread/eventing/event-log';
import { derivedId, idOfStream } from '@common-thread/eventing/identifiers';
import type { CommandRoute } from '../../../apps/command-api/authorisation.js';
import type { IntentOf } from '../../../apps/command-api/commands/deciders.js';
import type { World } from '../world/world.js';
import { actorOf } from './commands-of-county.js';
import type { Desk } from './desk.js';
import type { PlannedCommand } from './planned-command.js';
import { commandIdOf } from './planned-command.js';

const LOOKS_EVERY_MS = 700;

/** Rates, decides and answers what reactions open at the hub; leaves some of it in hand. */
export class HubWorker {
  readonly #seen = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly desk: Desk,
  ) {}

  /** Until the signal, and then until nothing new is there. */
  async work(signal: AbortSignal): Promise<void> {
    const { outside, disks } = this.world;
    const { signal: never } = new AbortController();
    for (;;) {
      const isLast = signal.aborted;
      const opened = (await disks.wholeLog()).filter(
        ({ id, type, data }) =>
          type === 'ContactReceived' && data.referralId !== undefined && !this.#seen.has(id),
      );
      for (const received of opened) {
        this.#seen.add(received.id);
        for (const command of this.#handling(received)) await this.desk.see(command);
      }
      if (isLast && opened.length === 0) return;
      await outside.pause(LOOKS_EVERY_MS, never);
    }
  }

  #handling(received: StoredEvent): PlannedCommand[] {
    const { random } = this.world;
    const taken = random.chance(0.5);
    const steps: readonly (readonly [Answer, CommandRoute])[] = [
      [
        { type: 'RateContact', data: { rating: 'amber', reason: 'A young child' } },
        'POST /v1/contacts/:contactId/rating',
      ],
      [decision(taken), 'POST /v1/contacts/:contactId/decision'],
      [
        { type: 'GiveFeedback', data: { channel: 'phone', words: 'Thank you' } },
        'POST /v1/contacts/:contactId/feedback',
      ],
    ];
    const left = random.chance(0.2) ? random.below(3) : 3;
    return steps.slice(0, left).map(([answer, route]) => ({
      serial: `h${this.#seen.size} ${answer.type}`,
      commandId: commandIdOf(derivedId('handling', received.id, answer.type)),
      intent: intentOf(received, answer),
      actor: actorOf(String(received.data.hub)),
      route,
      lateMs: 0,
      imported: false,
      readsFirst: true,
    }));
  }
}

type Answer = Pick<
  Extract<IntentOf<'contact'>, { type: 'RateContact' | 'DecideContact' | 'GiveFeedback' }>,
  'type' | 'data'
>;

function intentOf({ streamId }: StoredEvent, answer: Answer): IntentOf<'contact'> {
  return {
    category: 'contact',
    id: idOfStream('contact', streamId),
    ...answer,
  } as IntentOf<'contact'>;
}

function decision(taken: boolean): Answer {
  const data = { rationale: 'Seen yesterday', decidedBy: 'manager-1' };
  return taken
    ? { type: 'DecideContact', data: { ...data, outcomes: ['new-referral'] } }
    : {
        type: 'DecideContact',
        data: { ...data, outcomes: ['advice'], returnReason: 'duplicate' },
      };
}
