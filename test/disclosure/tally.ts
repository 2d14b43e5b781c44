import type { Subject } from './invariants/subject.js';

/** What the histories contained, so that nobody mistakes silence for proof. */
export class Tally {
  readonly #counts = new Map<string, number>();
  blind = 0;
  kills = 0;

  count({ truth, feed, told }: Subject): void {
    this.#add('rows', feed.length);
    for (const { row } of feed) {
      const { joined, partitionkey } = row.envelope;
      if (joined && partitionkey === 'directory') this.#add('directory joined');
    }
    for (const { row, record, event } of told) {
      const { envelope } = row;
      if (envelope.joined) this.#add('joined');
      if (envelope.joined && row.withdrawnBy !== null && record.withdrawnBy !== null) {
        this.#add('joined and withdrawn');
      }
      if (envelope.corrects !== undefined) this.#add('corrections');
      if (envelope.withdraws !== undefined) this.#add('withdrawals');
      if (envelope.entitlement) this.#add(`entitlement ${envelope.entitlement}`);
      if (event.type === 'FamilyRestricted' && envelope.withdraws) this.#add('restricted');
      if (event.type === 'RestrictionLifted' && envelope.entitlement) this.#add('shared again');
      const isOnConsent = envelope.ground.includes('consent:');
      if (record.agreement) this.#add(`rows on ${isOnConsent ? 'a consent' : 'an agreement'}`);
      const isTakenBack = event.type === 'ConsentWithdrawn' && envelope.withdraws !== undefined;
      if (isTakenBack) this.#add('taken back with a consent');
      const isShort = record.grade === 'content' && !record.fields.includes('address');
      if (isShort && 'address' in event.data) this.#add('without a confidential address');
      const { streamId } = event;
      if (streamId.startsWith('agreement-')) this.#add('taken back with an agreement');
      const because = truth.events[record.toldAt - 1]!;
      if (because.type === 'PastRedisclosed' && envelope.joined) this.#add('told of the past');
      if (event.type === 'PastWithdrawn') this.#add('withdrawn of the past');
      if (envelope.tableversion !== 1) this.#add('told by another table');
      if (record.grade === 'existence') this.#add('existence');
      if (record.own) this.#add('told as author or referrer');
    }
  }

  get counts(): Readonly<Record<string, number>> {
    return { ...Object.fromEntries(this.#counts), blind: this.blind, kills: this.kills };
  }

  #add(what: string, count = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
  }
}
