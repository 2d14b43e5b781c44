import type { ToldAsked } from '@common-thread/platform/tellings';
import { RelayStore } from '../../../apps/feed-relay/store/relay-store.js';

/** The process dies here: nothing after this line of it happens. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

type Commit = Parameters<RelayStore['commit']>;

/** A store whose relay is killed, by chance, just before or just after a commit. */
export class DisturbedStore extends RelayStore {
  constructor(
    private readonly store: RelayStore,
    private readonly isKilled: () => boolean,
    private readonly onCommitted: (told: Iterable<string>) => Promise<void>,
  ) {
    super();
  }

  async commit(...commit: Commit): Promise<void> {
    if (this.isKilled()) throw new Killed();
    await this.store.commit(...commit);
    const [, , , changes] = commit;
    await this.onCommitted(changes.feeds.keys());
    if (this.isKilled()) throw new Killed();
  }

  takeOver() {
    return this.store.takeOver();
  }
  streams(streamIds: readonly string[]) {
    return this.store.streams(streamIds);
  }
  streamsOfFamilies(familyIds: readonly string[]) {
    return this.store.streamsOfFamilies(familyIds);
  }
  memberships(personIds: readonly string[]) {
    return this.store.memberships(personIds);
  }
  lines(lines: readonly string[]) {
    return this.store.lines(lines);
  }
  linesOf(eventIds: readonly string[]) {
    return this.store.linesOf(eventIds);
  }
  rows(eventIds: readonly string[]) {
    return this.store.rows(eventIds);
  }
  beginnings(line: string) {
    return this.store.beginnings(line);
  }
  granted(agreementId: string, recipient: string, after: number, limit: number) {
    return this.store.granted(agreementId, recipient, after, limit);
  }
  toldOf(types: readonly string[], recipient: string, after: number, limit: number) {
    return this.store.toldOf(types, recipient, after, limit);
  }
  linesServed(recipient: string, after: string, limit: number) {
    return this.store.linesServed(recipient, after, limit);
  }
  switches() {
    return this.store.switches();
  }
  about(personIds: readonly string[]) {
    return this.store.about(personIds);
  }
  recordedIn(streamIds: readonly string[]) {
    return this.store.recordedIn(streamIds);
  }
  facts(eventIds: readonly string[]) {
    return this.store.facts(eventIds);
  }
  telling(streamIds: readonly string[], field: string) {
    return this.store.telling(streamIds, field);
  }
  toldAbout(asked: ToldAsked) {
    return this.store.toldAbout(asked);
  }
  page(recipient: string, after: number, limit: number) {
    return this.store.page(recipient, after, limit);
  }
}
