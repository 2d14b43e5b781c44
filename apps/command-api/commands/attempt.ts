import type { Policy } from '@common-thread/disclosure/policy';
import { emptyPolicy } from '@common-thread/disclosure/policy';
import { Refusal } from '@common-thread/eventing/decider';
import type { RecordedEvent } from '@common-thread/eventing/event-codec';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import type { CommandEngines } from '@common-thread/eventing/handle-command';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import { declarationOf, reactionsMay } from '../authorisation.js';
import type { PolicyFollower } from '../authorisation/policy-follower.js';
import { PolicyBehind } from '../authorisation/policy-follower.js';
import { holds } from '../authorisation/relations.js';
import type { Authority, Circumstances } from '../commands.js';
import type { Intent } from './deciders.js';
import { tagOf } from './resource-tag.js';

/** Told as *not found*, never as a refusal: it must not say that there is something to be refused. */
export const UNRELATED = new Refusal('not-found', '');

/** What one execution learns on its way. */
export class Attempt {
  #policy: Policy = emptyPolicy();
  #history: readonly RecordedEvent[] = [];
  tagRead: string | undefined;

  constructor(
    private readonly engines: CommandEngines,
    private readonly follower: PolicyFollower,
    readonly intent: Intent,
    private readonly authority: Authority,
    private readonly requires: Circumstances['requires'],
  ) {}

  get isReaction(): boolean {
    return this.authority.kind === 'reaction';
  }

  async authorise(history: readonly RecordedEvent[]): Promise<Refusal | undefined> {
    this.#history = history;
    const { authority, intent } = this;
    if (authority.kind === 'import') return undefined;
    if (authority.kind === 'reaction') {
      if (reactionsMay.includes(intent.type)) return undefined;
      throw new UndeclaredCommand(`reactions do not declare ${intent.type}`);
    }
    const relation = declarationOf(authority.route)?.commands[intent.type];
    if (!relation)
      throw new UndeclaredCommand(`${authority.route} does not declare ${intent.type}`);
    this.#policy = await this.follower.current();
    const { actor } = authority;
    const related = await holds(relation, {
      policy: this.#policy,
      worker: actor,
      organisation: actor.organisation,
      intent,
      history,
      identified: authority.identified,
      registeredBy: (personId) => this.#registeredBy(personId),
    });
    return related ? this.requires?.() : UNRELATED;
  }

  /** Whether one of the tags is the stream's now. Asked after `authorise`, of the same history. */
  hasRead(tags: readonly string[], history: readonly RecordedEvent[]): boolean {
    this.tagRead = tagOf(this.#policy, this.authority.actor.recipient, history);
    return this.tagRead !== undefined && tags.includes(this.tagRead);
  }

  /**
   * The caller's tag of the stream up to a revision. `appended` are the events just added to what was
   * read; undefined where the stream was not read, because the command had been recorded before.
   */
  async tagAt(
    revision: number,
    appended: readonly Pick<StoredEvent, 'id' | 'type' | 'data'>[] | undefined,
  ): Promise<string | undefined> {
    if (this.authority.kind !== 'caller' || revision < 0) return undefined;
    const streamId = streamIdOf(this.intent.category, this.intent.id);
    const history =
      appended === undefined
        ? await this.engines.log.readStream(streamId)
        : [...this.#history, ...appended.map((event) => ({ ...event, streamId }))];
    try {
      const policy = await this.follower.current();
      return tagOf(policy, this.authority.actor.recipient, history.slice(0, revision + 1));
    } catch (error) {
      // It is recorded whatever happens now: an answer without a tag is better than none.
      if (error instanceof PolicyBehind) return undefined;
      throw error;
    }
  }

  async #registeredBy(personId: string): Promise<string | undefined> {
    const [registered] = await this.engines.log.readStream(streamIdOf('person', personId));
    return registered?.metadata.organisation;
  }
}

/** A fault of ours: a route or reaction issues what it has not declared. */
export class UndeclaredCommand extends Error {
  override readonly name = 'UndeclaredCommand';
}
