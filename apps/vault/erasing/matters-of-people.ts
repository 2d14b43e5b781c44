import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { categoryOf, idOfStream } from '@common-thread/eventing/identifiers';

/**
 * Referrals and contacts by the children they name: what is sealed for the matter itself (who rang, before
 * anybody was known) goes with the last child it is about.
 */
export class MattersOfPeople {
  readonly #namedBy = new Map<string, Set<string>>();
  readonly #naming = new Map<string, Set<string>>();

  fold({ type, streamId, data }: RecordedCommonThreadEvent): void {
    const isNaming = type === 'ReferralRaised' || type === 'ContactReceived';
    if (!isNaming && type !== 'ContactLinked') return;
    const matter = idOfStream(categoryOf(streamId), streamId);
    for (const personId of data.childIds ?? []) {
      add(this.#namedBy, matter, personId);
      add(this.#naming, personId, matter);
    }
  }

  /** Ids of the matters that name somebody and nobody who stays. */
  aboutOnly(personId: string, goes: (personId: string) => boolean): string[] {
    return [...(this.#naming.get(personId) ?? [])].filter((matter) =>
      [...(this.#namedBy.get(matter) ?? [])].every(goes),
    );
  }
}

function add(index: Map<string, Set<string>>, key: string, value: string): void {
  index.set(key, (index.get(key) ?? new Set()).add(value));
}
